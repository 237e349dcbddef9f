import { nominalRate } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import type { SourceValues } from '../workloads/source.ts'
import { mostRequests, requestsAtOnce } from '../workloads/span.ts'

/**
 * The same design under `factor` times the load: open loops at so many times the rate, traces so many times as fast, closed
 * ones with so many times the users, jobs with so many times the requests. What a rate or users send in all stays.
 */
export function atLoad(design: Design, factor: number): Design {
  if (factor === 1) return design
  return {
    ...design,
    sources: design.sources.map((source) => {
      const values = source.values as unknown as SourceValues
      const { rate, users, replay, speed } = values
      const atOnce = requestsAtOnce(values)
      const scaled = {
        ...(rate === undefined ? {} : { rate: rate * factor }),
        ...(replay === undefined || rate !== undefined ? {} : { speed: (speed ?? 1) * factor }),
        ...(atOnce === null ? {} : { count: Math.max(1, Math.round(atOnce * factor)) }),
        ...(users === undefined ? {} : { users: Math.max(1, Math.round(users * factor)) }),
      }
      return { ...source, values: { ...source.values, ...scaled } }
    }),
  }
}

/** Requests per second that all sources offer where the factor of their shape is 1; closed loops as if answers took no time. */
export function offeredPerSecond(design: Design): number {
  return valuesOf(design).reduce((sum, values) => sum + nominalRate(values), 0)
}

/** Whether some source sends on and on: a batch that comes once has no rate, nor have users who send a number of requests. */
export function hasRate(design: Design): boolean {
  return valuesOf(design).some(
    (values) =>
      values.rate !== undefined || values.replay !== undefined || mostRequests(values) === Number.POSITIVE_INFINITY,
  )
}

/** Users of all closed loops; null if all traffic comes from open ones. */
export function usersOf(design: Design): number | null {
  return sumOf(valuesOf(design).flatMap(({ users }) => users ?? []))
}

/** Requests that come at one moment, of all batches and jobs; null if there are none. */
export function batchOf(design: Design): number | null {
  return sumOf(valuesOf(design).flatMap((values) => requestsAtOnce(values) ?? []))
}

/**
 * The multiple of its load that a scaled design really has: users, and the requests of a batch, are whole. Where a part of the
 * load can be scaled by any factor, that factor.
 */
export function exactFactor(design: Design, scaled: Design, factor: number): number {
  const whole = (of: Design) => (usersOf(of) ?? 0) + (batchOf(of) ?? 0)
  const isWhole = valuesOf(design).every((values) => values.users !== undefined || requestsAtOnce(values) !== null)
  return isWhole ? whole(scaled) / whole(design) : factor
}

function valuesOf(design: Design): readonly SourceValues[] {
  return design.sources.map(({ values }) => values as unknown as SourceValues)
}

function sumOf(counts: readonly number[]): number | null {
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}
