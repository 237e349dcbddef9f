import { KeyedRandom } from '../../../kernel/random.ts'
import type { EntryNumbers } from '../shelf/entry-numbers.ts'
import { KeyTable } from '../shelf/key-table.ts'
import { type DrawnEntry, drawEntry, oldestAgeMs, wantedShare } from './stationary.ts'
import type { KnownCalls } from './stationary-warming.ts'

/** An entry as it is to be before the start, ms. */
export interface PastEntry {
  readonly weight: number
  readonly bornMs: number
  readonly expiresMs: number
}

/** What is known of the calls of a node that has room for all requests for it. */
export interface PastEntriesOptions extends Pick<KnownCalls, 'lifetimes' | 'weightOf' | 'startMs'> {
  readonly numbers: EntryNumbers
  /** By endpoint. */
  readonly kinds: readonly (Pick<KnownCalls, 'keys' | 'ratesOf'> & { readonly meanWeight: number })[]
  /** Whether what is too old to be shown is still of use. */
  readonly keepsExpired: boolean
  /** Whether the node has an entry at all. */
  readonly has: (entry: number) => boolean
  /** How long an entry may live, ms: 0 where its key has no object and that is not remembered. */
  readonly lifeMsOf: (entry: number) => number
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

  /** @returns an entry that is touched for the first time; null if it is not there, or was touched before. */
  touch(entry: number): PastEntry | null {
    const { touched, options, drawn } = this
    if (touched.find(entry) >= 0) return null
    touched.set(entry, 0)
    const { lifetimes, startMs, numbers } = options
    const ttlMs = options.lifeMsOf(entry)
    const kind = options.kinds[numbers.endpointOf(entry)] as PastEntriesOptions['kinds'][number]
    const key = numbers.keyOf(entry)
    if (key > kind.keys || ttlMs === 0 || !options.has(entry)) return null
    const random = this.random.at(entry, options.hash, 0)
    drawEntry(kind.ratesOf(key), lifetimes, ttlMs, this.wanted, random.next(), random, drawn)
    if (!drawn.isThere) return null
    const weight = options.weightOf(entry)
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
    const { kinds, lifetimes, startMs } = this.options
    const agesMs = kinds.map(({ keys, ratesOf }) =>
      keys === 0 ? 0 : oldestAgeMs(ratesOf(keys), lifetimes, this.wanted),
    )
    return startMs - Math.max(...agesMs)
  }

  private expectedWeight(): number {
    const { kinds } = this.options
    return kinds.reduce((sum, { meanWeight }, endpoint) => sum + this.expectedOf(endpoint) * meanWeight, 0)
  }

  /** Entries of one endpoint, as expected. */
  private expectedOf(endpoint: number): number {
    const { kinds, numbers, lifetimes, lifeMsOf } = this.options
    const { keys, ratesOf } = kinds[endpoint] as PastEntriesOptions['kinds'][number]
    let count = 0
    for (let first = 1; first <= keys; ) {
      const end = Math.min(keys + 1, first + Math.max(1, Math.floor(first / groupShare)))
      const key = (first + end) >> 1
      count += (end - first) * wantedShare(ratesOf(key), lifetimes, lifeMsOf(numbers.of(endpoint, key)), this.wanted)
      first = end
    }
    return count
  }

  private get wanted() {
    return this.options.keepsExpired ? all : living
  }
}

const all = { mostIdleMs: Number.POSITIVE_INFINITY, expiredLives: Number.POSITIVE_INFINITY }
const living = { mostIdleMs: Number.POSITIVE_INFINITY, expiredLives: 0 }
