import { invariant } from '../../support/invariant.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import { Lists } from './eviction/lists.ts'
import { Numbers } from './eviction/numbers.ts'
import type { Evictor, Slots } from './eviction/policy.ts'
import { hashKey, KeyTable } from './key-table.ts'

export interface EntriesOptions {
  /** Room, in units of weight. */
  readonly capacity: number
  readonly evictor: (slots: Slots) => Evictor
  readonly random: UniformSource
  /** Told the key of every entry that is evicted or refused. */
  readonly onEvict?: (key: number) => void
  /** The position at which the key of the present request is asked for next, where the future is known. */
  readonly nextUse?: () => number
}

/** What a cache holds: from keys to slots, weights, times of expiry. The eviction policy keeps the order. */
export class Entries implements Slots {
  readonly capacity: number
  readonly random: UniformSource
  /** Σ weight and number of the entries that are in. */
  used = 0
  size = 0
  /** Since the beginning: found too old, thrown out, not let in by the policy. */
  expired = 0
  evicted = 0
  refused = 0
  private readonly options: EntriesOptions
  private readonly table = new KeyTable()
  private evictor: Evictor
  private growing: (Lists | Numbers)[] = []
  private slots = 16
  /** Slots that have ever been used; those given back are in `spare`. */
  private begun = 0
  private spare = new Int32Array(16)
  private spareCount = 0
  private incoming = -1
  private keys = new Float64Array(16)
  private weights = new Float64Array(16)
  private expiries = new Float64Array(16)
  private present = new Uint8Array(16)
  private uses = new Float64Array(16)

  constructor(options: EntriesOptions) {
    this.options = options
    this.capacity = options.capacity
    this.random = options.random
    this.evictor = options.evictor(this)
  }

  /** Asks for a key. @returns its slot, or -1 if it is not in or too old. */
  get(key: number, nowMs: number): number {
    const slot = this.table.find(key)
    if (slot < 0 || this.present[slot] === 0) return -1
    if ((this.expiries[slot] as number) <= nowMs) {
      this.expired++
      this.forget(slot)
      return -1
    }
    this.touch(slot)
    return slot
  }

  /** Brings an entry in, and throws out what must go for it. @returns whether it is in. */
  put(key: number, weight: number, expiresMs: number): boolean {
    let slot = this.table.find(key)
    if (slot >= 0 && this.present[slot] === 1) {
      this.expiries[slot] = expiresMs
      this.touch(slot)
      return true
    }
    if (weight > this.capacity) return false
    if (slot < 0) slot = this.allocate(key, weight)
    return this.admit(slot, expiresMs)
  }

  /** Takes an entry out. @returns whether it was in. */
  drop(key: number): boolean {
    const slot = this.table.find(key)
    if (slot < 0 || this.present[slot] === 0) return false
    this.forget(slot)
    return true
  }

  /** The slot of a key that is in; -1 if it is not. */
  slotOf(key: number): number {
    const slot = this.table.find(key)
    return slot >= 0 && this.present[slot] === 1 ? slot : -1
  }

  expiryOf(slot: number): number {
    return this.expiries[slot] as number
  }

  setExpiry(slot: number, expiresMs: number): void {
    this.expiries[slot] = expiresMs
  }

  /** Runs `each` for every entry that is in. */
  forEach(each: (key: number, slot: number) => void): void {
    for (let slot = 0; slot < this.begun; slot++) {
      if (this.present[slot] === 1) each(this.keys[slot] as number, slot)
    }
  }

  /** Forgets everything, ghosts and what the policy has learnt included. */
  clear(): void {
    this.table.clear()
    this.present.fill(0)
    this.used = 0
    this.size = 0
    this.begun = 0
    this.spareCount = 0
    this.growing = []
    this.evictor = this.options.evictor(this)
  }

  /** Sets the time of expiry of every entry anew, from the one it has. */
  setExpiries(expiry: (expiresMs: number) => number): void {
    for (let slot = 0; slot < this.begun; slot++) {
      if (this.present[slot] === 1) this.expiries[slot] = expiry(this.expiries[slot] as number)
    }
  }

  /** Begins the counts anew: after warming. */
  resetCounts(): void {
    this.expired = 0
    this.evicted = 0
    this.refused = 0
  }

  /** What must hold at any time. */
  verify(): void {
    let used = 0
    let size = 0
    for (let slot = 0; slot < this.begun; slot++) {
      if (this.present[slot] === 0) continue
      used += this.weights[slot] as number
      size++
    }
    invariant(used === this.used && size === this.size, `a cache holds ${size} entries and thinks it is ${this.size}`)
    invariant(used <= this.capacity, `a cache of ${this.capacity} holds ${used}`)
  }

  // What the eviction policy asks.

  weightOf(slot: number): number {
    return this.weights[slot] as number
  }

  hashOf(slot: number): number {
    return hashKey(this.keys[slot] as number)
  }

  nextUse(slot: number): number {
    return this.uses[slot] as number
  }

  lists(count: number): Lists {
    const lists = new Lists(count, this.slots, (slot) => this.weights[slot] as number)
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
    if (this.options.nextUse !== undefined) this.uses[slot] = this.options.nextUse()
    this.evictor.hit(slot)
  }

  private admit(slot: number, expiresMs: number): boolean {
    const { evictor, options } = this
    const weight = this.weights[slot] as number
    if (options.nextUse !== undefined) this.uses[slot] = options.nextUse()
    this.incoming = slot
    evictor.miss?.(slot)
    while (this.used + weight > this.capacity) {
      const victim = evictor.evict(slot)
      if (victim === slot) {
        this.incoming = -1
        this.refused++
        options.onEvict?.(this.keys[slot] as number)
        this.keepOrGiveBack(slot)
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

  private expel(victim: number): void {
    invariant(this.present[victim] === 1, 'an eviction policy chose an entry that is not in the cache')
    this.evicted++
    this.options.onEvict?.(this.keys[victim] as number)
    this.leave(victim)
    this.keepOrGiveBack(victim)
  }

  private forget(slot: number): void {
    this.evictor.forget(slot)
    this.leave(slot)
    this.giveBack(slot)
  }

  private leave(slot: number): void {
    this.present[slot] = 0
    this.used -= this.weights[slot] as number
    this.size--
  }

  private keepOrGiveBack(slot: number): void {
    if (this.evictor.remembers?.(slot) !== true) this.giveBack(slot)
  }

  private giveBack(slot: number): void {
    this.table.remove(this.keys[slot] as number)
    this.spare[this.spareCount++] = slot
  }

  private allocate(key: number, weight: number): number {
    if (this.spareCount === 0 && this.begun === this.slots) this.grow()
    const slot = this.spareCount > 0 ? (this.spare[--this.spareCount] as number) : this.begun++
    this.keys[slot] = key
    this.weights[slot] = weight
    this.table.set(key, slot)
    return slot
  }

  private grow(): void {
    const slots = this.slots * 2
    const larger = (array: Float64Array) => {
      const grown = new Float64Array(slots)
      grown.set(array)
      return grown
    }
    this.slots = slots
    this.keys = larger(this.keys)
    this.weights = larger(this.weights)
    this.expiries = larger(this.expiries)
    this.uses = larger(this.uses)
    const present = new Uint8Array(slots)
    present.set(this.present)
    this.present = present
    this.spare = new Int32Array(slots)
    for (const each of this.growing) each.grow(slots)
  }
}
