import { chooseEviction } from '../blocks/cache/eviction/choose.ts'
import { evictions } from '../blocks/cache/eviction/index.ts'
import { createEntries } from '../blocks/cache/eviction/replay.ts'
import type { Entries } from '../blocks/cache/shelf/entries.ts'
import type { Chosen } from '../support/params.ts'
import type { Requests } from './collector.ts'

export interface ReplayingOptions {
  /** What capacity counts. */
  readonly unit: 'entries' | 'bytes'
  readonly capacity: number
  readonly seed?: number
  /** The whole trace, for policies that need to know what comes next. */
  readonly future?: Requests
}

/** Whether a policy must be given the whole trace before it begins. */
export function needsFuture(policy: Chosen): boolean {
  return evictions.get(policy.name).needs?.includes('future') === true
}

/**
 * A cache through which requests go piece by piece, each miss brought in at once: no time, no simulation. An object that
 * weighs more than the whole cache is never kept; one that comes back with another size keeps its first.
 */
export class Replaying {
  requests = 0
  hits = 0
  /** Of those whose sizes are known. */
  bytes = 0
  hitBytes = 0
  private readonly entries: Entries
  private readonly inBytes: boolean

  constructor(policy: Chosen, { unit, capacity, seed = 1, future: trace }: ReplayingOptions) {
    const nextUses = trace === undefined || !needsFuture(policy) ? null : nextUsesOf(trace)
    this.inBytes = unit === 'bytes'
    const future = nextUses === null ? {} : { nextUse: () => nextUses[this.requests] as number }
    this.entries = createEntries(chooseEviction(policy), capacity, { seed, ...future })
  }

  /** Requests from `from` up to `to`; keys are numbered from 1, as in a simulation. */
  take({ ids, sizes, length }: Requests, from = 0, to = length): void {
    const { entries } = this
    for (let i = from; i < to; i++) {
      const key = (ids[i] as number) + 1
      const size = sizes === null ? 0 : (sizes[i] as number)
      const isHit = entries.get(key, 0) >= 0
      if (!isHit) entries.put(key, this.inBytes ? Math.max(1, size) : 1, 1)
      else {
        this.hits++
        this.hitBytes += size
      }
      this.bytes += size
      this.requests++
    }
  }

  /** What must hold. */
  verify(): void {
    this.entries.verify()
  }
}

/** For each request the position of the next one for the same key, or Infinity. */
function nextUsesOf({ ids, length }: Requests): Float64Array {
  const next = new Float64Array(length)
  let keys = 0
  for (let i = 0; i < length; i++) keys = Math.max(keys, (ids[i] as number) + 1)
  const later = new Float64Array(keys).fill(Number.POSITIVE_INFINITY)
  for (let i = length - 1; i >= 0; i--) {
    const id = ids[i] as number
    next[i] = later[id] as number
    later[id] = i
  }
  return next
}
