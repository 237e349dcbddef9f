import type { UniformSource } from '../../../support/distributions/distribution.ts'
import { invariant } from '../../../support/invariant.ts'
import { Lists } from '../eviction/lists.ts'
import { Numbers } from '../eviction/numbers.ts'
import type { Evictor, Slots } from '../eviction/policy.ts'
import { FreeSlots } from './free-slots.ts'
import { NumberKeys, type SlotKeys } from './slot-keys.ts'

/** Why an entry is no longer in: the policy chose it, it was found too old, or it was taken out. */
export type Leaving = 'evicted' | 'expired' | 'dropped'

export interface EntriesOptions<K = number> {
  /** Room, in units of weight. */
  readonly capacity: number
  readonly evictor: (slots: Slots) => Evictor
  readonly random: UniformSource
  /** Told the key of every entry that is evicted or refused. */
  readonly onEvict?: (key: K) => void
  /** Called for every entry that leaves, while its slot is still its own; not of those that `clear` forgets. */
  readonly onLeave?: (slot: number, why: Leaving) => void
  /** The position at which the key of the present request is requested next, where the future is known. */
  readonly nextUse?: () => number
}

const fewest = 16

/** What a cache holds: from keys to slots, weights, times of expiry. The eviction policy keeps the order. */
export class Entries<K = number> implements Slots {
  readonly capacity: number
  readonly random: UniformSource
  /** Σ weight and number of the entries that are in. */
  used = 0
  size = 0
  /** Since the beginning: found too old, evicted, not let in by the policy. */
  expired = 0
  evicted = 0
  refused = 0
  /** The slot of the entry that was found too old last: it has been given back. */
  expiredSlot = -1
  private readonly options: EntriesOptions<K>
  private readonly keys: SlotKeys<K>
  private evictor: Evictor
  private readonly weights = new Numbers(fewest)
  /** What grows with the slots, and belongs to the policy. */
  private growing: (Lists | Numbers)[] = []
  private slots = fewest
  private readonly free = new FreeSlots(fewest)
  private incoming = -1
  private expiries = new Float64Array(fewest)
  private present = new Uint8Array(fewest)
  private readonly uses: Numbers | null

  /** @param keys where slots are looked up; keys are whole numbers without it. */
  constructor(options: EntriesOptions<K>, keys: SlotKeys<K> = new NumberKeys() as never) {
    this.options = options
    this.capacity = options.capacity
    this.random = options.random
    this.keys = keys
    this.keys.grow(fewest)
    this.uses = options.nextUse === undefined ? null : new Numbers(fewest)
    this.evictor = options.evictor(this)
  }

  /** Requests a key. @returns its slot, or -1 if it is not in or too old. */
  get(key: K, nowMs: number): number {
    const slot = this.keys.find(key)
    if (slot < 0 || this.present[slot] === 0) return -1
    if ((this.expiries[slot] as number) <= nowMs) {
      this.expired++
      this.expiredSlot = slot
      this.forget(slot, 'expired')
      return -1
    }
    this.touch(slot)
    return slot
  }

  /** Brings an entry in, and evicts what must go for it. @returns whether it is in. */
  put(key: K, weight: number, expiresMs: number): boolean {
    return this.place(key, weight, expiresMs) >= 0
  }

  /** As `put`. @returns its slot, or -1 if it is not in: too heavy, or refused. */
  place(key: K, weight: number, expiresMs: number): number {
    let slot = this.keys.find(key)
    if (slot >= 0 && this.weights.of[slot] !== weight) {
      // An object of another size is another object: neither the entry nor the ghost is worth anything.
      this.forget(slot, 'dropped')
      slot = -1
    }
    if (slot >= 0 && this.present[slot] === 1) {
      this.expiries[slot] = expiresMs
      this.touch(slot)
      return slot
    }
    if (weight > this.capacity) return -1
    if (slot < 0) slot = this.allocate(key, weight)
    return this.admit(slot, expiresMs) ? slot : -1
  }

  /** Takes an entry out. @returns whether it was in. */
  drop(key: K): boolean {
    const slot = this.slotOf(key)
    if (slot < 0) return false
    this.forget(slot, 'dropped')
    return true
  }

  /** The slot of a key that is in; -1 if it is not. */
  slotOf(key: K): number {
    const slot = this.keys.find(key)
    return slot >= 0 && this.present[slot] === 1 ? slot : -1
  }

  expiryOf(slot: number): number {
    return this.expiries[slot] as number
  }

  setExpiry(slot: number, expiresMs: number): void {
    this.expiries[slot] = expiresMs
  }

  /** Makes room at once for so many, where nothing has come in yet. */
  reserve(entries: number): void {
    if (this.free.begun > 0) return
    let slots = this.slots
    while (slots < entries) slots *= 2
    if (slots > this.slots) this.grow(slots)
  }

  /** Runs `each` for every entry that is in. */
  forEach(each: (key: K, slot: number) => void): void {
    for (let slot = 0; slot < this.free.begun; slot++) {
      if (this.present[slot] === 1) each(this.keys.keyOf(slot), slot)
    }
  }

  /** Forgets everything, ghosts and what the policy has learnt included. */
  clear(): void {
    this.keys.clear()
    this.present.fill(0)
    this.used = 0
    this.size = 0
    this.free.clear()
    this.growing = []
    this.evictor = this.options.evictor(this)
  }

  /** Begins the counts again: after warming. */
  resetCounts(): void {
    this.expired = 0
    this.evicted = 0
    this.refused = 0
  }

  /** Slots in use: entries and ghosts. */
  get slotsTaken(): number {
    return this.free.taken
  }

  /** What must hold at any time. */
  verify(): void {
    let used = 0
    let size = 0
    this.forEach((_key, slot) => {
      used += this.weightOf(slot)
      size++
    })
    invariant(used === this.used && size === this.size, `a cache holds ${size} entries and thinks it is ${this.size}`)
    invariant(used <= this.capacity, `a cache of ${this.capacity} holds ${used}`)
  }

  keyOf(slot: number): K {
    return this.keys.keyOf(slot)
  }

  // What the eviction policy asks.

  weightOf(slot: number): number {
    return this.weights.of[slot] as number
  }

  hashOf(slot: number): number {
    return this.keys.hashOf(slot)
  }

  nextUse(slot: number): number {
    return this.uses === null ? Number.POSITIVE_INFINITY : (this.uses.of[slot] as number)
  }

  lists(count: number): Lists {
    const lists = new Lists(count, this.slots, this.weights)
    this.growing.push(lists)
    return lists
  }

  numbers(): Numbers {
    const numbers = new Numbers(this.slots)
    this.growing.push(numbers)
    return numbers
  }

  release(ghost: number): void {
    if (ghost !== this.incoming && this.present[ghost] === 0) this.giveBack(ghost)
  }

  private touch(slot: number): void {
    if (this.uses !== null) this.uses.of[slot] = this.options.nextUse?.() as number
    this.evictor.hit(slot)
  }

  private admit(slot: number, expiresMs: number): boolean {
    const { evictor } = this
    const weight = this.weights.of[slot] as number
    if (this.uses !== null) this.uses.of[slot] = this.options.nextUse?.() as number
    this.incoming = slot
    evictor.miss?.(slot)
    while (this.used + weight > this.capacity) {
      const victim = evictor.evict(slot)
      if (victim === slot) {
        this.refuse(slot)
        return false
      }
      this.expel(victim)
    }
    this.incoming = -1
    this.expiries[slot] = expiresMs
    this.present[slot] = 1
    this.used += weight
    this.size++
    evictor.admit(slot)
    return true
  }

  private refuse(slot: number): void {
    this.incoming = -1
    this.refused++
    this.options.onEvict?.(this.keys.keyOf(slot))
    this.keepOrGiveBack(slot)
  }

  private expel(victim: number): void {
    invariant(this.present[victim] === 1, 'an eviction policy chose an entry that is not in the cache')
    this.evicted++
    this.options.onEvict?.(this.keys.keyOf(victim))
    this.leave(victim, 'evicted')
    this.keepOrGiveBack(victim)
  }

  private forget(slot: number, why: Leaving): void {
    this.evictor.forget(slot)
    if (this.present[slot] === 1) this.leave(slot, why)
    this.giveBack(slot)
  }

  private leave(slot: number, why: Leaving): void {
    this.options.onLeave?.(slot, why)
    this.present[slot] = 0
    // Sizes that are no whole numbers do not add up to nothing again.
    this.used = --this.size === 0 ? 0 : this.used - (this.weights.of[slot] as number)
  }

  private keepOrGiveBack(slot: number): void {
    if (this.evictor.remembers?.(slot) !== true) this.giveBack(slot)
  }

  private giveBack(slot: number): void {
    this.keys.free(slot)
    this.free.giveBack(slot)
  }

  private allocate(key: K, weight: number): number {
    let slot = this.free.take()
    if (slot < 0) {
      this.grow(this.slots * 2)
      slot = this.free.take()
    }
    this.weights.of[slot] = weight
    this.keys.set(key, slot)
    return slot
  }

  private grow(slots: number): void {
    this.slots = slots
    this.keys.grow(slots)
    this.weights.grow(slots)
    this.uses?.grow(slots)
    const expiries = new Float64Array(slots)
    expiries.set(this.expiries)
    this.expiries = expiries
    const present = new Uint8Array(slots)
    present.set(this.present)
    this.present = present
    this.free.grow(slots)
    for (const each of this.growing) each.grow(slots)
  }
}
