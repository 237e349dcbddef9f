import type { Answer, ObjectiveAnswer } from '@loadpath/core'
import { estimate, isBounded, type Measured, range, withRange } from './number.ts'
import { type Page, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** Whether the objectives were met. */
export function printObjectives({ objectives, run }: Answer, page: Page): string[] {
  if (objectives.length === 0) return []
  const hasWorlds = objectives.some(({ worlds }) => worlds !== null)
  const columns = ['', 'objective', 'measured', ...(hasWorlds ? ['held in'] : [])].map((heading) => ({ heading }))
  const rows = objectives.map((one): Cell[] => [
    { text: verdictSoFar(one, run), paint: page.colours[moodOf(one.verdict)] },
    safe(one.objective.text),
    measuredOf(one),
    ...(hasWorlds ? [worldsOf(one)] : []),
  ])
  return section('Objectives', table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), page)
}

/** A run of so many replications that ended early has seen fewer: its verdicts may still change. */
export function verdictSoFar({ verdict }: ObjectiveAnswer, { kind, stopped }: Answer['run']): string {
  return kind === 'terminating' && stopped !== null && verdict !== 'inconclusive' ? `${verdict} so far` : verdict
}

export function moodOf(verdict: ObjectiveAnswer['verdict']): 'good' | 'bad' | 'doubtful' {
  return verdict === 'met' ? 'good' : verdict === 'missed' ? 'bad' : 'doubtful'
}

/** What was measured against the bound, with its interval. */
export function measuredOf({ objective, measured, verdict }: ObjectiveAnswer): string {
  const dimension = measuredIn(objective.dimension)
  // What decides without a measurement is not a lack of one.
  if (!measured.sufficient && !isBounded(measured) && verdict !== 'inconclusive') return measured.reason
  return dimension === 'duration' ? withRange(measured, dimension) : estimate(measured, dimension)
}

export function worldsOf({ worlds }: ObjectiveAnswer): string {
  if (worlds === null) return ''
  const { met: held, inconclusive: undecided, of, share } = worlds
  const reach = share.sufficient ? ` (${range(share.low, share.high, 'share')})` : ''
  return `${held} of ${of} worlds${reach}${undecided === 0 ? '' : `, ${undecided} not enough data`}`
}

/** The kind of number that a dimension is printed as. */
export function measuredIn(dimension: string): Measured {
  return dimension === 'duration' || dimension === 'rate' || dimension === 'share' || dimension === 'price'
    ? dimension
    : 'factor'
}
