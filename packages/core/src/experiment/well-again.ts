import type { Estimate } from '../stats/estimate.ts'
import { oncePer } from '../support/once-per.ts'
import { type End, TimesAfter } from './after-event.ts'
import type { RunResults, Selection } from './run-results.ts'

/** A slice is as before an event if its mean response is at most so many times that of before, */
const mostLonger = 1.1
/** and so much more of its requests at most is not answered. */
const mostUnanswered = 0.01

/** For a phase that begins with the end of an event: the time until requests are answered as before it. */
export function wellAgainFrom(results: RunResults, fromMs: number): { readonly wellAgain?: Estimate } {
  const found = timesOf(results).from(fromMs)
  return found === null ? {} : { wellAgain: found }
}

/** The longest of these times over all events of a design, or over those that end within a window. */
export function wellAgain(results: RunResults, window?: Selection['window']): Estimate {
  return timesOf(results).over(window)
}

/** By arrival of the requests. */
const timesOf = oncePer(
  (results: RunResults) =>
    new TimesAfter(results, (before) => comparedWith(results, before), 'too few requests before the event'),
)

function comparedWith(results: RunResults, before: readonly number[]) {
  const [mean, share] = [responseIn(results, before), answeredIn(results, before)]
  if (!mean.sufficient || !share.sufficient) return null
  const least = share.point - mostUnanswered
  return (slices: readonly number[], end: End): boolean => {
    const [longer, answered] = [responseIn(results, slices), answeredIn(results, slices)]
    if (!longer.sufficient || !answered.sufficient) return false
    const response = longer[end] <= mean.point * mostLonger
    return response && (end === 'point' ? answered.point : end === 'low' ? answered.high : answered.low) >= least
  }
}

function responseIn(results: RunResults, ticks: readonly number[]): Estimate {
  return results.interval(sumsOver(results, ticks, 'sumMsByTick'), sumsOver(results, ticks, 'answeredByTick'))
}

function answeredIn(results: RunResults, ticks: readonly number[]): Estimate {
  return results.interval(
    sumsOver(results, ticks, 'answeredByTick'),
    sumsOver(results, ticks, 'offeredByTick'),
    'share',
  )
}

function sumsOver(
  { replicates }: RunResults,
  ticks: readonly number[],
  of: 'sumMsByTick' | 'answeredByTick' | 'offeredByTick',
): readonly number[] {
  return replicates.map((replicate) => ticks.reduce((sum, tick) => sum + (replicate[of][tick] as number), 0))
}
