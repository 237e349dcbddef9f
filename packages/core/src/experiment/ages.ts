import { type Estimate, insufficientData } from '../stats/estimate.ts'
import type { AgeAnswer } from './answer.ts'
import type { RunResults, Selection } from './run-results.ts'
import type { KindCell } from './task.ts'

/** How old the answers to requests were, by the oldest thing that each showed. */
export const agesOfRequests = {
  stale: ofRequests((results, selection) =>
    results.shareOf(
      selection,
      (cell) => cell.stale,
      (cell) => cell.answered,
      independentAnswers(results, selection),
    ),
  ),
  staleness: ofRequests((results, selection) => ofStale(results, selection, (cell) => cell.behindMs)),
  versionsBehind: ofRequests((results, selection) => ofStale(results, selection, (cell) => cell.versionsBehind)),
}

/** How old what a cache showed was. */
export const agesOfBlock = {
  stale: ofBlock(staleShare),
  staleness: ofBlock((results, block, cells) => ofStaleShown(results, block, 'stale-ms', cells)),
  versionsBehind: ofBlock((results, block, cells) => ofStaleShown(results, block, 'stale-versions', cells)),
}

function ofRequests(age: (results: RunResults, selection: Selection) => Estimate): typeof age {
  return (results, selection) =>
    unlessGrowing(results, selection.cells, (cells) => age(results, { ...selection, cells }))
}

type AgeOfBlock = (results: RunResults, block: number, cells: readonly number[]) => Estimate

function ofBlock(age: AgeOfBlock): AgeOfBlock {
  return (results, block, cells) => unlessGrowing(results, cells, (some) => age(results, block, some))
}

/**
 * In a steady run an age that is higher in the second half of the measurement than in the first, significantly, has not
 * settled: the run is short beside the life of what is kept, and any number would say how long the run was.
 */
function unlessGrowing(
  results: RunResults,
  cells: readonly number[],
  age: (cells: readonly number[]) => Estimate,
): Estimate {
  const whole = age(cells)
  const { halves } = results
  if (halves === null || !whole.sufficient || cells !== results.measured) return whole
  const [first, second] = halves.map(age) as [Estimate, Estimate]
  if (!first.sufficient || !second.sufficient || second.low <= first.high) return whole
  return insufficientData('staleness still grows at the end of the run', results.replications)
}

/** Share of what a cache showed that was stale. */
function staleShare(results: RunResults, block: number, cells: readonly number[]): Estimate {
  const [stale, shown] = [results.counter(block, 'stale'), results.counter(block, 'shown')]
  if (stale < 0 || shown < 0) return insufficientData('the block does not count `shown`', results.replications)
  return results.blockShare(
    block,
    (cell) => cell.counters[stale] ?? 0,
    (cell) => cell.counters[shown] ?? 0,
    cells,
    copiesShown(results, block, cells),
  )
}

/**
 * What a cache shows of one copy is stale together: one stale load makes dozens of stale reads. Independent are the copies
 * that came in, and replications.
 */
function copiesShown(results: RunResults, block: number, cells: readonly number[]): number {
  const copies = results.counter(block, 'copies')
  const came =
    copies < 0 ? Number.POSITIVE_INFINITY : results.blockSum(block, (cell) => cell.counters[copies] ?? 0, cells)
  return Math.max(came, results.replications)
}

/** Answers that can be stale independently of one another: by the cache that shows the same copy most often. */
function independentAnswers(results: RunResults, selection: Selection): number {
  const answered = results.sums(selection, (cell) => cell.answered).reduce((sum, count) => sum + count, 0)
  const timesShown = results.blocks.map((_, block) => {
    const shown = results.counter(block, 'shown')
    if (shown < 0) return 1
    return (
      results.blockSum(block, (cell) => cell.counters[shown] ?? 0, selection.cells) /
      copiesShown(results, block, selection.cells)
    )
  })
  return answered / Math.max(1, ...timesShown)
}

/** Null where nothing in the design shows what can change. */
export function ageOf(results: RunResults, selection: Selection): AgeAnswer | null {
  const shows = results.blocks.some((_, block) => results.counter(block, 'shown') >= 0)
  if (!shows) return null
  return {
    stale: agesOfRequests.stale(results, selection),
    staleness: agesOfRequests.staleness(results, selection),
    versionsBehind: agesOfRequests.versionsBehind(results, selection),
  }
}

/** Mean over the stale answers; 0 where there is none. */
function ofStale(results: RunResults, selection: Selection, amount: (cell: KindCell) => number): Estimate {
  const total = results.sums(selection, (cell) => cell.stale).reduce((sum, count) => sum + count, 0)
  return total === 0 ? results.exactly(0) : results.ratio(selection, amount, (cell) => cell.stale)
}

function ofStaleShown(results: RunResults, block: number, amount: string, cells: readonly number[]): Estimate {
  const stale = results.counter(block, 'stale')
  const isNone = stale >= 0 && results.blockSum(block, (cell) => cell.counters[stale] ?? 0) === 0
  return isNone ? results.exactly(0) : results.counterRatio(block, [amount], ['stale'], cells)
}
