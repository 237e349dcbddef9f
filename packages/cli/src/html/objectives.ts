import type { Answer, ObjectiveAnswer } from '@loadpath/core'
import { measuredOf, moodOf, verdictSoFar, worldsOf } from '../print/objectives.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

const marks: Readonly<Record<ObjectiveAnswer['verdict'], string>> = { met: '✓', missed: '✕', inconclusive: '?' }

/** Whether the objectives were met. */
export function objectives({ objectives: all, run }: Answer, place: Place): Markup {
  if (all.length === 0) return nothing
  const hasWorlds = all.some(({ worlds }) => worlds !== null)
  const content = dataTable({
    caption: 'Objectives',
    cards: true,
    columns: ['objective', 'verdict', 'measured', ...(hasWorlds ? ['held in'] : [])].map((heading) => ({ heading })),
    rows: all.map((one) => [
      html`<code>${one.objective.text}</code>`,
      chip(one.verdict, verdictSoFar(one, run)),
      measuredOf(one),
      ...(hasWorlds ? [worldsOf(one)] : []),
    ]),
  })
  return section(place, 'Objectives', [content], sumUp(all))
}

export function chip(verdict: ObjectiveAnswer['verdict'], said: string = verdict): Markup {
  return html`<span class="chip ${moodOf(verdict)}"><span aria-hidden="true">${marks[verdict]}</span> ${said}</span>`
}

/** `Two of three hold; one is missed.` */
export function sumUp(all: readonly ObjectiveAnswer[]): string {
  const of = (verdict: ObjectiveAnswer['verdict']) => all.filter((one) => one.verdict === verdict).length
  const [held, missed, undecided] = [of('met'), of('missed'), of('inconclusive')]
  if (held === all.length) return all.length === 1 ? 'It holds.' : `All ${held} hold.`
  if (all.length === 1) return missed === 1 ? 'It is missed.' : 'It cannot be decided at this precision.'
  const parts = [
    `${held} of ${all.length} ${held === 1 ? 'holds' : 'hold'}`,
    ...(missed > 0 ? [`${missed} ${missed === 1 ? 'is' : 'are'} missed`] : []),
    ...(undecided > 0 ? [`${undecided} cannot be decided at this precision`] : []),
  ]
  return `${parts.join('; ')}.`
}
