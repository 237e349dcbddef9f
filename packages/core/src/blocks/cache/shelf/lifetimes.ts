import type { CacheValues } from '../params.ts'
import { updates } from '../update/index.ts'

/** How long entries stay, ms; Infinity forever. */
export interface Lifetimes {
  readonly ttlMs: number
  /** Share of the time to live by which one entry may live shorter than another, drawn for each. */
  readonly jitter: number
  /** Whether every hit begins the time to live again. */
  readonly sliding: boolean
  /** How much longer an entry may be shown while a new one is loaded. */
  readonly graceMs: number
  /** Share of the time to live from which on a hit loads the entry again; Infinity for never. */
  readonly renewFrom: number
  /** How long it is remembered that a key has no object; 0 for not at all. */
  readonly absentMs: number
}

export function lifetimesOf(values: CacheValues): Lifetimes {
  const { ttl, expiry, update } = values
  const ahead = updates.get(update.name).ahead?.(update.values) ?? Number.POSITIVE_INFINITY
  const grace = values['stale-while-revalidate']
  return {
    ttlMs: ttl ?? Number.POSITIVE_INFINITY,
    jitter: values['ttl-jitter'],
    sliding: expiry === 'sliding',
    graceMs: grace ?? 0,
    renewFrom: grace === undefined ? ahead : Math.min(ahead, 1),
    absentMs: values['negative-ttl'] ?? 0,
  }
}
