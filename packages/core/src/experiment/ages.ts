import { type Estimate, insufficientData } from '../stats/estimate.ts'
import type { AgeAnswer } from './answer.ts'
import type { RunResults, Selection } from './findings.ts'
import type { KindCell } from './task.ts'

/** How old the answers to requests were, by the oldest thing that each showed. */
export const agesOfRequests = {
  stale: ofRequests((findings, selection) =>
    findings.shareOf(
      selection,
      (cell) => cell.stale,
      (cell) => cell.answered,
      independentAnswers(findings, selection),
    ),
  ),
  staleness: ofRequests((findings, selection) => ofStale(findings, selection, (cell) => cell.behindMs)),
  versionsBehind: ofRequests((findings, selection) => ofStale(findings, selection, (cell) => cell.versionsBehind)),
}

/** How old what a cache showed was. */
export const agesOfBlock = {
  stale: ofBlock(staleShare),
  staleness: ofBlock((findings, block, cells) => ofStaleShown(findings, block, 'stale-ms', cells)),
  versionsBehind: ofBlock((findings, block, cells) => ofStaleShown(findings, block, 'stale-versions', cells)),
}

function ofRequests(age: (findings: RunResults, selection: Selection) => Estimate): typeof age {
  return (findings, selection) =>
    unlessGrowing(findings, selection.cells, (cells) => age(findings, { ...selection, cells }))
}

type AgeOfBlock = (findings: RunResults, block: number, cells: readonly number[]) => Estimate

function ofBlock(age: AgeOfBlock): AgeOfBlock {
  return (findings, block, cells) => unlessGrowing(findings, cells, (some) => age(findings, block, some))
}

/**
 * In a steady run an age that is higher in the second half of the measurement than in the first, beyond random, has not
 * settled: the run is short beside the life of what is kept, and any number would say how long the run was.
 */
function unlessGrowing(
  findings: RunResults,
  cells: readonly number[],
  age: (cells: readonly number[]) => Estimate,
): Estimate {
  const whole = age(cells)
  const { halves } = findings
  if (halves === null || !whole.sufficient || cells !== findings.measured) return whole
  const [first, second] = halves.map(age) as [Estimate, Estimate]
  if (!first.sufficient || !second.sufficient || second.low <= first.high) return whole
  return insufficientData('staleness still grows at the end of the run', findings.replications)
}

/** Share of what a cache showed that was stale. */
function staleShare(findings: RunResults, block: number, cells: readonly number[]): Estimate {
  const [stale, shown] = [findings.counter(block, 'stale'), findings.counter(block, 'shown')]
  if (stale < 0 || shown < 0) return insufficientData('the block does not count `shown`', findings.replications)
  return findings.blockShare(
    block,
    (cell) => cell.counters[stale] ?? 0,
    (cell) => cell.counters[shown] ?? 0,
    cells,
    copiesShown(findings, block, cells),
  )
}

/**
 * What a cache shows of one copy is stale together: one stale load makes dozens of stale reads. Independent are the copies
 * that came in, and replications.
 */
function copiesShown(findings: RunResults, block: number, cells: readonly number[]): number {
  const copies = findings.counter(block, 'copies')
  const came =
    copies < 0 ? Number.POSITIVE_INFINITY : findings.blockSum(block, (cell) => cell.counters[copies] ?? 0, cells)
  return Math.max(came, findings.replications)
}

/** Answers that can be stale independently of one another: by the cache that shows the same copy most often. */
function independentAnswers(findings: RunResults, selection: Selection): number {
  const answered = findings.sums(selection, (cell) => cell.answered).reduce((sum, count) => sum + count, 0)
  const timesShown = findings.blocks.map((_, block) => {
    const shown = findings.counter(block, 'shown')
    if (shown < 0) return 1
    return (
      findings.blockSum(block, (cell) => cell.counters[shown] ?? 0, selection.cells) /
      copiesShown(findings, block, selection.cells)
    )
  })
  return answered / Math.max(1, ...timesShown)
}

/** Null where nothing in the design shows what can change. */
export function ageOf(findings: RunResults, selection: Selection): AgeAnswer | null {
  const shows = findings.blocks.some((_, block) => findings.counter(block, 'shown') >= 0)
  if (!shows) return null
  return {
    stale: agesOfRequests.stale(findings, selection),
    staleness: agesOfRequests.staleness(findings, selection),
    versionsBehind: agesOfRequests.versionsBehind(findings, selection),
  }
}

/** Mean over the stale answers; 0 where there is none. */
function ofStale(findings: RunResults, selection: Selection, amount: (cell: KindCell) => number): Estimate {
  const total = findings.sums(selection, (cell) => cell.stale).reduce((sum, count) => sum + count, 0)
  return total === 0 ? findings.exactly(0) : findings.ratio(selection, amount, (cell) => cell.stale)
}

function ofStaleShown(findings: RunResults, block: number, amount: string, cells: readonly number[]): Estimate {
  const stale = findings.counter(block, 'stale')
  const isNone = stale >= 0 && findings.blockSum(block, (cell) => cell.counters[stale] ?? 0) === 0
  return isNone ? findings.exactly(0) : findings.counterRatio(block, [amount], ['stale'], cells)
}
