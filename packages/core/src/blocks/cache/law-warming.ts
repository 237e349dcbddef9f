import type { UniformSource } from '../../support/laws/law.ts'
import type { Lifetimes } from './lifetimes.ts'
import type { Shelf } from './shelf.ts'
import type { StandIns } from './stand-ins.ts'
import { type DrawnEntry, drawEntry, type KeyRates } from './stationary.ts'

/** What is known of the calls of a cache, or of one node of it. */
export interface KnownCalls {
  readonly keys: number
  readonly standIns: StandIns | null
  /** What happens to the entry of a key; written over by the next call. */
  ratesOf(key: number): KeyRates
  readonly lifetimes: Lifetimes
  weightOf(key: number): number
  readonly holds: 'recency' | 'arrival'
  /** How much older than its life an entry may be that stays as long as there is room, in lives. */
  readonly expiredLives: number
  readonly random: UniformSource
  /** The moment that they are warmed for, ms. */
  readonly startMs: number
}

/** A candidate is its time and its number in one number, which sorts as numbers do: 32 + 21 bits. */
const mostCandidates = 2 ** 21
const single = new Float32Array(1)
const singleBits = new Uint32Array(single.buffer)

/** Of all keys those that are there, unless others need the room. */
class Candidates {
  private order = new Float64Array(1024)
  keys = new Float64Array(1024)
  weights = new Float64Array(1024)
  born = new Float64Array(1024)
  expires = new Float64Array(1024)
  count = 0

  /** @param rank 0 or more: the lowest come first, those with the same as they were added */
  add(rank: number, key: number, weight: number, bornMs: number, expiresMs: number): void {
    const at = this.count++
    if (at === this.keys.length) this.grow()
    // Positive single numbers are in the order of their bits.
    single[0] = rank
    this.order[at] = (singleBits[0] as number) * mostCandidates + at
    this.keys[at] = key
    this.weights[at] = weight
    this.born[at] = bornMs
    this.expires[at] = expiresMs
  }

  /** The candidates by rank. */
  sorted(): Int32Array {
    const packed = this.order.subarray(0, this.count).sort()
    const numbers = new Int32Array(this.count)
    for (let place = 0; place < numbers.length; place++) {
      const both = packed[place] as number
      // A power of two: exact, and much faster than a remainder.
      numbers[place] = both - Math.floor(both / mostCandidates) * mostCandidates
    }
    return numbers
  }

  rankOf(place: number): number {
    singleBits[0] = Math.floor((this.order[place] as number) / mostCandidates)
    return single[0] as number
  }

  private grow(): void {
    const larger = (array: Float64Array) => {
      const grown = new Float64Array(array.length * 2)
      grown.set(array)
      return grown
    }
    this.order = larger(this.order)
    this.keys = larger(this.keys)
    this.weights = larger(this.weights)
    this.born = larger(this.born)
    this.expires = larger(this.expires)
  }
}

/** Whether so many keys can be gone through. */
export function canBeListed(keys: number, standIns: StandIns | null): boolean {
  return (standIns === null ? keys : standIns.size) <= mostCandidates
}

/**
 * Fills nodes with what they hold in the long run, key by key, without drawing requests. A least-recently-used cache holds
 * the keys asked for last: the time since the last read of a key is exponential at its own rate, and the youngest that fit
 * are in. One that evicts by arrival or at random holds key k with probability λT / (1 + λT), for the T that fills it.
 * What ends an entry by itself is drawn with it.
 *
 * Sources: R. Fagin, Asymptotic miss ratios over independent references, Journal of Computer and System Sciences 14(2), 1977;
 * E. Gelenbe, A unified approach to the evaluation of a class of replacement algorithms, IEEE Transactions on Computers C-22(6), 1973.
 * @param nodeOf which of the shelves has a key
 * @returns by shelf: for how long a key stays that is not asked for, ms; Infinity where all fits
 */
export function warmByLaw(shelves: readonly Shelf[], nodeOf: (key: number) => number, calls: KnownCalls): number[] {
  const candidates = candidatesOf(shelves[0] as Shelf, calls)
  const used = shelves.map(() => 0)
  const staysMs = shelves.map(() => Number.POSITIVE_INFINITY)
  const chosen: number[] = []
  const nodes = new Int32Array(candidates.count)
  candidates.sorted().forEach((candidate, place) => {
    const node = nodeOf(candidates.keys[candidate] as number)
    if (staysMs[node] !== Number.POSITIVE_INFINITY) return
    const after = (used[node] as number) + (candidates.weights[candidate] as number)
    if (after > (shelves[node] as Shelf).entries.capacity) {
      staysMs[node] = candidates.rankOf(place)
      return
    }
    used[node] = after
    chosen.push(candidate)
    nodes[candidate] = node
  })
  if (calls.holds === 'arrival') shuffle(chosen, calls.random)
  for (let place = chosen.length - 1; place >= 0; place--) {
    const candidate = chosen[place] as number
    const key = candidates.keys[candidate] as number
    const bornMs = candidates.born[candidate] as number
    const expiresMs = candidates.expires[candidate] as number
    ;(shelves[nodes[candidate] as number] as Shelf).bring(key, calls.weightOf(key), { bornMs, expiresMs })
  }
  return staysMs
}

function candidatesOf(shelf: Shelf, calls: KnownCalls): Candidates {
  const { lifetimes, random, holds, expiredLives, standIns, startMs } = calls
  const candidates = new Candidates()
  const drawn: DrawnEntry = { isThere: false, ageMs: 0, idleMs: 0, lifeMs: 0 }
  const add = (key: number, count: number) => {
    const ttlMs = shelf.lifeMsOf(key)
    if (ttlMs === 0) return
    const rates = calls.ratesOf(key)
    drawEntry(rates, lifetimes, ttlMs, random, drawn)
    const { isThere, ageMs, lifeMs } = drawn
    if (!isThere || (Number.isFinite(lifeMs) && ageMs >= lifeMs * (1 + expiredLives))) return
    const u = holds === 'arrival' ? random.next() : 0
    const rank = holds === 'arrival' ? u / (rates.reads * (1 - u)) : drawn.idleMs
    if (rank < Number.POSITIVE_INFINITY)
      candidates.add(
        rank,
        key,
        calls.weightOf(key) * count,
        startMs - ageMs,
        Number.isFinite(lifeMs) ? startMs + lifeMs - ageMs : lifeMs,
      )
  }
  if (standIns !== null) standIns.forEach(add)
  else for (let key = 1; key <= calls.keys; key++) add(key, 1)
  return candidates
}

function shuffle(numbers: number[], random: UniformSource): void {
  for (let left = numbers.length; left > 1; left--) {
    const other = Math.floor(random.next() * left)
    const last = numbers[left - 1] as number
    numbers[left - 1] = numbers[other] as number
    numbers[other] = last
  }
}
