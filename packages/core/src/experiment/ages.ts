import type { Estimate } from '../stats/estimate.ts'
import type { AgeAnswer } from './answer.ts'
import type { Findings, Selection } from './findings.ts'
import type { KindCell } from './task.ts'

/** How old the answers to requests were, by the oldest thing that each showed. */
export const agesOfRequests = {
  stale: (findings: Findings, selection: Selection): Estimate =>
    findings.shareOf(
      selection,
      (cell) => cell.stale,
      (cell) => cell.answered,
    ),
  staleness: (findings: Findings, selection: Selection): Estimate =>
    ofStale(findings, selection, (cell) => cell.behindMs),
  versionsBehind: (findings: Findings, selection: Selection): Estimate =>
    ofStale(findings, selection, (cell) => cell.versionsBehind),
}

/** How old what a cache showed was. */
export const agesOfBlock = {
  stale: (findings: Findings, block: number, cells: readonly number[]): Estimate =>
    findings.counterRatio(block, ['stale'], ['shown'], cells),
  staleness: (findings: Findings, block: number, cells: readonly number[]): Estimate =>
    ofStaleShown(findings, block, 'stale-ms', cells),
  versionsBehind: (findings: Findings, block: number, cells: readonly number[]): Estimate =>
    ofStaleShown(findings, block, 'stale-versions', cells),
}

/** Null where nothing in the design shows what can change. */
export function ageOf(findings: Findings, selection: Selection): AgeAnswer | null {
  const shows = findings.blocks.some((_, block) => findings.counter(block, 'shown') >= 0)
  if (!shows) return null
  return {
    stale: agesOfRequests.stale(findings, selection),
    staleness: agesOfRequests.staleness(findings, selection),
    versionsBehind: agesOfRequests.versionsBehind(findings, selection),
  }
}

/** Mean over the stale answers; 0 where there is none. */
function ofStale(findings: Findings, selection: Selection, amount: (cell: KindCell) => number): Estimate {
  const total = findings.sums(selection, (cell) => cell.stale).reduce((sum, count) => sum + count, 0)
  return total === 0 ? findings.exactly(0) : findings.ratio(selection, amount, (cell) => cell.stale)
}

function ofStaleShown(findings: Findings, block: number, amount: string, cells: readonly number[]): Estimate {
  const stale = findings.counter(block, 'stale')
  const isNone = stale >= 0 && findings.blockSum(block, (cell) => cell.counters[stale] ?? 0) === 0
  return isNone ? findings.exactly(0) : findings.counterRatio(block, [amount], ['stale'], cells)
}
