import { type Copy, ofOthers, unchanging } from '../../../kernel/copy.ts'
import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { EntryStandIns } from '../long-run/entry-stand-ins.ts'
import type { PastEntries, PastEntry } from '../long-run/past-entries.ts'
import type { Fillable } from '../long-run/warming.ts'
import { Entries, type EntriesOptions } from './entries.ts'
import type { Lifetimes } from './lifetimes.ts'

export interface ShelfOptions extends EntriesOptions {
  readonly lifetimes: Lifetimes
  readonly lives: UniformSource
  /** Whether a key has no object, where that can be. */
  readonly absent?: (key: number) => boolean
}

/** What one node of a cache holds, what each entry shows of what is stored, and until when. */
export class Shelf implements Fillable {
  readonly entries: Entries
  private readonly lifetimes: Lifetimes
  private readonly lives: UniformSource
  private readonly absent: ((key: number) => boolean) | undefined
  /** By slot; null where what is stored cannot change, undefined where nobody has asked what an old entry shows. */
  private copies: (Copy | null | undefined)[] = []
  /** By slot, whether its copy is there since before the start and has not been shown since; null before the start. */
  private unseen: Uint8Array | null = null
  /** By slot, when each entry came in: while the cache is warmed. */
  private births: number[] = []
  /** Where one key stands for several: set before anything is in. */
  standIns: EntryStandIns | null = null
  /** Entries that it has had since before the start, of keys that nobody has touched yet; null where there are none. */
  pastEntries: PastEntries | null = null
  /** What an entry from before the start shows, by its key and the time when it came in. */
  private copyOfPast: ((key: number, bornMs: number) => Copy | null) | null = null
  /** Where the last `find` came upon an entry that was too old; below 0 if it did not. */
  private endedSlot = -1
  private endedKey = 0
  /** Whether that was the entry of a key that stands for the one requested. */
  private isOfAnother = false

  constructor(options: ShelfOptions) {
    this.entries = new Entries(options)
    this.lifetimes = options.lifetimes
    this.lives = options.lives
    this.absent = options.absent
  }

  /** Requests a key. @returns its slot, -1 if it is not there or too old to be shown. */
  find(key: number, nowMs: number): number {
    const { entries, lifetimes, standIns } = this
    if (this.pastEntries !== null) this.touch(key)
    if (standIns !== null && standIns.of(key) !== key) return this.look(key, nowMs)
    this.isOfAnother = false
    const before = entries.expired
    const slot = entries.get(key, nowMs)
    this.endedSlot = entries.expired > before ? entries.expiredSlot : -1
    this.endedKey = key
    if (slot >= 0 && lifetimes.sliding) this.slide(slot, key, nowMs)
    return slot
  }

  /** Begins the time to live again, unless it is over and the entry is shown only while a new one is loaded. */
  private slide(slot: number, key: number, nowMs: number): void {
    const { graceMs } = this.lifetimes
    if (this.entries.expiryOf(slot) - graceMs <= nowMs) return
    this.entries.setExpiry(slot, nowMs + this.lifeMsOf(key) + graceMs)
  }

  /** As `find`, for a key that another stands for: the policy is not notified. */
  private look(key: number, nowMs: number): number {
    const slot = this.slotOf(key)
    const isShown = slot >= 0 && this.entries.expiryOf(slot) > nowMs
    this.endedSlot = isShown ? -1 : slot
    if (slot >= 0) this.endedKey = this.entries.keyOf(slot)
    this.isOfAnother = true
    return isShown ? slot : -1
  }

  /** Brings in the entry that a key has had since before the start, where nothing was asked of it yet. */
  private touch(key: number): void {
    const entry = this.pastEntries?.touch(key) ?? null
    if (entry === null) return
    const slot = this.bring(key, entry)
    if (slot < 0) return
    this.copies[slot] = undefined
    this.markUnseen(slot)
  }

  /** The slot of the key, or of the one that stands for it; -1 if it is not in. */
  slotOf(key: number): number {
    if (this.pastEntries !== null) this.touch(key)
    return this.entries.slotOf(this.standIns === null ? key : this.standIns.of(key))
  }

  /** Whether the key keeps an entry of its own here: others stand for nobody. */
  private isKept(key: number): boolean {
    return this.standIns === null || this.standIns.of(key) === key
  }

  /** With the weight of all for whom it stands. */
  private place(key: number, weight: number, expiresMs: number): number {
    return this.entries.place(key, this.standIns === null ? weight : weight * this.standIns.countOf(key), expiresMs)
  }

  /** What the last `find` came upon that was too old to be shown unasked, as long as nothing comes in; null if nothing. */
  get endedCopy(): Copy | null {
    if (this.endedSlot < 0) return null
    const copy = this.copyIn(this.endedSlot, this.endedKey) ?? unchanging
    return this.isOfAnother ? ofOthers(copy) : copy
  }

  /** What the entry of a key shows; null if there is none. */
  copyOf(key: number): Copy | null {
    const slot = this.slotOf(key)
    return slot < 0 ? null : (this.copyAt(slot) ?? unchanging)
  }

  /** Brings in what the origin has answered, or what was written. @returns whether it is in. */
  take(key: number, weight: number, copy: Copy | null, nowMs: number): boolean {
    if (this.pastEntries !== null) this.touch(key)
    const lifeMs = this.lifeOf(copy)
    if (lifeMs === 0 || !this.isKept(key)) return false
    const slot = this.place(key, weight, nowMs + lifeMs)
    if (slot < 0) return false
    if (copy !== null || this.copies.length > 0 || this.pastEntries !== null) this.copies[slot] = copy
    if (this.unseen !== null && slot < this.unseen.length) this.unseen[slot] = 0
    return true
  }

  /** Brings in an entry that has lived some share of its time already: to warm the cache. */
  fill(key: number, weight: number, livedShare: number, nowMs: number): void {
    const { graceMs, absentMs } = this.lifetimes
    const isAbsent = this.absent?.(key) === true
    if ((isAbsent && absentMs === 0) || !this.isKept(key)) return
    const lifeMs = isAbsent ? absentMs : this.lifeOf(null) - graceMs
    const ages = Number.isFinite(lifeMs)
    const slot = this.place(key, weight, nowMs + (ages ? lifeMs * (1 - livedShare) : lifeMs) + graceMs)
    if (slot >= 0 && ages) this.births[slot] = nowMs - lifeMs * livedShare
  }

  /** Brings in an entry with the times that it has: to warm the cache. @returns its slot, or -1 if it is not in. */
  bring(key: number, { weight, bornMs, expiresMs }: PastEntry): number {
    const slot = this.place(key, weight, expiresMs)
    if (slot >= 0 && Number.isFinite(bornMs)) this.births[slot] = bornMs
    return slot
  }

  /** How long the entry of a key may live, ms: 0 where it has no object and that is not remembered. */
  lifeMsOf(key: number): number {
    return this.absent?.(key) === true ? this.lifetimes.absentMs : this.lifetimes.ttlMs
  }

  /** Whether a hit at this moment loads the entry again. */
  isLate(key: number, nowMs: number): boolean {
    if (this.lifetimes.renewFrom === Number.POSITIVE_INFINITY) return false
    return this.isLateAt(this.slotOf(key), nowMs)
  }

  isLateAt(slot: number, nowMs: number): boolean {
    const { renewFrom } = this.lifetimes
    return renewFrom !== Number.POSITIVE_INFINITY && this.ageShare(slot, nowMs) >= renewFrom
  }

  has(key: number): boolean {
    return this.slotOf(key) >= 0
  }

  drop(key: number): boolean {
    if (this.pastEntries !== null) this.touch(key)
    return this.entries.drop(key)
  }

  copyAt(slot: number): Copy | null {
    return slot < 0 ? null : this.copyIn(slot, this.entries.keyOf(slot))
  }

  private copyIn(slot: number, key: number): Copy | null {
    const copy = this.copies[slot]
    if (copy !== undefined || this.pastEntries === null || this.copyOfPast === null) return copy ?? null
    const shown = this.copyOfPast(key, this.births[slot] ?? Number.NEGATIVE_INFINITY)
    this.copies[slot] = shown
    return shown
  }

  /** When the oldest of the entries that the cache was warmed with came in, ms; 0 if none has an age. */
  get oldestMs(): number {
    let oldestMs = Math.min(0, this.pastEntries?.oldestMs ?? 0)
    this.entries.forEach((_key, slot) => {
      oldestMs = Math.min(oldestMs, this.births[slot] ?? 0)
    })
    return oldestMs
  }

  /** Gives every entry that there is the copy that it shows, by its key and the time when it came in. */
  show(copyOf: (key: number, bornMs: number) => Copy | null, startMs: number): void {
    const { births } = this
    this.births = []
    this.copyOfPast = copyOf
    this.entries.forEach((key, slot) => {
      this.copies[slot] = copyOf(key, births[slot] ?? startMs)
    })
  }

  /** The run begins: what is there has not been shown in it. */
  start(): void {
    if (this.copies.length > 0 || this.pastEntries !== null) this.unseen = new Uint8Array(this.copies.length).fill(1)
  }

  private markUnseen(slot: number): void {
    let { unseen } = this
    if (unseen === null) return
    if (slot >= unseen.length) {
      unseen = new Uint8Array(2 * slot + 1)
      unseen.set(this.unseen as Uint8Array)
      this.unseen = unseen
    }
    unseen[slot] = 1
  }

  /** Whether the copy in a slot is there since before the start, and is shown for the first time. */
  isFirstShownAt(slot: number): boolean {
    if (this.unseen?.[slot] !== 1) return false
    this.unseen[slot] = 0
    return true
  }

  /** When what is shown of a key at `atMs` came in, as far as the entry that is there now tells. */
  bornBefore(key: number, atMs: number): number {
    const slot = this.slotOf(key)
    const { ttlMs, graceMs } = this.lifetimes
    if (slot < 0) return atMs
    const bornMs = this.entries.expiryOf(slot) - graceMs - ttlMs
    // Something that is always wanted came in once a time to live.
    return bornMs <= atMs ? bornMs : bornMs - Math.ceil((bornMs - atMs) / ttlMs) * ttlMs
  }

  /** Share of its time to live that an entry has behind it; above 1 where it is shown only until a new one is there. */
  private ageShare(slot: number, nowMs: number): number {
    const lifeMs = this.lifeMsOf(this.entries.keyOf(slot))
    return 1 - (this.entries.expiryOf(slot) - this.lifetimes.graceMs - nowMs) / lifeMs
  }

  /** Σ weight of what it holds. */
  get used(): number {
    return this.entries.used + (this.pastEntries?.untouchedWeight ?? 0)
  }

  get expired(): number {
    return this.entries.expired
  }

  get replaced(): number {
    return this.entries.evicted + this.entries.refused
  }

  setAges(nowMs: number, spread: UniformSource | null, startMs = 0): void {
    const { births, entries } = this
    const { graceMs } = this.lifetimes
    entries.forEach((_key, slot) => {
      const expiresMs = entries.expiryOf(slot) - graceMs
      const bornMs = births[slot] ?? 0
      const earlierMs = spread === null ? nowMs : bornMs + spread.next() * (expiresMs - bornMs)
      births[slot] = bornMs - earlierMs + startMs
      entries.setExpiry(slot, expiresMs - earlierMs + graceMs + startMs)
    })
  }

  resetCounts(): void {
    this.entries.resetCounts()
  }

  clear(): void {
    this.pastEntries = null
    this.entries.clear()
    this.copies = []
  }

  private lifeOf(copy: Copy | null): number {
    const { ttlMs, jitter, graceMs, absentMs } = this.lifetimes
    if (copy?.absent === true) return absentMs
    return (jitter === 0 ? ttlMs : ttlMs * (1 - jitter * this.lives.next())) + graceMs
  }
}
