import { reasonByCode, reasonOf } from '../kernel/outcome.ts'
import type { MeasureDefinition } from '../language/catalogue.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { Range } from '../stats/mean-interval.ts'
import { unlessRareAt } from './rare-draws.ts'
import type { RunResults, Selection } from './run-results.ts'
import type { BlockCell, KindCell } from './task.ts'
import { meanOfCallsNotKnown } from './unanswered.ts'

/** Something that an objective, a case or a comparison can name, and how it is read from what was found. */
export interface Measure extends MeasureDefinition {
  /**
   * Outcome of it, of requests, where a backlog grows without limit: of a time always, for measured it would only say
   * how long the run was; of a share where there is no measurement.
   */
  readonly overloaded?: number
  /**
   * Whether it grows with the length of the run: of a block, where its backlog grows without limit; of requests, where that of
   * a queue does which they leave behind.
   */
  readonly grows?: 'at the block' | 'behind requests'
  ofRequests?(results: RunResults, selection: Selection, percentile: number): Estimate
  ofBlock?(
    results: RunResults,
    block: number,
    cells: readonly number[],
    percentile: number,
    window?: Selection['window'],
  ): Estimate
  /** Of the guarded calls from a block to another one. */
  ofCalls?(results: RunResults, block: number, callee: string, cells: readonly number[]): Estimate
}

/** What a measure gives of a block, or of its guarded calls to another one. */
export function ofBlockOrCalls(
  measure: Measure,
  results: RunResults,
  block: number,
  callee: string | undefined,
  { cells, window }: Selection,
  percentile: number,
): Estimate | undefined {
  if (callee !== undefined) return measure.ofCalls?.(results, block, callee, cells)
  return measure.ofBlock?.(results, block, cells, percentile, window)
}

type Readers = Pick<Measure, 'ofRequests' | 'ofBlock' | 'ofCalls'>

export function measure(
  name: string,
  dimension: MeasureDefinition['dimension'],
  title: string,
  summary: string,
  readers: Readers,
  more: Partial<
    Pick<
      Measure,
      'of' | 'aliases' | 'mistakenFor' | 'insteadOf' | 'overloaded' | 'grows' | 'needs' | 'needsOfCalls' | 'ofInstance'
    >
  > = {},
): Measure {
  const requests = readers.ofRequests === undefined ? [] : (['request', 'traffic', 'design'] as const)
  const blocks = readers.ofBlock === undefined ? [] : (['block'] as const)
  const calls = readers.ofCalls === undefined ? [] : (['calls'] as const)
  return { name, dimension, title, summary, of: [...requests, ...blocks, ...calls], params: {}, ...readers, ...more }
}

export const failedAs = (ledger: string) => (cell: KindCell) =>
  cell.failed.reduce((sum, [outcome, count]) => sum + (reasonOf(outcome)?.ledger === ledger ? count : 0), 0)

export function rejectedAt(cell: BlockCell): number {
  return cell.failed.reduce((sum, count, code) => sum + (reasonByCode[code]?.ledger === 'rejected' ? count : 0), 0)
}

/** The mean of a time of the calls that got so far, unless too many have not at the end. */
export const meanOfCalls = (
  of: 'stay' | 'wait',
  above: (cell: BlockCell) => number,
  below: (cell: BlockCell) => number,
): Required<Measure>['ofBlock'] => {
  return (results, block, cells) =>
    meanOfCallsNotKnown(results, block, cells) ??
    unlessRareAt(results, block, of, results.blockRatio(block, above, below, cells))
}

/** The share of the calls of a block that `whole` counts. */
export const shareOfCalls = (
  part: (cell: BlockCell) => number,
  whole: (cell: BlockCell) => number,
): Required<Measure>['ofBlock'] => {
  return (results, block, cells) => results.blockShare(block, part, whole, cells)
}

/** What a block counted of one thing, over what it counted of another. */
export const ratioOfCounts = (
  above: readonly string[],
  below: readonly string[],
  range?: Range,
): Required<Measure>['ofBlock'] => {
  return (results, block, cells) => results.counterRatio(block, above, below, cells, range)
}

/** Calls that arrive at a block per request offered to the design. */
export function callsPerRequest(results: RunResults, block: number, cells: readonly number[]): Estimate {
  const arrived = results.blockSums(block, (cell) => cell.arrived, cells)
  return results.interval(
    arrived,
    results.sums({ ...results.all, cells }, (cell) => cell.offered),
  )
}
