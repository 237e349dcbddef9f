import type { Hedge } from '../../kernel/guards.ts'
import type { Percentile } from '../../support/params.ts'
import { RecentTimes } from './recent-times.ts'

export interface HedgeValues {
  readonly after: number | Percentile
  readonly attempts: number
}

/**
 * Asks a second time when an answer is late: after a time, or after a percentile of the times that the calling instance has seen
 * here. Source: J. Dean, L. A. Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013.
 */
export function createHedge({ after, attempts }: HedgeValues): Hedge {
  if (typeof after === 'number') return { attempts, afterMs: () => after, answered: () => undefined }
  const seen: RecentTimes[] = []
  const by = (instance: number): RecentTimes => {
    const known = seen[instance]
    if (known !== undefined) return known
    const fresh = new RecentTimes(after.quantile)
    seen[instance] = fresh
    return fresh
  }
  return {
    attempts,
    afterMs: ({ instance }) => by(Math.max(0, instance)).ms,
    answered: ({ instance }, tookMs) => by(Math.max(0, instance)).add(tookMs),
  }
}
