import { type CallCount, callCounter } from '../calls/call-counters.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { Range } from '../stats/mean-interval.ts'
import { type Measure, measure } from './measure.ts'
import type { RunResults } from './run-results.ts'

/** What was counted of guarded calls, over something else that was. */
export function ratioOfCallCounts(
  results: RunResults,
  block: number,
  callee: string,
  [above, below]: readonly [CallCount, CallCount],
  cells: readonly number[],
  range: Range = 'non-negative',
): Estimate {
  return results.counterRatio(block, [callCounter(above, callee)], [callCounter(below, callee)], cells, range)
}

/** The share of the attempts that the guards of a caller refuse. */
export const refusedAttempts: Required<Measure>['ofCalls'] = (results, block, callee, cells) =>
  ratioOfCallCounts(results, block, callee, ['refused', 'attempts'], cells, 'share')

/** The time that breakers are open, over the time that there are breakers: it settles at once, as use does. */
const shareOpen: Required<Measure>['ofCalls'] = (results, block, callee, cells) => {
  const sums = (what: CallCount) => {
    const counter = results.counter(block, callCounter(what, callee))
    return results.blockSums(block, (cell) => cell.counters[counter] ?? 0, cells)
  }
  return results.interval(sums('open breaker ms'), sums('breaker ms'), 'share')
}

/** What callers measure of their guards. */
export const callMeasures: readonly Measure[] = [
  measure(
    'open',
    'share',
    'Breaker open',
    'Share of the time that the breaker of an instance refuses calls or lets trials through only, as a mean over the instances.',
    {
      ofCalls: shareOpen,
    },
    { needsOfCalls: ['breaker'] },
  ),
  measure(
    'retries-refused',
    'share',
    'Retries refused',
    'Share of the retries that were wanted for which the retry budget had nothing left.',
    {
      ofCalls: (results, block, callee, cells) =>
        ratioOfCallCounts(results, block, callee, ['retries refused', 'retries wanted'], cells, 'share'),
    },
    { needsOfCalls: ['retry-budget'] },
  ),
]
