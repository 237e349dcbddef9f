import { scramble } from '../../../kernel/random.ts'

/** Rows of the sketch: a key has one counter in each. */
export const rows = 4
/** Counters in each row, for every entry that the cache holds. */
export const countersPerEntry = 4
const mostCounted = 15
const perWord = 8

/** Where a key has its counter in a row, before the row's length is cut off. */
export function place(hash: number, row: number): number {
  return (hash + Math.imul(row, scramble(hash ^ 0x5bd1e995) | 1)) >>> 0
}

/** Tells a visitor the hash of every entry that is in the cache. */
export type Hashes = (visit: (hash: number) => void) => void

/**
 * How often keys were requested of late: a count-min sketch of counters up to 15 (Cormode & Muthukrishnan, 2005), halved
 * all together every so many requests.
 */
export class Sketch {
  /** Eight counters a word; one row behind the other. */
  private words = new Int32Array(rows)
  private rowLength = perWord
  private requests = 0
  private period = Number.POSITIVE_INFINITY
  private readonly periodPerEntry: number

  /** @param periodPerEntry requests between two halvings, for every entry that the full cache holds */
  constructor(periodPerEntry: number) {
    this.periodPerEntry = periodPerEntry
  }

  /** Says how many entries the full cache holds; without it nothing is halved. */
  expect(entries: number): void {
    this.period = this.periodPerEntry * entries
  }

  /**
   * Makes room for the counts of so many entries; never smaller again. A larger sketch begins with the counts of the
   * entries that are in. Copies of all counters would make room for nothing: a new key would still find those of others.
   */
  hold(entries: number, hashes: Hashes): void {
    let length = this.rowLength
    while (length < countersPerEntry * entries) length *= 2
    if (length === this.rowLength) return
    const larger = new Sketch(this.periodPerEntry)
    larger.rowLength = length
    larger.words = new Int32Array((rows * length) / perWord)
    hashes((hash) => larger.raise(hash, this.countOf(hash)))
    this.words = larger.words
    this.rowLength = length
  }

  /** Counts a request. */
  count(hash: number): void {
    const step = scramble(hash ^ 0x5bd1e995) | 1
    const mask = this.rowLength - 1
    for (let row = 0; row < rows; row++) {
      const at = row * this.rowLength + ((hash + Math.imul(row, step)) & mask)
      const shift = (at & 7) << 2
      const word = this.words[at >>> 3] as number
      if (((word >>> shift) & 15) < mostCounted) this.words[at >>> 3] = word + (1 << shift)
    }
    if (++this.requests >= this.period) this.halve()
  }

  /** At least as often as the key was requested, as far as that is remembered; 15 for all that is more. */
  countOf(hash: number): number {
    const step = scramble(hash ^ 0x5bd1e995) | 1
    const mask = this.rowLength - 1
    let least = mostCounted
    for (let row = 0; row < rows; row++) {
      const at = row * this.rowLength + ((hash + Math.imul(row, step)) & mask)
      const count = ((this.words[at >>> 3] as number) >>> ((at & 7) << 2)) & 15
      if (count < least) least = count
    }
    return least
  }

  private halve(): void {
    const { words } = this
    for (let i = 0; i < words.length; i++) words[i] = ((words[i] as number) >>> 1) & 0x77777777
    this.requests = Math.floor(this.requests / 2)
  }

  /** Makes the count of a key at least `count`. */
  private raise(hash: number, count: number): void {
    const step = scramble(hash ^ 0x5bd1e995) | 1
    const mask = this.rowLength - 1
    for (let row = 0; row < rows; row++) {
      const at = row * this.rowLength + ((hash + Math.imul(row, step)) & mask)
      const shift = (at & 7) << 2
      const word = this.words[at >>> 3] as number
      const missing = count - ((word >>> shift) & 15)
      if (missing > 0) this.words[at >>> 3] = word + (missing << shift)
    }
  }
}
