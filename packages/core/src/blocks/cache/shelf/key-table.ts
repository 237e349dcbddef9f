import { hashPair, scramble } from '../../../kernel/random.ts'

const twoTo32 = 4294967296
const free = -1

/** A 32-bit hash of a key: a whole number from 0 to 2^53. */
export function hashKey(key: number): number {
  return key < twoTo32 ? scramble(key) : hashPair(Math.floor(key / twoTo32), key | 0)
}

/** From keys (whole numbers up to 2^53) to small whole numbers: linear probing over typed arrays, at most half full. */
export class KeyTable {
  private keys = new Float64Array(32)
  private values = new Int32Array(32).fill(free)
  private mask = 31
  private count = 0

  /** The number stored under `key`, or -1. */
  find(key: number): number {
    return this.values[this.placeOf(key)] as number
  }

  /** Stores a number from 0 under a key. */
  set(key: number, value: number): void {
    const place = this.placeOf(key)
    if (this.values[place] === free && ++this.count * 2 > this.mask) {
      this.grow()
      this.set(key, value)
      return
    }
    this.keys[place] = key
    this.values[place] = value
  }

  /** Takes a key out; those that had to step aside for it move up. */
  remove(key: number): void {
    const { keys, values, mask } = this
    let hole = this.placeOf(key)
    if (values[hole] === free) return
    this.count--
    for (let place = (hole + 1) & mask; values[place] !== free; place = (place + 1) & mask) {
      const home = hashKey(keys[place] as number) & mask
      if (((place - home) & mask) < ((place - hole) & mask)) continue
      keys[hole] = keys[place] as number
      values[hole] = values[place] as number
      hole = place
    }
    values[hole] = free
  }

  clear(): void {
    this.values.fill(free)
    this.count = 0
  }

  /** Where the key is, or would go. */
  private placeOf(key: number): number {
    const { keys, values, mask } = this
    let place = hashKey(key) & mask
    while (values[place] !== free && keys[place] !== key) place = (place + 1) & mask
    return place
  }

  private grow(): void {
    const { keys, values } = this
    this.keys = new Float64Array(keys.length * 2)
    this.values = new Int32Array(keys.length * 2).fill(free)
    this.mask = keys.length * 2 - 1
    this.count = 0
    for (let place = 0; place < keys.length; place++) {
      if (values[place] !== free) this.set(keys[place] as number, values[place] as number)
    }
  }
}
