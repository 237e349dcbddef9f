import { Schedule } from './schedule.ts'
import { shapes } from './shapes/index.ts'
import type { Profile } from './shapes/shape.ts'
import type { SourceValues } from './source.ts'

/** When a source sends: from, inclusive, to, exclusive; ms from 0 s of the run. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export function spanOf({ at = 0, for: lengthMs }: SourceValues): Span {
  return { fromMs: at, toMs: lengthMs === undefined ? Number.POSITIVE_INFINITY : at + lengthMs }
}

/**
 * Whether the first request of a source comes at a moment of the run. Any other source has been sending forever at 0 s:
 * a lead-in has its requests, and caches are warmed by them.
 */
export function beginsInRun(values: SourceValues): boolean {
  const { at = 0, count, every, users, start } = values
  return at > 0 || count !== undefined || every !== undefined || (users !== undefined && start !== 'spread')
}

/** Requests of a source that come at one moment: those of a job, or all of a source that has a count alone; null for others. */
export function requestsAtOnce({ rate, users, replay, every, count }: SourceValues): number | null {
  if (rate !== undefined || users !== undefined || replay !== undefined) return null
  return count ?? (every === undefined ? null : 1)
}

/** The most requests that a source ever sends: a job has a count for each time. */
export function mostRequests({ count, every }: SourceValues): number {
  return every !== undefined || count === undefined ? Number.POSITIVE_INFINITY : count
}

/** How the rate of a source changes with time; a factor of 1 where it has no rate of its own. */
export function profileOf({ shape, rate }: SourceValues): Profile {
  return rate === undefined ? { timesMs: [0], factors: [1] } : shapes.get(shape.name).profile(shape.values)
}

/** The span of a source; one with a rate and a count ends when so many requests are expected to have come. */
export function expectedSpan(values: SourceValues): Span {
  const { fromMs, toMs } = spanOf(values)
  const { rate, count } = values
  if (rate === undefined || count === undefined) return { fromMs, toMs }
  const lastMs = new Schedule(profileOf(values), rate / 1000, { beginsMs: fromMs }).next(count)
  return { fromMs, toMs: Math.min(toMs, lastMs) }
}
