import { type Copy, partsOf } from '../kernel/copy.ts'
import type { UniformSource } from '../support/distributions/distribution.ts'
import { ln } from '../support/elementary.ts'
import type { Popularity } from './block.ts'
import { KeyTable } from './cache/shelf/key-table.ts'

/** Changes kept at most: older ones are known to have been, not when. */
const mostKept = 1 << 20
const none = -1

/** The stream of writes to a store, as it was before the start. */
export interface PastWrites {
  readonly perMs: number
  readonly draw: () => number
  /** How often each key is written, where that is known. */
  readonly popularity: Popularity | null
  readonly random: UniformSource
  /** Writes drawn at most: as many as the run may take events. */
  readonly most: number
}

/**
 * How something that is shown now has been kept since before the start: by every cache on the way, the nearest first,
 * the time at which it came in there, and the share of the changes since then that have reached that cache.
 */
export interface KeptBefore {
  readonly kept: readonly { readonly sinceMs: number; readonly reached: number }[]
  readonly random: UniformSource
}

/** A version, and how many changes after it its holder was notified of: these do not count as missing. */
export interface Kept {
  readonly version: number
  readonly reached: number
}

/**
 * When each version of the objects of a store took effect: for writers and readers, which with a cache that writes
 * behind is before the store has it. A version is the number of its change among all, from 1; 0 is what was there at
 * the start.
 */
export class Versions {
  /** Acknowledged changes that never reached the store, or that an older one has overwritten there. */
  lost = 0
  /** Called for every change that takes effect. */
  readonly watchers: ((key: number) => void)[] = []
  /** Tables among which the objects are spread. */
  readonly tables: number
  /** Whether anything ever changes them. */
  readonly canChange: boolean
  /** Null if unknown. */
  readonly pastWrites: PastWrites | null
  /** The last change of a key that has taken effect. */
  private readonly last = new KeyTable()
  /** The version that the store has, for keys of which a later one has taken effect. */
  private readonly stored = new KeyTable()
  // The log: change n is at (n & mask).
  private atMs = new Float64Array(1024)
  private before = new Float64Array(1024)
  private mask = 1023
  private changes = 0
  private reachMs = 0
  private begun = false

  constructor(tables = 1, canChange = true, pastWrites: PastWrites | null = null) {
    this.tables = tables
    this.canChange = canChange
    this.pastWrites = pastWrites
  }

  /** The table of an object, from 0. */
  tableOf(key: number): number {
    return key % this.tables
  }

  /** A change that the store has made: from now on it is what readers should see. @returns its version. */
  write(key: number, nowMs: number): number {
    this.stored.remove(key)
    return this.change(key, nowMs)
  }

  /** A change acknowledged before the store has it. @returns its version. */
  writeAhead(key: number, nowMs: number): number {
    if (this.stored.find(key) < 0) this.stored.set(key, this.newest(key))
    return this.change(key, nowMs)
  }

  /** The store now has this version of the key. */
  arrive(key: number, version: number): void {
    const has = this.inStore(key)
    if (version < has) this.lost++
    else if (version >= this.newest(key)) this.stored.remove(key)
    else this.stored.set(key, version)
  }

  /** Forgets the changes of a key after the version `kept`. @returns how many were lost. */
  lose(key: number, kept: number = this.inStore(key)): number {
    let count = 0
    for (let change = this.newest(key); change > kept; change = this.earlier(change)) count++
    if (count === 0) return 0
    if (this.inStore(key) >= kept) this.stored.remove(key)
    if (kept === 0) this.last.remove(key)
    else this.last.set(key, kept)
    this.lost += count
    return count
  }

  /** The version that readers should see; 0 if nothing has changed. */
  newest(key: number): number {
    return Math.max(0, this.last.find(key))
  }

  /** Changes per ms before the start; 0 if unknown. */
  get perMs(): number {
    return this.pastWrites?.perMs ?? 0
  }

  /** Requests the changes of so long a time before the start, more than others have requested. */
  reachBack(ms: number): void {
    this.reachMs += ms
  }

  /** Draws the changes before `startMs` that somebody has requested: the latest, as many as are kept. Once is enough. */
  begin(startMs: number): void {
    if (this.begun || this.pastWrites === null || this.perMs === 0 || this.reachMs === 0) return
    this.begun = true
    const { perMs, draw, random, most } = this.pastWrites
    const reachMs = Math.min(this.reachMs, Math.min(mostKept, most) / perMs)
    for (let atMs = -reachMs; ; ) {
      atMs -= ln(random.next()) / perMs
      if (atMs >= startMs) return
      this.note(draw(), atMs)
    }
  }

  /** The version that what was kept since before the start shows, and how many later changes have reached it. */
  keptOf(key: number, { kept, random }: KeptBefore): Kept {
    let version = this.newest(key)
    let heard = 0
    let heardSince = 0
    for (let change = version; change > 0; change = this.earlier(change)) {
      const atMs = this.timeOf(change)
      let share = 1
      for (const { sinceMs, reached } of kept) if (sinceMs < atMs) share *= reached
      if (share === 1) break
      if (share > 0 && random.next() < share) {
        heard++
      } else {
        version = Math.max(0, this.earlier(change))
        heardSince = heard
      }
    }
    return { version, reached: heardSince }
  }

  /** The version that the store has. */
  inStore(key: number): number {
    const has = this.stored.find(key)
    return has < 0 ? this.newest(key) : has
  }

  /** Changes of the key after `version` that had taken effect by `atMs`. */
  changesSince(key: number, version: number, atMs: number): number {
    let count = 0
    for (let change = this.newest(key); change > version; change = this.earlier(change)) {
      if (this.timeOf(change) <= atMs) count++
    }
    return count
  }

  /** How long before `atMs` the first change of the key after `version` took effect, in ms; 0 if there was none. */
  outOfDateMs(key: number, version: number, atMs: number): number {
    let since = Number.POSITIVE_INFINITY
    for (let change = this.newest(key); change > version; change = this.earlier(change)) since = this.timeOf(change)
    return since <= atMs ? atMs - since : 0
  }

  private change(key: number, nowMs: number): number {
    const change = this.note(key, nowMs)
    for (const watch of this.watchers) watch(key)
    return change
  }

  private note(key: number, nowMs: number): number {
    const change = ++this.changes
    if (change > this.mask && this.mask + 1 < mostKept) this.grow()
    const place = change & this.mask
    this.atMs[place] = nowMs
    this.before[place] = this.last.find(key)
    this.last.set(key, change)
    return change
  }

  /** The change of the same key before this one; `none` if there was none, or none that is still kept. */
  private earlier(change: number): number {
    return this.isKept(change) ? (this.before[change & this.mask] as number) : none
  }

  /** When a change took effect; of those no longer kept, the earliest that is. */
  private timeOf(change: number): number {
    const kept = this.isKept(change) ? change : this.changes - this.mask
    return this.atMs[kept & this.mask] as number
  }

  private isKept(change: number): boolean {
    return change > this.changes - 1 - this.mask
  }

  private grow(): void {
    const [times, befores] = [this.atMs, this.before]
    this.mask = this.mask * 2 + 1
    this.atMs = new Float64Array(this.mask + 1)
    this.before = new Float64Array(this.mask + 1)
    this.atMs.set(times)
    this.before.set(befores)
  }
}

/** One object as it was at some version. */
export class ObjectCopy implements Copy {
  readonly absent: boolean
  readonly versions: Versions
  readonly key: number
  readonly version: number
  private readonly reached: number

  /** @param reached changes after the version that are not to be counted. */
  constructor(versions: Versions, key: number, version: number, absent = false, reached = 0) {
    this.versions = versions
    this.key = key
    this.version = version
    this.absent = absent
    this.reached = reached
  }

  isOfSame(other: Copy): boolean {
    return other instanceof ObjectCopy && other.versions === this.versions && other.key === this.key
  }

  lacks(change: Copy): boolean {
    return this.isOfSame(change) && this.version < (change as ObjectCopy).version
  }

  arriveIn(store: object): boolean {
    if (store !== this.versions) return false
    this.versions.arrive(this.key, this.version)
    return true
  }

  versionsBehind(atMs: number): number {
    return Math.max(0, this.versions.changesSince(this.key, this.version, atMs) - this.reached)
  }

  msBehind(atMs: number): number {
    return this.versions.outOfDateMs(this.key, this.version, atMs)
  }
}

/** The stores of which an answer shows something. */
export function storesShownBy(copy: Copy | null): readonly Versions[] {
  const parts = copy === null ? [] : partsOf(copy)
  return parts.flatMap((part) => (part instanceof ObjectCopy || part instanceof ResultCopy ? [part.versions] : []))
}

/** An answer made of several objects of one table, as they were at some versions. */
export class ResultCopy implements Copy {
  readonly absent = false
  readonly versions: Versions
  readonly keys: Float64Array
  private readonly seen: Float64Array
  private readonly reached: number

  constructor(versions: Versions, keys: Float64Array, keptBefore?: KeptBefore) {
    this.versions = versions
    this.keys = keys
    if (keptBefore === undefined) {
      this.seen = keys.map((key) => versions.inStore(key))
      this.reached = 0
      return
    }
    const kept = Array.from(keys, (key) => versions.keptOf(key, keptBefore))
    this.seen = Float64Array.from(kept, ({ version }) => version)
    this.reached = kept.reduce((sum, { reached }) => sum + reached, 0)
  }

  isOfSame(other: Copy): boolean {
    const { keys, versions } = this
    if (!(other instanceof ResultCopy) || other.versions !== versions || other.keys.length !== keys.length) return false
    return keys.every((key, i) => key === other.keys[i])
  }

  lacks(change: Copy): boolean {
    if (!(change instanceof ObjectCopy) || change.versions !== this.versions) return false
    const place = this.keys.indexOf(change.key)
    return place >= 0 && (this.seen[place] as number) < change.version
  }

  versionsBehind(atMs: number): number {
    const { keys, seen, versions } = this
    return keys.reduce((sum, key, i) => sum + versions.changesSince(key, seen[i] as number, atMs), -this.reached)
  }

  msBehind(atMs: number): number {
    return this.keys.reduce(
      (most, key, i) => Math.max(most, this.versions.outOfDateMs(key, this.seen[i] as number, atMs)),
      0,
    )
  }
}
