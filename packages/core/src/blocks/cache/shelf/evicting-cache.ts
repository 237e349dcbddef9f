import { Stream } from '../../../kernel/random.ts'
import { returned, shown, whole } from '../eviction/given.ts'
import type { Slots } from '../eviction/policy.ts'
import { Entries, type Leaving } from './entries.ts'
import { checkOptions, type EvictingCacheOptions } from './evicting-cache-options.ts'
import { AnyKeys } from './slot-keys.ts'

interface Left<K, V> {
  readonly key: K
  readonly value: V
  readonly why: 'evicted' | 'expired'
}

/**
 * A cache with any keys and values, the same or not as a `Map` sees it, that evicts by a policy of this library.
 * Nothing happens by itself: what has expired is found when it is requested, or evicted in its turn.
 *
 * What `onEvict` throws comes out of the call that made room or found something expired, which is done by then: as it is,
 * or as an AggregateError if there is more than one.
 */
export class EvictingCache<K, V> {
  /** Room, in entries or units of weight. */
  readonly capacity: number
  private readonly weigh: EvictingCacheOptions<K, V>['weigh']
  private readonly onEvict: EvictingCacheOptions<K, V>['onEvict']
  private readonly ttl: number
  /** Where entries can expire. */
  private readonly clock: (() => number) | null
  private readonly held: Entries<K>
  /** By slot. */
  private kept: (V | undefined)[] = []
  private left: Left<K, V>[] = []

  /** @throws TypeError or RangeError that names the option and says what it must be */
  constructor(options: EvictingCacheOptions<K, V>) {
    const { choice, capacity, weigh, onEvict, ttl, clock, seed } = checkOptions(options)
    this.capacity = capacity
    this.weigh = weigh
    this.onEvict = onEvict
    this.ttl = ttl
    this.clock = clock
    const evictor = (slots: Slots) => choice.policy.create(choice.values, slots)
    const random = new Stream(seed, 0, 'eviction')
    const onLeave = (slot: number, why: Leaving) => this.leave(slot, why)
    this.held = new Entries<K>({ capacity, evictor, random, onLeave }, new AnyKeys<K>())
  }

  /** Entries in the cache; expired ones that nobody has requested since are among them. */
  get size(): number {
    return this.held.size
  }

  /** Σ weight of the entries. */
  get weight(): number {
    return this.held.used
  }

  /** The value of a key, which counts as a request for it; undefined if it is not in or has expired. */
  get(key: K): V | undefined {
    const slot = this.held.get(key, this.nowOrNever())
    if (slot >= 0) return this.kept[slot]
    this.tell()
    return undefined
  }

  /** The value of a key without the policy hearing of it. */
  peek(key: K): V | undefined {
    const slot = this.held.slotOf(key)
    return slot >= 0 && this.isFresh(slot) ? this.kept[slot] : undefined
  }

  /** Whether a key is in and has not expired; the policy is not notified of it. */
  has(key: K): boolean {
    const slot = this.held.slotOf(key)
    return slot >= 0 && this.isFresh(slot)
  }

  /**
   * Keeps a value, for a key that is in already again: that too is a request, and its time to live begins again.
   * @returns whether it is in: false if it is heavier than the whole cache, or if the policy refuses it; then what the key
   * had before is gone too
   * @throws TypeError or RangeError if `weigh` gives anything but a whole number from 1, or `now` no number
   */
  set(key: K, value: V): boolean {
    const { weigh } = this
    const weight = weigh === undefined ? 1 : whole('weigh', weigh(value, key), 1, returned)
    const slot = this.held.place(
      key,
      weight,
      this.clock === null ? Number.POSITIVE_INFINITY : this.nowOrNever() + this.ttl,
    )
    if (slot >= 0) this.kept[slot] = value
    this.tell()
    return slot >= 0
  }

  /**
   * Takes an entry out.
   * @returns whether it was in and had not expired, as `has` would have said; of one that had, `onEvict` is told
   */
  delete(key: K): boolean {
    const slot = this.held.slotOf(key)
    if (slot < 0) return false
    const now = this.nowOrNever()
    if (this.held.expiryOf(slot) > now) return this.held.drop(key)
    this.held.get(key, now)
    this.tell()
    return false
  }

  /** Forgets all entries, and all that the policy has learnt; nobody is told. */
  clear(): void {
    this.held.clear()
    this.kept = []
  }

  /**
   * The keys that are in and have not expired, in no order that means anything; the policy is not notified of it, and what has
   * expired stays. The loop over them may change the cache: what is in all the while comes once, what is set or
   * leaves in the meantime comes or does not, and it ends.
   */
  *keys(): IterableIterator<K> {
    for (const slot of this.living()) yield this.held.keyOf(slot)
  }

  /** The values, as `keys` goes through them. */
  *values(): IterableIterator<V> {
    for (const slot of this.living()) yield this.kept[slot] as V
  }

  /** Keys and values, as `keys` goes through them. */
  *entries(): IterableIterator<[K, V]> {
    for (const slot of this.living()) yield [this.held.keyOf(slot), this.kept[slot] as V]
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries()
  }

  private *living(): IterableIterator<number> {
    const { held } = this
    const end = this.kept.length
    for (let slot = 0; slot < end; slot++) if (held.slotOf(held.keyOf(slot)) === slot && this.isFresh(slot)) yield slot
  }

  private isFresh(slot: number): boolean {
    return this.held.expiryOf(slot) > this.nowOrNever()
  }

  private nowOrNever(): number {
    if (this.clock === null) return 0
    const { clock } = this
    const now = clock()
    if (typeof now === 'number' && !Number.isNaN(now)) return now
    throw new TypeError(`now: must return a number; it returned ${shown(now)}`)
  }

  private leave(slot: number, why: Leaving): void {
    if (why !== 'dropped' && this.onEvict !== undefined)
      this.left.push({ key: this.held.keyOf(slot), value: this.kept[slot] as V, why })
    this.kept[slot] = undefined
  }

  /** Only when the books are closed again: the callback may use the cache. */
  private tell(): void {
    if (this.left.length === 0) return
    const { left, onEvict } = this
    this.left = []
    const errors: unknown[] = []
    for (const { key, value, why } of left) {
      try {
        onEvict?.(key, value, why)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors, `onEvict: threw ${errors.length} times`)
  }
}
