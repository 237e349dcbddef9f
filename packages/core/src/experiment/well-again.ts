import type { Moment } from '../faults/timing.ts'
import { type Estimate, endsOf, insufficientData } from '../stats/estimate.ts'
import { oncePer } from '../support/once-per.ts'
import { timedMoments } from './plan.ts'
import type { RunResults, Selection } from './run-results.ts'

/** A slice is as before an event if its mean response is at most so many times that of before, */
const mostLonger = 1.1
/** and so much more of its requests at most is not answered. */
const mostUnanswered = 0.01
/** So many slices on end are looked at together, lest one is as before by chance: single ones are too noisy to be all so. */
const slicesOnEnd = 3
/** Slices before an event that say how it was. */
const leastBefore = 3

/** The end of an event, and when it began. */
type EndOfEvent = Moment & { readonly sinceMs: number }

/** Slices of a run: the ticks of its series, by arrival of the requests. */
interface Slices {
  readonly results: RunResults
  readonly tickMs: number
}

/** For a phase that begins with the end of an event: the time until requests are answered as before it. */
export function wellAgainFrom(results: RunResults, fromMs: number): { readonly wellAgain?: Estimate } {
  const ending = endsIn(results).filter(({ atMs }) => atMs === fromMs)
  return ending.length === 0
    ? {}
    : {
        wellAgain: longest(
          ending.map((event) => after(results, event)),
          results,
        ),
      }
}

/** The longest of these times over all events of a design, or over those that end within a window. */
export function wellAgain(results: RunResults, window?: Selection['window']): Estimate {
  const { fromMs, toMs } = window ?? { fromMs: 0, toMs: Number.POSITIVE_INFINITY }
  const events = endsIn(results).filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  if (events.length === 0) {
    const where = window === undefined ? 'run' : 'window'
    return insufficientData(`no event of the design ends at a known moment of the ${where}`, results.replications)
  }
  return longest(
    events.map((event) => after(results, event)),
    results,
  )
}

/** The ends of all events of a run, in the order of time. */
const endsIn = oncePer(({ design, plan }: RunResults): readonly EndOfEvent[] =>
  timedMoments(design).filter(
    (moment): moment is EndOfEvent => moment.sinceMs !== undefined && moment.atMs < plan.endMs,
  ),
)

/** The times of the events of a run that are known: each is needed again by all events after it. */
const timesKnown = oncePer((_: RunResults) => new Map<EndOfEvent, Estimate>())

function after(results: RunResults, event: EndOfEvent): Estimate {
  const times = timesKnown(results)
  const known = times.get(event)
  if (known !== undefined) return known
  const time = timeAfter(results, event)
  times.set(event, time)
  return time
}

/**
 * The first slice from the end of the event on that is as before together with the two after it. The interval is by those of the
 * slices: it begins where they may be as before, and ends where they are.
 */
function timeAfter(results: RunResults, { atMs, sinceMs }: EndOfEvent): Estimate {
  const { plan, replications } = results
  const slices: Slices = { results, tickMs: plan.endMs / plan.ticks }
  const before = ticksWithin(slices, calmFrom(results, sinceMs), sinceMs)
  const [mean, share] = [responseIn(slices, before), answeredIn(slices, before)]
  if (before.length < leastBefore || !mean.sufficient || !share.sufficient) {
    return insufficientData('too few requests before the event', replications)
  }
  const nextMs = firstMomentAfter(results, atMs)
  const ticks = ticksWithin(slices, atMs, nextMs)
  const as = (end: 'low' | 'point' | 'high') => {
    const first = ticks.findIndex((_, i) => {
      const together = ticks.slice(i, i + slicesOnEnd)
      const [longer, answered] = [responseIn(slices, together), answeredIn(slices, together)]
      if (!longer.sufficient || !answered.sufficient) return false
      const least = share.point - mostUnanswered
      const response = longer[end] <= mean.point * mostLonger
      return response && (end === 'point' ? answered.point : end === 'low' ? answered.high : answered.low) >= least
    })
    return first < 0 ? Number.POSITIVE_INFINITY : Math.max(0, (ticks[first] as number) * slices.tickMs - atMs)
  }
  const [low, point, high] = [as('low'), as('point'), as('high')]
  if (point === Number.POSITIVE_INFINITY) {
    const isCut = nextMs < plan.endMs
    const atLeast = Number.isFinite(low) ? low : nextMs - atMs
    return insufficientData(isCut ? 'not before the next event' : 'not within the run', replications, { atLeast })
  }
  return results.counted({ sufficient: true, low, point, high, confidence: results.confidence, replications })
}

/** Since when it has been as always before an event: nothing has begun or ended since, and what ended earlier is over. */
function calmFrom(results: RunResults, sinceMs: number): number {
  const recovered = endsIn(results).flatMap((event) => {
    if (event.atMs >= sinceMs) return []
    const time = after(results, event)
    return [time.sufficient ? event.atMs + time.point : sinceMs]
  })
  return Math.max(lastMomentBefore(results, sinceMs), ...recovered)
}

function longest(all: readonly Estimate[], results: RunResults): Estimate {
  const open = all.filter((one) => !one.sufficient)
  if (open.length > 0) {
    const atLeast = Math.max(...all.map((one) => endsOf(one).low))
    const [{ reason }] = open as [Extract<Estimate, { sufficient: false }>]
    return insufficientData(reason, results.replications, Number.isFinite(atLeast) ? { atLeast } : {})
  }
  return all.reduce((most, one) => (one.sufficient && most.sufficient && one.point > most.point ? one : most))
}

/** Slices that lie wholly within a stretch of time. */
function ticksWithin({ results, tickMs }: Slices, fromMs: number, toMs: number): readonly number[] {
  return Array.from({ length: results.plan.ticks }, (_, tick) => tick).filter(
    (tick) => tick * tickMs >= fromMs - tickMs * 1e-9 && (tick + 1) * tickMs <= toMs + tickMs * 1e-9,
  )
}

function responseIn({ results }: Slices, ticks: readonly number[]): Estimate {
  return results.interval(sumsOver(results, ticks, 'sumMsByTick'), sumsOver(results, ticks, 'answeredByTick'))
}

function answeredIn({ results }: Slices, ticks: readonly number[]): Estimate {
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

function lastMomentBefore({ design }: RunResults, ms: number): number {
  return Math.max(0, timedMoments(design).findLast(({ atMs }) => atMs < ms)?.atMs ?? 0)
}

function firstMomentAfter({ design, plan }: RunResults, ms: number): number {
  return Math.min(plan.endMs, timedMoments(design).find(({ atMs }) => atMs > ms)?.atMs ?? plan.endMs)
}
