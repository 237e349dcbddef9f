import { chooseEviction, type EvictionChoice, type OwnEviction } from '../eviction/choose.ts'
import { aboveZero, functionIfGiven, onlyKnown, whole } from '../eviction/given.ts'
import type { EvictionInput } from '../eviction/index.ts'

export interface EvictingCacheOptions<K, V> {
  /** What goes when the cache is full: a name, `{ type: 'two-queue', in: '20%' }`, or a policy of your own. */
  readonly policy: EvictionInput | OwnEviction
  /** Room: entries, or, with `weigh`, units of weight such as bytes. A whole number from 1. */
  readonly capacity: number
  /** Weight of an entry: a whole number from 1. Without it, every entry weighs 1. */
  readonly weigh?: ((value: V, key: K) => number) | undefined
  /** Time to live of an entry from when it was set, in the unit of `now`. Without it, entries do not expire. */
  readonly ttl?: number | undefined
  /** The clock: `Date.now`, or a clock of your own. Needed with `ttl`. */
  readonly now?: (() => number) | undefined
  /**
   * Called for every entry that the policy evicted or that was found expired; not of what you delete, overwrite or clear.
   * It may use the cache. If it throws, all are told nevertheless, and what was asked of the cache is done.
   */
  readonly onEvict?: ((key: K, value: V, why: 'evicted' | 'expired') => void) | undefined
  /** Seed of the random numbers of random policies; a whole number. */
  readonly seed?: number | undefined
}

const known = ['policy', 'capacity', 'weigh', 'ttl', 'now', 'onEvict', 'seed'] satisfies (keyof EvictingCacheOptions<
  unknown,
  unknown
>)[]

/** What a cache is made of, once it has been looked at. */
interface Checked<K, V> extends Pick<EvictingCacheOptions<K, V>, 'capacity' | 'weigh' | 'onEvict'> {
  readonly choice: EvictionChoice
  readonly ttl: number
  /** Where entries can expire. */
  readonly clock: (() => number) | null
  readonly seed: number
}

/** @throws TypeError or RangeError that names the option and says what it must be */
export function checkOptions<K, V>(options: EvictingCacheOptions<K, V>): Checked<K, V> {
  onlyKnown(options, known, "such as { policy: 'lru', capacity: 1000 }")
  const choice = chooseEviction(options.policy)
  if (choice.policy.needs?.includes('future'))
    throw new TypeError(`policy: \`${choice.policy.name}\` needs to know the future; compare with it by \`replay\``)
  const now = functionIfGiven('now', options.now, 'such as Date.now')
  const ttl = options.ttl === undefined ? Number.POSITIVE_INFINITY : aboveZero('ttl', options.ttl)
  if (options.ttl !== undefined && now === undefined)
    throw new TypeError('now: `ttl` needs a clock; give `now: Date.now`')
  return {
    choice,
    capacity: whole('capacity', options.capacity),
    weigh: functionIfGiven('weigh', options.weigh, 'such as (value) => value.length'),
    onEvict: functionIfGiven('onEvict', options.onEvict, 'such as (key, value, why) => {}'),
    ttl,
    clock: options.ttl === undefined || now === undefined ? null : now,
    seed: options.seed === undefined ? 1 : whole('seed', options.seed, Number.MIN_SAFE_INTEGER),
  }
}
