import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { Candidates } from './candidates.ts'
import type { KeyRates } from './key-rates.ts'
import { cutFor, Listing } from './listing.ts'
import type { StandIns } from './stand-ins.ts'

/** What is known of the calls of a cache, or of one node of it: of those that one endpoint of the origin would answer. */
export interface KnownCalls {
  readonly keys: number
  /** Number of the entry of a key: the key itself, where there is one endpoint. */
  entryOf(key: number): number
  readonly standIns: StandIns | null
  /** What happens to the entry of a key; written over by the next call, of this or of `mostRatesFrom`. */
  ratesOf(key: number): KeyRates
  /** What happens at most to this key, and to any that follows it. */
  mostRatesFrom(key: number): KeyRates
  readonly lifetimes: Lifetimes
  weightOf(entry: number): number
  /** Entries of usual weight, of whatever endpoint, that all shelves together have room for. */
  readonly entries: number
  readonly holds: 'recency' | 'arrival'
  /** How long an expired entry may stay, in lives. */
  readonly expiredLives: number
  readonly random: UniformSource
  /** The moment that they are warmed for, ms. */
  readonly startMs: number
}

const mostListed = 2 ** 21

/** Whether so many entries can be gone through. */
export function canBeListed(entries: number): boolean {
  return entries <= mostListed
}

/** Which candidates fit, and into which shelf. */
interface Chosen {
  /** The first to come before those that follow. */
  readonly candidates: number[]
  /** By candidate. */
  readonly nodes: Int32Array
  /** By shelf: for how long a key stays that is not requested, ms; Infinity where all fits. */
  readonly staysMs: number[]
}

/**
 * Fills nodes with what they hold in the long run, key by key, without drawing requests. A least-recently-used cache holds
 * the keys requested last: the time since the last read of a key is exponential at its own rate, and the youngest that fit
 * are in. One that evicts by arrival or at random holds key k with probability λT / (1 + λT), for the T that fills it.
 * What ends an entry by itself is drawn with it.
 *
 * Sources: R. Fagin, Asymptotic miss ratios over independent references, Journal of Computer and System Sciences 14(2), 1977;
 * E. Gelenbe, A unified approach to the evaluation of a class of replacement algorithms, IEEE Transactions on Computers C-22(6), 1973.
 * @param nodeOf which of the shelves has an entry
 * @param kinds of each endpoint; all share the room, random numbers and moment of the first
 * @returns by shelf: for how long a key stays that is not requested, ms; Infinity where all fits
 */
export function warmByDistribution(
  shelves: readonly Shelf[],
  nodeOf: (entry: number) => number,
  kinds: readonly KnownCalls[],
): number[] {
  const [calls] = kinds as readonly [KnownCalls]
  const candidates = new Candidates()
  const listings = kinds.map((kind) => new Listing(shelves[0] as Shelf, kind, candidates))
  const cutMs = cutFor(listings, calls.entries, shelves.length)
  for (const listing of listings) listing.list(cutMs)
  let chosen = choose(candidates, shelves, nodeOf)
  if (cutMs !== Number.POSITIVE_INFINITY && chosen.staysMs.some((ms) => ms === Number.POSITIVE_INFINITY)) {
    for (const listing of listings) listing.listTheRest(cutMs)
    chosen = choose(candidates, shelves, nodeOf)
  }
  for (const { entries } of shelves) entries.reserve(chosen.candidates.length / shelves.length)
  if (calls.holds === 'arrival') shuffle(chosen.candidates, calls.random)
  for (let place = chosen.candidates.length - 1; place >= 0; place--) {
    const candidate = chosen.candidates[place] as number
    const entry = candidates.entries[candidate] as number
    const bornMs = candidates.born[candidate] as number
    const expiresMs = candidates.expires[candidate] as number
    const shelf = shelves[chosen.nodes[candidate] as number] as Shelf
    shelf.bring(entry, { weight: calls.weightOf(entry), bornMs, expiresMs })
  }
  return chosen.staysMs
}

function choose(candidates: Candidates, shelves: readonly Shelf[], nodeOf: (entry: number) => number): Chosen {
  const used = shelves.map(() => 0)
  const staysMs = shelves.map(() => Number.POSITIVE_INFINITY)
  const chosen: number[] = []
  const nodes = new Int32Array(candidates.count)
  for (const candidate of candidates.sorted()) {
    const node = nodeOf(candidates.entries[candidate] as number)
    if (staysMs[node] !== Number.POSITIVE_INFINITY) continue
    const after = (used[node] as number) + (candidates.weights[candidate] as number)
    if (after > (shelves[node] as Shelf).entries.capacity) {
      staysMs[node] = candidates.rankOf(candidate)
      continue
    }
    used[node] = after
    chosen.push(candidate)
    nodes[candidate] = node
  }
  return { candidates: chosen, nodes, staysMs }
}

function shuffle(numbers: number[], random: UniformSource): void {
  for (let left = numbers.length; left > 1; left--) {
    const other = Math.floor(random.next() * left)
    const last = numbers[left - 1] as number
    numbers[left - 1] = numbers[other] as number
    numbers[other] = last
  }
}
