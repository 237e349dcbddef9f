import { KeyedRandom } from '../../kernel/random.ts'
import { KeyTable } from './key-table.ts'
import { type DrawnEntry, drawEntry, oldestAgeMs, wantedShare } from './stationary.ts'
import type { KnownCalls } from './stationary-warming.ts'

/** An entry as it is to be before the start, ms. */
export interface PastEntry {
  readonly weight: number
  readonly bornMs: number
  readonly expiresMs: number
}

/** What is known of the calls of a node that has room for all requests for it. */
export interface PastEntriesOptions
  extends Pick<KnownCalls, 'keys' | 'ratesOf' | 'lifetimes' | 'weightOf' | 'startMs'> {
  readonly meanWeight: number
  /** Whether what is too old to be shown is still of use. */
  readonly keepsExpired: boolean
  /** Whether the node has a key at all. */
  readonly has: (key: number) => boolean
  /** How long the entry of a key may live, ms: 0 where it has no object and that is not remembered. */
  readonly lifeMsOf: (key: number) => number
  readonly seed: number
  readonly replication: number
  /** Of the node: the root of its draws. */
  readonly hash: number
}

/** Keys looked at together, as a share of those that are more popular. */
const groupShare = 4

/**
 * What a node with room for everything holds at the start. Nothing is evicted there, so keys do not depend on one
 * another: the entry of each is drawn from its stationary distribution when the key is first touched, and what is never touched
 * costs nothing.
 */
export class PastEntries {
  private readonly options: PastEntriesOptions
  private readonly random: KeyedRandom
  private readonly touched = new KeyTable()
  private readonly drawn: DrawnEntry = { isThere: false, ageMs: 0, idleMs: 0, lifeMs: 0 }
  /** Σ weight of all entries, as expected before any was touched; null until somebody requests it. */
  private expected: number | null = null
  /** Σ weight of the entries that were touched. */
  private found = 0

  constructor(options: PastEntriesOptions) {
    this.options = options
    this.random = new KeyedRandom(options.seed, options.replication)
  }

  /** @returns the entry of a key that is touched for the first time; null if it has none, or was touched before. */
  touch(key: number): PastEntry | null {
    const { touched, options, drawn } = this
    if (touched.find(key) >= 0) return null
    touched.set(key, 0)
    const { lifetimes, startMs } = options
    const ttlMs = options.lifeMsOf(key)
    if (key > options.keys || ttlMs === 0 || !options.has(key)) return null
    const random = this.random.at(key, options.hash, 0)
    drawEntry(options.ratesOf(key), lifetimes, ttlMs, this.wanted, random.next(), random, drawn)
    if (!drawn.isThere) return null
    const weight = options.weightOf(key)
    this.found += weight
    const { ageMs, lifeMs } = drawn
    return {
      weight,
      bornMs: Number.isFinite(ageMs) ? startMs - ageMs : startMs,
      expiresMs: Number.isFinite(lifeMs) ? startMs + lifeMs - ageMs : lifeMs,
    }
  }

  /** Σ weight of the entries that nobody has touched yet, as expected. */
  get untouchedWeight(): number {
    this.expected ??= this.expectedWeight()
    return Math.max(0, this.expected - this.found)
  }

  /** Hardly any entry came in before, ms. */
  get oldestMs(): number {
    const { keys, ratesOf, lifetimes, startMs } = this.options
    return startMs - oldestAgeMs(ratesOf(keys), lifetimes, this.wanted)
  }

  private expectedWeight(): number {
    const { keys, ratesOf, lifetimes, lifeMsOf, meanWeight } = this.options
    let count = 0
    for (let first = 1; first <= keys; ) {
      const end = Math.min(keys + 1, first + Math.max(1, Math.floor(first / groupShare)))
      const key = (first + end) >> 1
      count += (end - first) * wantedShare(ratesOf(key), lifetimes, lifeMsOf(key), this.wanted)
      first = end
    }
    return count * meanWeight
  }

  private get wanted() {
    return this.options.keepsExpired ? all : living
  }
}

const all = { mostIdleMs: Number.POSITIVE_INFINITY, expiredLives: Number.POSITIVE_INFINITY }
const living = { mostIdleMs: Number.POSITIVE_INFINITY, expiredLives: 0 }
