import { ln } from '../../../support/elementary.ts'
import type { Shelf } from '../shelf/shelf.ts'
import type { Candidates } from './candidates.ts'
import { type DrawnEntry, drawEntry, mostWantedShare, type Wanted, wantedShare } from './stationary.ts'
import type { KnownCalls } from './stationary-warming.ts'

/** Neighbours looked at together: a share of those that are more popular, and at most a share of the keys that stand alone. */
const [groupShare, aloneShare] = [4, 4]
/** Above this share each key is looked at: skipping costs a logarithm. */
const mostSkipped = 0.5
/** Listed beyond what fits, as a share and in standard deviations; shelves with keys of their own fill up unevenly. */
const [moreThanFits, deviations, moreOfSeveral] = [1.03, 5, 1.4]
/** Halvings of the interval in which the cut lies. */
const halvings = 8

/**
 * Lists the keys of one endpoint that may be in a cache, in the order of their popularity. What is listed costs time, and not what there is:
 * among neighbours none of which is in with more than probability b, the next that is looked at lies a geometric distance
 * ahead, and it is taken with its own probability over b. Keys that were requested longer ago than the `cut` are left out;
 * where room is left after all, they are drawn afterwards.
 */
export class Listing {
  private readonly shelf: Shelf
  private readonly calls: KnownCalls
  private readonly candidates: Candidates
  /** Keys that may be listed. */
  readonly size: number
  private readonly drawn: DrawnEntry = { isThere: false, ageMs: 0, idleMs: 0, lifeMs: 0 }
  /** Where its own candidates begin and end. */
  private first = 0
  private end = 0

  constructor(shelf: Shelf, calls: KnownCalls, candidates: Candidates) {
    this.shelf = shelf
    this.calls = calls
    this.candidates = candidates
    this.size = calls.standIns === null ? calls.keys : calls.standIns.size
  }

  /** Lists those that were requested since the cut. */
  list(cutMs: number): void {
    this.first = this.candidates.count
    this.listTo(cutMs)
    this.end = this.candidates.count
  }

  private listTo(cutMs: number): void {
    const { calls } = this
    const { random, lifetimes } = calls
    const wanted = this.wanted(cutMs)
    this.forEachGroup((first, end) => {
      const most = calls.mostRatesFrom(this.keyAt(first))
      const fits = mostFitting(calls, most.reads, cutMs)
      const mostThere = mostWantedShare(most, lifetimes, wanted)
      const isSkipping = fits * mostThere < mostSkipped
      const [entryShare, fitShare] = isSkipping ? [mostThere, fits] : [1, 1]
      const perSkip = isSkipping ? 1 / ln(1 - fits * mostThere) : 0
      if (!Number.isFinite(perSkip)) return
      for (let index = first; ; index++) {
        if (isSkipping) index += Math.floor(ln(random.next()) * perSkip)
        if (!(index < end)) return
        this.look(index, wanted, entryShare, fitShare, cutMs, -1)
      }
    })
  }

  /** Those that were left out, each under the condition that it was. */
  listTheRest(cutMs: number): void {
    const { candidates, calls, end } = this
    const wanted = this.wanted(Number.POSITIVE_INFINITY)
    let next = this.first
    for (let index = 0; index < this.size; index++) {
      if (next < end && candidates.entries[next] === calls.entryOf(this.keyAt(index))) next++
      else while (this.look(index, wanted, 1, 1, Number.POSITIVE_INFINITY, cutMs) === 'before') {}
    }
  }

  /** Draws the entry of a key, and lists it if it is there and its rank lies between two. */
  private look(
    index: number,
    wanted: Wanted,
    entryShare: number,
    fitShare: number,
    toMs: number,
    fromMs: number,
  ): 'before' | 'done' {
    const { calls, shelf, drawn } = this
    const { random, holds, startMs } = calls
    const key = this.keyAt(index)
    const entry = calls.entryOf(key)
    const ttlMs = shelf.lifeMsOf(entry)
    if (ttlMs === 0) return 'done'
    const rates = calls.ratesOf(key)
    drawEntry(rates, calls.lifetimes, ttlMs, wanted, entryShare * random.next(), random, drawn)
    if (!drawn.isThere) return 'done'
    const { ageMs, lifeMs } = drawn
    const u = holds === 'arrival' ? fitShare * random.next() : 0
    const rank = holds === 'arrival' ? u / (rates.reads * (1 - u)) : drawn.idleMs
    if (rank <= fromMs) return 'before'
    if (rank > toMs || rank === Number.POSITIVE_INFINITY) return 'done'
    const weight = calls.weightOf(entry) * (calls.standIns?.countOf(key) ?? 1)
    const expiresMs = Number.isFinite(lifeMs) ? startMs + lifeMs - ageMs : lifeMs
    this.candidates.add(rank, entry, weight, startMs - ageMs, expiresMs)
    return 'done'
  }

  /** Which entries to draw: what is held by arrival has a rank of its own. */
  private wanted(cutMs: number): Wanted {
    const { expiredLives, holds } = this.calls
    return { expiredLives, mostIdleMs: holds === 'arrival' ? Number.POSITIVE_INFINITY : cutMs }
  }

  /** Entries with a rank up to a cut, by one key of each group. */
  expected(cutMs: number): number {
    const { calls, shelf } = this
    const wanted = this.wanted(cutMs)
    let sum = 0
    this.forEachGroup((first, end) => {
      const key = this.keyAt((first + end) >> 1)
      const rates = calls.ratesOf(key)
      const share = wantedShare(rates, calls.lifetimes, shelf.lifeMsOf(calls.entryOf(key)), wanted)
      sum += (end - first) * share * mostFitting(calls, rates.reads, cutMs) * (calls.standIns?.countOf(key) ?? 1)
    })
    return sum
  }

  /** Runs `each` for neighbours of about the same popularity, from `first` up to but not including `end`. */
  private forEachGroup(each: (first: number, end: number) => void): void {
    const { standIns } = this.calls
    const most = standIns === null ? Number.POSITIVE_INFINITY : standIns.alone / aloneShare
    for (let first = 0; first < this.size; ) {
      const end = Math.min(this.size, first + Math.max(1, Math.min(most, Math.floor(first / groupShare))))
      each(first, end)
      first = end
    }
  }

  private keyAt(index: number): number {
    return this.calls.standIns?.keyAt(index) ?? index + 1
  }
}

/**
 * Time since the last read, about, within which somewhat more entries were requested than fit; Infinity if there are not so
 * many.
 * @param shelves among which they are spread
 */
export function cutFor(listings: readonly Listing[], room: number, shelves: number): number {
  const fits = room * moreThanFits + deviations * Math.sqrt(room)
  const entries = shelves === 1 ? fits : fits * moreOfSeveral
  const expected = (cutMs: number) => listings.reduce((sum, listing) => sum + listing.expected(cutMs), 0)
  if (listings.reduce((sum, { size }) => sum + size, 0) <= entries) return Number.POSITIVE_INFINITY
  if (expected(Number.POSITIVE_INFINITY) <= entries) return Number.POSITIVE_INFINITY
  let highMs = 1
  while (expected(highMs) < entries) highMs *= 4
  let lowMs = 0
  for (let i = 0; i < halvings; i++) {
    const middleMs = (lowMs + highMs) / 2
    if (expected(middleMs) < entries) lowMs = middleMs
    else highMs = middleMs
  }
  return highMs
}

/** Probability that an entry which is there has a rank up to the cut, where it is held by arrival. */
function mostFitting({ holds }: KnownCalls, reads: number, cutMs: number): number {
  if (holds === 'recency' || cutMs === Number.POSITIVE_INFINITY) return 1
  return (reads * cutMs) / (1 + reads * cutMs)
}
