import { timedMoments } from '../before-run/run-kind.ts'
import type { Moment } from '../faults/timing.ts'
import { type Estimate, endsOf, insufficientData } from '../stats/estimate.ts'
import { oncePer } from '../support/once-per.ts'
import type { RunResults, Selection } from './run-results.ts'

/** So many slices on end are looked at together, lest one is as before by chance: single ones are too noisy to be all so. */
const slicesOnEnd = 3
/** Slices before an event that say how it was. */
const leastBefore = 3

/** The end of an event, and when it began. */
type EndOfEvent = Moment & { readonly sinceMs: number }

/** Which end of its interval a number is taken at. */
export type End = 'low' | 'point' | 'high'

/**
 * Whether slices are as before an event, given those before it: by what is measured, by what it may be at best (`low`), and
 * by what it is for certain (`high`). Null where too little is known of how it was.
 */
export type Comparison = (before: readonly number[]) => ((slices: readonly number[], end: End) => boolean) | null

/** How long it takes after the end of each event of a run until something is as before it. Slices are the ticks of its series. */
export class TimesAfter {
  private readonly results: RunResults
  private readonly compareWith: Comparison
  private readonly tooFew: string
  private readonly tickMs: number
  /** The times that are known: each is needed again by all events after it. */
  private readonly known = new Map<EndOfEvent, Estimate>()

  /** @param tooFew why there is no time where too little is known of how it was */
  constructor(results: RunResults, compareWith: Comparison, tooFew: string) {
    this.results = results
    this.compareWith = compareWith
    this.tooFew = tooFew
    this.tickMs = results.plan.endMs / results.plan.ticks
  }

  /** The time after the events that end at a moment; null where none does. */
  from(ms: number): Estimate | null {
    const ending = endsIn(this.results).filter(({ atMs }) => atMs === ms)
    return ending.length === 0 ? null : this.longest(ending)
  }

  /** The longest of these times over all events of a design, or over those that end within a window. */
  over(window?: Selection['window']): Estimate {
    const { fromMs, toMs } = window ?? { fromMs: 0, toMs: Number.POSITIVE_INFINITY }
    const events = endsIn(this.results).filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    if (events.length > 0) return this.longest(events)
    const where = window === undefined ? 'run' : 'window'
    return insufficientData(`no event of the design ends at a known moment of the ${where}`, this.results.replications)
  }

  private longest(events: readonly EndOfEvent[]): Estimate {
    const all = events.map((event) => this.after(event))
    const open = all.filter((one) => !one.sufficient)
    if (open.length > 0) {
      const atLeast = Math.max(...all.map((one) => endsOf(one).low))
      const [{ reason }] = open as [Extract<Estimate, { sufficient: false }>]
      return insufficientData(reason, this.results.replications, Number.isFinite(atLeast) ? { atLeast } : {})
    }
    return all.reduce((most, one) => (one.sufficient && most.sufficient && one.point > most.point ? one : most))
  }

  private after(event: EndOfEvent): Estimate {
    const known = this.known.get(event)
    if (known !== undefined) return known
    const time = this.timeAfter(event)
    this.known.set(event, time)
    return time
  }

  /**
   * The first slice from the end of the event on that is as before together with the two after it. The interval is by those of
   * the slices: it begins where they may be as before, and ends where they are.
   */
  private timeAfter({ atMs, sinceMs }: EndOfEvent): Estimate {
    const { results, tickMs } = this
    const { plan, replications } = results
    const before = this.ticksWithin(this.calmFrom(sinceMs), sinceMs)
    const isAsBefore = before.length < leastBefore ? null : this.compareWith(before)
    if (isAsBefore === null) return insufficientData(this.tooFew, replications)
    const nextMs = firstMomentAfter(results, atMs)
    const ticks = this.ticksWithin(atMs, nextMs)
    const as = (end: End) => {
      const first = ticks.findIndex((_, i) => isAsBefore(ticks.slice(i, i + slicesOnEnd), end))
      return first < 0 ? Number.POSITIVE_INFINITY : Math.max(0, (ticks[first] as number) * tickMs - atMs)
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
  private calmFrom(sinceMs: number): number {
    const recovered = endsIn(this.results).flatMap((event) => {
      if (event.atMs >= sinceMs) return []
      const time = this.after(event)
      return [time.sufficient ? event.atMs + time.point : sinceMs]
    })
    return Math.max(lastMomentBefore(this.results, sinceMs), ...recovered)
  }

  /** Slices that lie wholly within a stretch of time. */
  private ticksWithin(fromMs: number, toMs: number): readonly number[] {
    const { tickMs } = this
    return Array.from({ length: this.results.plan.ticks }, (_, tick) => tick).filter(
      (tick) => tick * tickMs >= fromMs - tickMs * 1e-9 && (tick + 1) * tickMs <= toMs + tickMs * 1e-9,
    )
  }
}

/** The ends of all events of a run, in the order of time. */
const endsIn = oncePer(({ design, plan }: RunResults): readonly EndOfEvent[] =>
  timedMoments(design).filter(
    (moment): moment is EndOfEvent => moment.sinceMs !== undefined && moment.atMs < plan.endMs,
  ),
)

function lastMomentBefore({ design }: RunResults, ms: number): number {
  return Math.max(0, timedMoments(design).findLast(({ atMs }) => atMs < ms)?.atMs ?? 0)
}

function firstMomentAfter({ design, plan }: RunResults, ms: number): number {
  return Math.min(plan.endMs, timedMoments(design).find(({ atMs }) => atMs > ms)?.atMs ?? plan.endMs)
}
