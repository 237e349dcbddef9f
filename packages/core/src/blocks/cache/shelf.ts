import { type Copy, unchanging } from '../../kernel/copy.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import { Entries, type EntriesOptions } from './entries.ts'
import type { Filling } from './warming.ts'

/** How long entries stay, ms; Infinity for ever. */
export interface Lifetimes {
  readonly ttlMs: number
  /** Share of the time to live by which one entry may live shorter than another, drawn for each. */
  readonly jitter: number
  /** Whether every hit begins the time to live anew. */
  readonly sliding: boolean
  /** How much longer an entry may be shown while a new one is loaded. */
  readonly graceMs: number
  /** How long it is remembered that a key has no object; 0 for not at all. */
  readonly absentMs: number
}

export interface ShelfOptions extends EntriesOptions {
  readonly lifetimes: Lifetimes
  readonly lives: UniformSource
}

/** What one node of a cache holds, what each entry shows of what is stored, and until when. */
export class Shelf implements Filling {
  readonly entries: Entries
  private readonly lifetimes: Lifetimes
  private readonly lives: UniformSource
  /** By slot; null where what is stored cannot change. */
  private copies: (Copy | null)[] = []

  constructor(options: ShelfOptions) {
    this.entries = new Entries(options)
    this.lifetimes = options.lifetimes
    this.lives = options.lives
  }

  /** Asks for a key. @returns its slot, -1 if it is not there or too old to be shown. */
  find(key: number, nowMs: number): number {
    const { entries, lifetimes } = this
    const slot = entries.get(key, nowMs)
    if (slot >= 0 && lifetimes.sliding) entries.setExpiry(slot, nowMs + lifetimes.ttlMs)
    return slot
  }

  /** What an entry shows that is still there and too old to be shown unasked; null if there is none. */
  expiredCopy(key: number, nowMs: number): Copy | null {
    const slot = this.entries.slotOf(key)
    return slot >= 0 && this.entries.expiryOf(slot) > nowMs ? null : this.copyOf(key)
  }

  /** What the entry of a key shows; null if there is none. */
  copyOf(key: number): Copy | null {
    const slot = this.entries.slotOf(key)
    return slot < 0 ? null : (this.copies[slot] ?? unchanging)
  }

  /** Brings in what the origin has answered, or what was written. @returns whether it is in. */
  take(key: number, weight: number, copy: Copy | null, nowMs: number): boolean {
    const lifeMs = this.lifeOf(copy)
    if (lifeMs === 0) return false
    if (!this.entries.put(key, weight, nowMs + lifeMs)) return false
    if (copy !== null || this.copies.length > 0) this.copies[this.entries.slotOf(key)] = copy
    return true
  }

  /** Brings in an entry that has lived some share of its time already: to warm the cache. */
  fill(key: number, weight: number, livedShare: number, nowMs: number): void {
    const { ttlMs, graceMs } = this.lifetimes
    const lifeMs = this.lifeOf(null) - graceMs
    this.entries.put(key, weight, nowMs + (Number.isFinite(ttlMs) ? lifeMs * (1 - livedShare) + graceMs : lifeMs))
  }

  drop(key: number): boolean {
    return this.entries.drop(key)
  }

  copyAt(slot: number): Copy | null {
    return this.copies[slot] ?? null
  }

  /** Gives every entry that there is the copy that a load of its key would show now. */
  show(copyOf: (key: number) => Copy | null): void {
    this.entries.forEach((key, slot) => {
      this.copies[slot] = copyOf(key)
    })
  }

  /** Share of its time to live that an entry has behind it; above 1 where it is shown only until a new one is there. */
  ageShare(slot: number, nowMs: number): number {
    const { ttlMs, graceMs } = this.lifetimes
    return 1 - (this.entries.expiryOf(slot) - graceMs - nowMs) / ttlMs
  }

  get expired(): number {
    return this.entries.expired
  }

  get replaced(): number {
    return this.entries.evicted + this.entries.refused
  }

  /** Sets anew until when each entry counts as fresh. */
  setExpiries(expiry: (expiresMs: number) => number): void {
    const { graceMs } = this.lifetimes
    this.entries.setExpiries((expiresMs) => expiry(expiresMs - graceMs) + graceMs)
  }

  resetCounts(): void {
    this.entries.resetCounts()
  }

  clear(): void {
    this.entries.clear()
    this.copies = []
  }

  private lifeOf(copy: Copy | null): number {
    const { ttlMs, jitter, graceMs, absentMs } = this.lifetimes
    if (copy?.absent === true) return absentMs
    return (jitter === 0 ? ttlMs : ttlMs * (1 - jitter * this.lives.next())) + graceMs
  }
}
