import type { Design } from '../language/design.ts'
import type { SourceValues } from '../workloads/source.ts'
import { requestsAtOnce } from '../workloads/span.ts'
import { nominalRate } from './flows.ts'

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
  return design.sources.reduce((sum, source) => sum + nominalRate(source.values as unknown as SourceValues), 0)
}

/** Users of all closed loops; null if all traffic comes from open ones. */
export function usersOf(design: Design): number | null {
  const users = design.sources.flatMap(({ values }) => (values as unknown as SourceValues).users ?? [])
  return users.length === 0 ? null : users.reduce((sum, count) => sum + count, 0)
}

/** Whether all traffic comes from closed loops, so that only whole numbers of users are different loads. */
export function isOnlyUsers(design: Design): boolean {
  return design.sources.every(({ values }) => (values as unknown as SourceValues).users !== undefined)
}
