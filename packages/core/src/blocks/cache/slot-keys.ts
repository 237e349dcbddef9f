import { hashName } from '../../kernel/chance.ts'
import { hashKey, KeyTable } from './key-table.ts'

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

/** Keys that are whole numbers up to 2^53. */
export class NumberKeys implements SlotKeys<number> {
  private readonly table = new KeyTable()
  private keys = new Float64Array(0)

  find(key: number): number {
    return this.table.find(key)
  }

  set(key: number, slot: number): void {
    this.keys[slot] = key
    this.table.set(key, slot)
  }

  free(slot: number): void {
    this.table.remove(this.keys[slot] as number)
  }

  keyOf(slot: number): number {
    return this.keys[slot] as number
  }

  hashOf(slot: number): number {
    return hashKey(this.keys[slot] as number)
  }

  clear(): void {
    this.table.clear()
  }

  grow(slots: number): void {
    const grown = new Float64Array(slots)
    grown.set(this.keys)
    this.keys = grown
  }
}

/** Keys of any kind, the same or not as a `Map` sees it. */
export class AnyKeys<K> implements SlotKeys<K> {
  private readonly slots = new Map<K, number>()
  private keys: (K | undefined)[] = []
  /** Of keys that have been hashed. */
  private hashes: (number | undefined)[] = []
  private readonly identities = new WeakMap<object, number>()
  private known = 0

  find(key: K): number {
    return this.slots.get(key) ?? -1
  }

  set(key: K, slot: number): void {
    this.slots.set(key, slot)
    this.keys[slot] = key
    this.hashes[slot] = undefined
  }

  free(slot: number): void {
    this.slots.delete(this.keys[slot] as K)
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
    this.keys = []
    this.hashes = []
  }

  grow(): void {}

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
