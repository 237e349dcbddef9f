import type { Answer, ObjectiveAnswer } from '@loadpath/core'
import { measuredOf, moodOf, verdictSoFar, worldsOf } from '../print/objectives.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

const marks: Readonly<Record<ObjectiveAnswer['verdict'], string>> = { met: '✓', missed: '✕', inconclusive: '?' }

/** Returns the objectives with their verdicts and measured values. */
export function objectives({ objectives: all, run }: Answer, place: Place): Markup {
  if (all.length === 0) return nothing
  const hasWorlds = all.some(({ worlds }) => worlds !== null)
  const content = dataTable({
    caption: 'Objectives',
    cards: true,
    columns: ['objective', 'verdict', 'measured', ...(hasWorlds ? ['met in'] : [])].map((heading) => ({ heading })),
    rows: all.map((one) => [
      html`<code>${breakable(one.objective.text)}</code>`,
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

/** Returns a summary such as `2 of 3 are met; 1 is missed.` */
export function sumUp(all: readonly ObjectiveAnswer[]): string {
  const of = (verdict: ObjectiveAnswer['verdict']) => all.filter((one) => one.verdict === verdict).length
  const [met, missed, inconclusive] = [of('met'), of('missed'), of('inconclusive')]
  if (met === all.length) return all.length === 1 ? 'It is met.' : `All ${met} are met.`
  if (all.length === 1) return missed === 1 ? 'It is missed.' : 'It is inconclusive at this precision.'
  const are = (count: number) => `${count} ${count === 1 ? 'is' : 'are'}`
  const parts = [
    `${met} of ${all.length} ${met === 1 ? 'is' : 'are'} met`,
    ...(missed > 0 ? [`${are(missed)} missed`] : []),
    ...(inconclusive > 0 ? [`${are(inconclusive)} inconclusive at this precision`] : []),
  ]
  return `${parts.join('; ')}.`
}
