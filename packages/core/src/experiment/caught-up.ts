import type { Estimate } from '../stats/estimate.ts'
import { oncePer } from '../support/once-per.ts'
import { type End, TimesAfter } from './after-event.ts'
import type { RunResults, Selection } from './run-results.ts'
import type { Series } from './task.ts'

/** A queue is as short as before an event if it has at most so many times as many messages, */
const mostLonger = 1.1
/** or at most so many more: of a queue that was nearly empty, a tenth is less than a message. */
const mostMore = 1

/** From the end of an event until a queue is as short as before it: the longest over all events, or those of a window. */
export function caughtUp(results: RunResults, block: number, window?: Selection['window']): Estimate {
  const known = timesOf(results)
  let times = known.get(block)
  if (times === undefined) {
    times = new TimesAfter(
      results,
      (before) => comparedWith(results, block, before),
      'too little time before the event',
    )
    known.set(block, times)
  }
  return times.over(window)
}

const timesOf = oncePer((_: RunResults) => new Map<number, TimesAfter>())

function comparedWith(results: RunResults, block: number, before: readonly number[]) {
  const length = lengthIn(results, block, before)
  if (!length.sufficient) return null
  const most = Math.max(length.point * mostLonger, length.point + mostMore)
  return (slices: readonly number[], end: End): boolean => {
    const now = lengthIn(results, block, slices)
    return now.sufficient && now[end] <= most
  }
}

/** Mean messages in the queue at the ends of these slices, those in work included. */
function lengthIn(results: RunResults, block: number, slices: readonly number[]): Estimate {
  // The series of a batch is the mean of its replications.
  const levels = results.replicates.map(({ series, replications }) => {
    const { inside } = series.blocks[block] as Series['blocks'][number]
    return slices.reduce((sum, slice) => sum + (inside[slice] as number), 0) * replications
  })
  return results.interval(
    levels,
    results.replicates.map(({ replications }) => replications * slices.length),
  )
}
