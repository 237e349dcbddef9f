import { hashName } from '../../../kernel/random.ts'
import { hashKey } from './key-table.ts'

/** Which key has which slot, both ways. */
export interface SlotKeys<K> {
  /** The slot of a key, or -1. */
  find(key: K): number
  /** Gives a slot to a key that has none. */
  set(key: K, slot: number): void
  /** Takes its key from a slot. */
  free(slot: number): void
  /** The key of a slot; of one that is free, whatever was there last, or nothing. */
  keyOf(slot: number): K
  /** A hash of the key of a slot, 32 bits. */
  hashOf(slot: number): number
  clear(): void
  /** Makes room for more slots. */
  grow(slots: number): void
}

const free = -1

/** Keys that are whole numbers up to 2^53: a table of slots with linear probing, at most half full. */
export class NumberKeys implements SlotKeys<number> {
  private keys = new Float64Array(0)
  /** Slot at each place, or `free`. */
  private places = new Int32Array(32).fill(free)
  private mask = 31
  private count = 0
  /** The key that was looked for last and not found, and where it would go, as long as nothing has moved. */
  private missing = Number.NaN
  private gap = 0

  find(key: number): number {
    const { keys, places, mask } = this
    let place = hashKey(key) & mask
    for (;;) {
      const slot = places[place] as number
      if (slot === free) {
        this.missing = key
        this.gap = place
        return free
      }
      if (keys[slot] === key) return slot
      place = (place + 1) & mask
    }
  }

  set(key: number, slot: number): void {
    if (key !== this.missing) this.find(key)
    this.missing = Number.NaN
    this.keys[slot] = key
    this.places[this.gap] = slot
    if (++this.count * 2 > this.mask) this.enlarge(this.places.length * 2)
  }

  /** Those that had to step aside for the key move up. */
  free(slot: number): void {
    const { keys, places, mask } = this
    let hole = hashKey(keys[slot] as number) & mask
    while (places[hole] !== slot) hole = (hole + 1) & mask
    this.count--
    this.missing = Number.NaN
    for (let place = (hole + 1) & mask; places[place] !== free; place = (place + 1) & mask) {
      const home = hashKey(keys[places[place] as number] as number) & mask
      if (((place - home) & mask) < ((place - hole) & mask)) continue
      places[hole] = places[place] as number
      hole = place
    }
    places[hole] = free
  }

  keyOf(slot: number): number {
    return this.keys[slot] as number
  }

  hashOf(slot: number): number {
    return hashKey(this.keys[slot] as number)
  }

  clear(): void {
    this.places.fill(free)
    this.count = 0
    this.missing = Number.NaN
  }

  grow(slots: number): void {
    const grown = new Float64Array(slots)
    grown.set(this.keys)
    this.keys = grown
    if (slots * 2 > this.places.length) this.enlarge(slots * 2)
  }

  private enlarge(length: number): void {
    const { places, keys } = this
    this.missing = Number.NaN
    this.places = new Int32Array(length).fill(free)
    this.mask = length - 1
    for (const slot of places) {
      if (slot === free) continue
      let place = hashKey(keys[slot] as number) & this.mask
      while (this.places[place] !== free) place = (place + 1) & this.mask
      this.places[place] = slot
    }
  }
}

/**
 * V8's `Map` breaks at 2^24 keys, and counts those that were deleted until there are as many as are left: with more than
 * half of that it may fill up while it holds as many as ever.
 */
const mostPerMap = 2 ** 23

/** Keys of any kind, the same or not as a `Map` sees it; in as many of them as are needed, each key in one. */
export class AnyKeys<K> implements SlotKeys<K> {
  private readonly slots = new Map<K, number>()
  /** For what does not fit into the first. */
  private further: Map<K, number>[] = []
  private readonly most: number
  private keys: (K | undefined)[] = []
  /** Of keys that have been hashed. */
  private hashes: (number | undefined)[] = []
  private readonly identities = new WeakMap<object, number>()
  private known = 0

  /** @param most keys in one `Map` */
  constructor(most = mostPerMap) {
    this.most = most
  }

  find(key: K): number {
    const slot = this.slots.get(key)
    if (slot !== undefined) return slot
    return this.further.length === 0 ? free : this.findFurther(key)
  }

  set(key: K, slot: number): void {
    const map = this.slots.size < this.most ? this.slots : this.furtherWithRoom()
    map.set(key, slot)
    this.keys[slot] = key
    this.hashes[slot] = undefined
  }

  free(slot: number): void {
    const key = this.keys[slot] as K
    if (!this.slots.delete(key)) this.further.some((map) => map.delete(key))
    this.keys[slot] = undefined
  }

  keyOf(slot: number): K {
    return this.keys[slot] as K
  }

  hashOf(slot: number): number {
    const known = this.hashes[slot]
    if (known !== undefined) return known
    const hash = this.hash(this.keys[slot])
    this.hashes[slot] = hash
    return hash
  }

  clear(): void {
    this.slots.clear()
    this.further = []
    this.keys = []
    this.hashes = []
  }

  grow(): void {}

  private findFurther(key: K): number {
    for (const map of this.further) {
      const slot = map.get(key)
      if (slot !== undefined) return slot
    }
    return free
  }

  private furtherWithRoom(): Map<K, number> {
    const found = this.further.find((map) => map.size < this.most)
    if (found !== undefined) return found
    const map = new Map<K, number>()
    this.further.push(map)
    return map
  }

  /** Objects are told apart by who they are, all else by what it is. */
  private hash(key: unknown): number {
    if (typeof key === 'number' && Number.isSafeInteger(key) && key >= 0) return hashKey(key)
    if ((typeof key !== 'object' || key === null) && typeof key !== 'function') return hashName(String(key))
    let identity = this.identities.get(key)
    if (identity === undefined) {
      identity = this.known++
      this.identities.set(key, identity)
    }
    return hashKey(identity)
  }
}
