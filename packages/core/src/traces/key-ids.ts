import { scramble } from '../kernel/random.ts'

/** More distinct keys than this are refused: what is kept of each takes some 30 bytes, and its text if it has one. */
export const mostKeys = 2 ** 25
/** Bytes of all the distinct texts together. */
export const mostTextBytes = 2 ** 30

const twoTo32 = 4_294_967_296
const isText = -1

/**
 * Gives every key a dense whole number from 0, in the order in which keys first come: numbers up to 2^53 and texts, which
 * never are the same key. Linear probing over typed arrays, at most two thirds full; texts lie behind one another in one
 * array.
 *
 * Keys can be sampled by their hash: `share` of 1 in 2^24 takes the keys whose hash falls below it, always the same.
 */
export class KeyIds {
  count = 0
  /** True once there are more keys, or longer texts, than are kept; from then on new keys get no number. */
  isFull = false
  private readonly threshold: number
  private mask = 1023
  /** The upper bits of a product say where a key goes: a sample has keys whose lower bits are alike. */
  private shift = 22
  private slots = new Int32Array(1024).fill(-1)
  private hashes = new Int32Array(512)
  /** The number; or `isText`, and then the text lies from `starts` up to `ends`. */
  private numbers = new Float64Array(512)
  private starts = new Float64Array(0)
  private ends = new Float64Array(0)
  private texts = new Uint8Array(0)
  private textBytes = 0

  constructor(share = 1) {
    this.threshold = share >= 1 ? 2 ** 24 : Math.max(1, Math.round(share * 2 ** 24))
  }

  /** The share of all keys that is taken, as it is and not as it was requested. */
  get share(): number {
    return this.threshold / 2 ** 24
  }

  /** The number of a numeric key; -1 for one that is not in the sample, or no longer fits. */
  ofNumber(key: number): number {
    const hash = scramble(scramble(key | 0) + Math.floor(key / twoTo32))
    if ((hash >>> 0) % 2 ** 24 >= this.threshold) return -1
    let place = Math.imul(hash, 0x9e3779b1) >>> this.shift
    for (let id = this.slots[place] as number; id >= 0; id = this.slots[place] as number) {
      if (this.numbers[id] === key) return id
      place = (place + 1) & this.mask
    }
    return this.add(hash, place, key)
  }

  /** The number of the key whose text is `bytes` from `from` up to `to`; -1 as for numbers. */
  ofText(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash = scramble(hash)
    if ((hash >>> 0) % 2 ** 24 >= this.threshold) return -1
    let place = Math.imul(hash, 0x9e3779b1) >>> this.shift
    for (let id = this.slots[place] as number; id >= 0; id = this.slots[place] as number) {
      if (this.hashes[id] === hash && this.isTextOf(id, bytes, from, to)) return id
      place = (place + 1) & this.mask
    }
    const id = this.add(hash, place, isText)
    if (id >= 0) this.keepText(id, bytes, from, to)
    return id
  }

  /** All texts behind one another, and from where to where that of each key is; none if keys are numbers. */
  allTexts(): { readonly texts: Uint8Array; readonly starts: Float64Array; readonly ends: Float64Array } {
    return {
      texts: this.texts.subarray(0, this.textBytes),
      starts: this.starts.subarray(0, this.count),
      ends: this.ends.subarray(0, this.count),
    }
  }

  private add(hash: number, place: number, number: number): number {
    if (this.isFull || this.count === mostKeys) {
      this.isFull = true
      return -1
    }
    const id = this.count++
    this.slots[place] = id
    this.hashes[id] = hash
    this.numbers[id] = number
    if (this.count === this.hashes.length) this.grow()
    return id
  }

  private keepText(id: number, bytes: Uint8Array, from: number, to: number): void {
    const end = this.textBytes + to - from
    if (end > mostTextBytes) this.isFull = true
    if (end > this.texts.length) this.texts = larger(this.texts, Math.max(2 * end, 65_536))
    if (id >= this.ends.length) {
      this.starts = larger(this.starts, this.numbers.length)
      this.ends = larger(this.ends, this.numbers.length)
    }
    this.texts.set(bytes.subarray(from, to), this.textBytes)
    this.starts[id] = this.textBytes
    this.ends[id] = end
    this.textBytes = end
  }

  private isTextOf(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.numbers[id] !== isText) return false
    const start = this.starts[id] as number
    const length = to - from
    if ((this.ends[id] as number) - start !== length) return false
    for (let i = 0; i < length; i++) if (this.texts[start + i] !== bytes[from + i]) return false
    return true
  }

  private grow(): void {
    const room = this.hashes.length * 2
    this.hashes = larger(this.hashes, room)
    this.numbers = larger(this.numbers, room)
    this.mask = room * 2 - 1
    this.shift--
    this.slots = new Int32Array(room * 2).fill(-1)
    for (let id = 0; id < this.count; id++) {
      let place = Math.imul(this.hashes[id] as number, 0x9e3779b1) >>> this.shift
      while ((this.slots[place] as number) >= 0) place = (place + 1) & this.mask
      this.slots[place] = id
    }
  }
}

/** A copy with room for more. */
export function larger<T extends Int32Array | Uint32Array | Float64Array | Uint8Array>(array: T, length: number): T {
  const grown = new (array.constructor as new (length: number) => T)(length)
  grown.set(array)
  return grown
}
