import { noAnswerYet, shortPercent } from '../stats/censored-quantile.ts'
import { type Estimate, type InsufficientData, insufficientData } from '../stats/estimate.ts'
import { blockCells } from './block-cell.ts'
import type { RunResults, Selection } from './run-results.ts'
import type { BlockCell, KindCell } from './task.ts'

/**
 * What is still inside at the end of a run has no answer yet, and nothing is assumed of it: it may be answered late or
 * never. A percentile is bounded by the ages (`stats/censored-quantile.ts`). A mean and a share of what is known so far are
 * given as long as what is open could hardly change them: at most one request in twenty, and a twentieth of the time spent.
 */
const mostOpen = 0.05

/** Why a mean over the requests selected says nothing of all of them; null where it does. */
export function meanNotKnown(results: RunResults, selection: Selection): InsufficientData | null {
  if (answersNothing(results, selection)) return insufficientData('no request was answered', results.replications)
  const total = totals(results, selection)
  const offered = total((cell) => cell.offered)
  const open = total((cell) => cell.inside)
  const openMs = total((cell) => cell.insideMs)
  const timeOpen = openMs / (openMs + total((cell) => cell.sumMs))
  if (openMs === 0) return null
  if (open > mostOpen * offered) return insufficientData(noAnswerYet(open / offered), results.replications)
  if (timeOpen <= mostOpen) return null
  const reason = `${noAnswerYet(open / offered)}, and account for ${shortPercent(timeOpen)} of the time so far`
  return insufficientData(reason, results.replications)
}

/** Whether none of the requests selected was answered, and hardly any may still be. */
export function answersNothing(results: RunResults, selection: Selection): boolean {
  const total = totals(results, selection)
  const offered = total((cell) => cell.offered)
  return offered > 0 && total((cell) => cell.answered) === 0 && total((cell) => cell.inside) <= mostOpen * offered
}

/**
 * Why a share of the requests selected is not known, within what it lies nevertheless; null where it is. `count` counts
 * those that are in the share for certain.
 */
export function shareNotKnown(
  results: RunResults,
  selection: Selection,
  count: (cell: KindCell) => number,
  most = mostOpen,
): InsufficientData | null {
  const total = totals(results, selection)
  const offered = total((cell) => cell.offered)
  const open = total((cell) => cell.stillInTime)
  return open <= most * offered ? null : shareWithin(results, selection, count)
}

/** A share of the requests selected, or its range where it is not known. */
export function knownShare(results: RunResults, selection: Selection, count: (cell: KindCell) => number): Estimate {
  const share = results.share(selection, count)
  return shareNotKnown(results, selection, count) ?? shareOfStuckNotKnown(results, selection, count, share) ?? share
}

/**
 * Why a share is not known where few requests are open, but these take much of the time: they are stuck. Requests that are
 * stuck mostly fail. Without them, a share would look better than it is, by more than the width of its interval.
 */
function shareOfStuckNotKnown(
  results: RunResults,
  selection: Selection,
  count: (cell: KindCell) => number,
  share: Estimate,
): InsufficientData | null {
  const total = totals(results, selection)
  const openMs = total((cell) => cell.insideMs)
  const answeredMs = total((cell) => cell.sumMs)
  if (answeredMs === 0 || openMs <= mostOpen * (openMs + answeredMs) || !share.sufficient) return null
  const open = total((cell) => cell.stillInTime) / total((cell) => cell.offered)
  return open <= (share.high - share.low) / 2 ? null : shareWithin(results, selection, count)
}

/** The range of a share: from none of the requests that are open to all. */
function shareWithin(results: RunResults, selection: Selection, count: (cell: KindCell) => number): InsufficientData {
  const total = totals(results, selection)
  const bound = (value: (cell: KindCell) => number, end: 'low' | 'high') => {
    const share = results.shareOf(selection, value, (cell) => cell.offered)
    return share.sufficient ? share[end] : undefined
  }
  const atLeast = bound(count, 'low')
  const atMost = bound((cell) => count(cell) + cell.stillInTime, 'high')
  const open = total((cell) => cell.stillInTime) / total((cell) => cell.offered)
  return insufficientData(noAnswerYet(open), results.replications, {
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  })
}

/**
 * The same of the calls of a block that were done, where the time selected reaches to the end of the measurement: what
 * counts is by how many more are inside than when it began.
 */
export function meanOfCallsNotKnown(
  results: RunResults,
  block: number,
  cells: readonly number[],
): InsufficientData | null {
  const first = cells[0] ?? 0
  const last = results.measured.at(-1)
  if (last === undefined || !cells.includes(last)) return null
  const total = (value: (cell: BlockCell) => number, among: readonly number[]) =>
    results.replicates.reduce(
      (sum, replicate) =>
        among.reduce((more, cell) => more + value(blockCells(replicate, block)[cell] as BlockCell), sum),
      0,
    )
  const inside = (cell: BlockCell) => cell.inside
  const arrived = total((cell) => cell.arrived, cells)
  const open = total(inside, [last]) - (first === 0 ? 0 : total(inside, [first - 1]))
  if (open <= mostOpen * arrived) return null
  const share = Math.min(1, open / arrived)
  const reason =
    first === 0 ? noAnswerYet(share, 'calls') : `the calls in flight grew by ${shortPercent(share)} of the arrivals`
  return insufficientData(reason, results.replications)
}

/** Why a number is withheld that would only say how long the run was. */
export function growing({ replications }: Pick<RunResults, 'replications'>): InsufficientData {
  return { ...insufficientData('the backlog grows without limit', replications), isGrowing: true }
}

function totals(results: RunResults, selection: Selection) {
  return (value: (cell: KindCell) => number) => results.sums(selection, value).reduce((sum, one) => sum + one, 0)
}
