import { scramble } from '../../../kernel/chance.ts'

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

/**
 * How often keys were asked for of late: a count-min sketch of counters up to 15 (Cormode & Muthukrishnan, 2005), halved
 * all together every so many requests.
 */
export class Sketch {
  /** Eight counters a word; one row behind the other. */
  private words = new Int32Array(0)
  private rowLength = 0
  private requests = 0
  private period = 0
  private readonly periodPerEntry: number

  /** @param periodPerEntry requests between two halvings, for every entry that the cache holds */
  constructor(periodPerEntry: number) {
    this.periodPerEntry = periodPerEntry
  }

  /** Makes room for the counts of a cache of so many entries; never smaller again. */
  hold(entries: number): void {
    this.period = Math.max(this.period, this.periodPerEntry * entries)
    while (this.rowLength < Math.max(perWord, countersPerEntry * entries)) this.double()
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

  /** At least as often as the key was asked for, as far as that is remembered; 15 for all that is more. */
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

  /** Each counter stands for half of its keys now, and so has a copy of what it counted for all. */
  private double(): void {
    if (this.rowLength === 0) {
      this.rowLength = perWord
      this.words = new Int32Array(rows)
      return
    }
    const old = this.words
    const wordsPerRow = this.rowLength / perWord
    this.words = new Int32Array(old.length * 2)
    for (let row = 0; row < rows; row++) {
      const counts = old.subarray(row * wordsPerRow, (row + 1) * wordsPerRow)
      this.words.set(counts, 2 * row * wordsPerRow)
      this.words.set(counts, (2 * row + 1) * wordsPerRow)
    }
    this.rowLength *= 2
  }
}
