import { Stream } from '../../kernel/chance.ts'
import { Entries, type Leaving } from './entries.ts'
import { chooseEviction } from './eviction/choose.ts'
import type { EvictionInput } from './eviction/index.ts'
import { AnyKeys } from './slot-keys.ts'

export interface EvictingCacheOptions<K, V> {
  /** What goes when the cache is full: a name, or `{ type: 'two-queue', in: '20%' }`. */
  readonly policy: EvictionInput
  /** Room: entries, or, with `weigh`, units of weight such as bytes. A whole number from 1. */
  readonly capacity: number
  /** Weight of an entry: a whole number from 1. Without it, every entry weighs 1. */
  readonly weigh?: (value: V, key: K) => number
  /** Time to live of an entry from when it was set, in the unit of `now`. Without it, entries do not expire. */
  readonly ttl?: number
  /** The clock: `Date.now`, or a clock of your own. Needed with `ttl`. */
  readonly now?: () => number
  /** Told of every entry that the policy threw out or that was found expired; not of what you delete or overwrite. */
  readonly onEvict?: (key: K, value: V, why: 'evicted' | 'expired') => void
  /** Seed of the chance of policies that draw lots; a whole number. */
  readonly seed?: number
}

/**
 * A cache with any keys and values, the same or not as a `Map` sees it, that throws out by a policy of this library.
 * Nothing happens by itself: what has expired is found when it is asked for, or thrown out in its turn.
 */
export class EvictingCache<K, V> {
  /** Room, in entries or units of weight. */
  readonly capacity: number
  private readonly options: EvictingCacheOptions<K, V>
  private readonly entries: Entries<K>
  private values: (V | undefined)[] = []
  private left: { readonly key: K; readonly value: V; readonly why: 'evicted' | 'expired' }[] = []

  /** @throws TypeError or RangeError that names the option and says what it must be */
  constructor(options: EvictingCacheOptions<K, V>) {
    const { policy, values } = chooseEviction(options.policy)
    if (policy.needs?.includes('future'))
      throw new TypeError(`policy: \`${policy.name}\` needs to know the future; compare with it by \`replay\``)
    wholeFromOne('capacity', options.capacity)
    if (options.ttl !== undefined && options.now === undefined)
      throw new TypeError('now: `ttl` needs a clock; give `now: Date.now`')
    if (options.ttl !== undefined && !(options.ttl > 0))
      throw new RangeError(`ttl: must be more than 0; it is ${options.ttl}`)
    this.options = options
    this.capacity = options.capacity
    const random = new Stream(options.seed ?? 1, 0, 'eviction')
    const onLeave = (slot: number, why: Leaving) => this.leave(slot, why)
    this.entries = new Entries<K>(
      { capacity: options.capacity, evictor: (slots) => policy.create(values, slots), random, onLeave },
      new AnyKeys<K>(),
    )
  }

  /** Entries in the cache; expired ones that nobody has asked for since are among them. */
  get size(): number {
    return this.entries.size
  }

  /** Σ weight of the entries. */
  get weight(): number {
    return this.entries.used
  }

  /** The value of a key, which counts as a request for it; undefined if it is not in or has expired. */
  get(key: K): V | undefined {
    const slot = this.entries.get(key, this.nowOrNever())
    if (slot >= 0) return this.values[slot]
    this.tell()
    return undefined
  }

  /** The value of a key without the policy hearing of it. */
  peek(key: K): V | undefined {
    const slot = this.freshSlotOf(key)
    return slot >= 0 ? this.values[slot] : undefined
  }

  /** Whether a key is in and has not expired; the policy does not hear of it. */
  has(key: K): boolean {
    return this.freshSlotOf(key) >= 0
  }

  /**
   * Keeps a value, for a key that is in already anew: that too is a request, and its time to live begins again.
   * @returns whether it is in: false if it is heavier than the whole cache, or if the policy refuses it
   * @throws RangeError if `weigh` gives anything but a whole number from 1
   */
  set(key: K, value: V): boolean {
    const { weigh, ttl, now } = this.options
    const weight = weigh === undefined ? 1 : wholeFromOne('weigh', weigh(value, key))
    const expires = ttl === undefined || now === undefined ? Number.POSITIVE_INFINITY : now() + ttl
    const slot = this.entries.place(key, weight, expires)
    if (slot >= 0) this.values[slot] = value
    this.tell()
    return slot >= 0
  }

  /** Takes an entry out. @returns whether it was in */
  delete(key: K): boolean {
    return this.entries.drop(key)
  }

  /** Forgets all entries, and all that the policy has learnt. */
  clear(): void {
    this.entries.clear()
    this.values = []
  }

  private freshSlotOf(key: K): number {
    const slot = this.entries.slotOf(key)
    return slot >= 0 && this.entries.expiryOf(slot) > this.nowOrNever() ? slot : -1
  }

  private nowOrNever(): number {
    const { now, ttl } = this.options
    return now === undefined || ttl === undefined ? 0 : now()
  }

  private leave(slot: number, why: Leaving): void {
    if (why !== 'dropped' && this.options.onEvict !== undefined)
      this.left.push({ key: this.entries.keyOf(slot), value: this.values[slot] as V, why })
    this.values[slot] = undefined
  }

  /** Only when the books are closed again: whoever is told may use the cache. */
  private tell(): void {
    if (this.left.length === 0) return
    const { left } = this
    this.left = []
    for (const { key, value, why } of left) this.options.onEvict?.(key, value, why)
  }
}

function wholeFromOne(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new RangeError(`${option}: must be a whole number from 1; it is ${String(value)}`)
}
