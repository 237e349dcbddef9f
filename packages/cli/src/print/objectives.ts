import type { Answer, ObjectiveAnswer } from '@loadpath/core'
import { estimate, isBounded, type Measured, range, withRange } from './number.ts'
import { type Page, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** A table of the objectives: verdict, text and measured value. */
export function printObjectives({ objectives, run }: Answer, page: Page): string[] {
  if (objectives.length === 0) return []
  const hasWorlds = objectives.some(({ worlds }) => worlds !== null)
  const columns = ['', 'objective', 'measured', ...(hasWorlds ? ['met in'] : [])].map((heading) => ({ heading }))
  const rows = objectives.map((one): Cell[] => [
    { text: verdictSoFar(one, run), paint: page.colours[moodOf(one.verdict)] },
    safe(one.objective.text),
    measuredOf(one),
    ...(hasWorlds ? [worldsOf(one)] : []),
  ])
  return section('Objectives', table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), page)
}

/** The verdict, marked `so far` if a terminating run ended early: the missing replications may change it. */
export function verdictSoFar({ verdict }: ObjectiveAnswer, { kind, stopped }: Answer['run']): string {
  return kind === 'terminating' && stopped !== null && verdict !== 'inconclusive' ? `${verdict} so far` : verdict
}

export function moodOf(verdict: ObjectiveAnswer['verdict']): 'good' | 'bad' | 'doubtful' {
  return verdict === 'met' ? 'good' : verdict === 'missed' ? 'bad' : 'doubtful'
}

/** The measured value of an objective, with its interval. */
export function measuredOf({ objective, measured, verdict }: ObjectiveAnswer): string {
  const dimension = measuredIn(objective.dimension)
  // Under an overload the verdict needs no measurement: the reason stands alone.
  if (!measured.sufficient && !isBounded(measured) && verdict !== 'inconclusive') return measured.reason
  return dimension === 'duration' ? withRange(measured, dimension) : estimate(measured, dimension)
}

export function worldsOf({ worlds }: ObjectiveAnswer): string {
  if (worlds === null) return ''
  const { met, inconclusive, of, share } = worlds
  const reach = share.sufficient ? ` (${range(share.low, share.high, 'share')})` : ''
  return `${met} of ${of} worlds${reach}${inconclusive === 0 ? '' : `, ${inconclusive} with insufficient data`}`
}

/** How `number.ts` prints a dimension. */
export function measuredIn(dimension: string): Measured {
  return dimension === 'duration' || dimension === 'rate' || dimension === 'share' || dimension === 'price'
    ? dimension
    : 'factor'
}
