import { callCounter } from '../call-counters.ts'
import type { CallValues } from '../params.ts'
import { remembered } from './recent-times.ts'

/** How long a part of a design remembers what happened, where the number of calls in flight does not show it. */
export interface Memory {
  /** The part, beside the name of its block: `ejection`. */
  readonly part: string
  /** Time after which nothing shows any more of how a run began, ms. */
  readonly forgetsMs: number
  /** How long the state lasts that it brings about, ms, at most; 0 where it brings about none. */
  readonly lastsMs: number
  /** Sign that it acts in a run: a counter of its block, any fault; absent if it always acts. */
  readonly acts?: { readonly counter: string } | 'after a fault'
}

/** A breaker has forgotten its start after so many times the time for which it is open: open and closed, it has alternated. */
const timesOpen = 3
/** A hedge has, after so many times its window: the first window holds times of calls that were not hedged yet. */
const windowsOfHedge = 2

/**
 * What the guards of a call remember.
 *
 * @param to the block that is called
 * @param perSecond calls of one calling instance
 */
export function memoriesOfCall({ breaker, hedge }: CallValues, to: string, perSecond: number): readonly Memory[] {
  const memories: Memory[] = []
  if (breaker !== undefined) {
    const countedMs = typeof breaker.opens === 'number' ? breaker.window : 0
    memories.push({
      part: `breaker for ${to}`,
      forgetsMs: timesOpen * breaker.for + countedMs,
      lastsMs: breaker.for,
      acts: { counter: callCounter('open breaker ms', to) },
    })
  }
  if (hedge !== undefined && typeof hedge.after !== 'number' && perSecond > 0) {
    const forgetsMs = (windowsOfHedge * remembered * 1000) / perSecond
    memories.push({ part: `hedge for ${to}`, forgetsMs, lastsMs: 0 })
  }
  return memories
}
