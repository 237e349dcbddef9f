import type { UniformSource } from '../support/distributions/distribution.ts'
import { exp, ln } from '../support/elementary.ts'
import { invariant } from '../support/invariant.ts'

/** Ranks that are added one by one: what follows is off by less than 1e-12 of the sum. */
const addedOneByOne = 1000

/** ln(1 + x) / x, by its series near zero. */
function lnRatio(x: number): number {
  if (Math.abs(x) > 1e-8) return lnOnePlus(x) / x
  return 1 - x * (1 / 2 - x * (1 / 3 - x / 4))
}

/** (e^x - 1) / x, by its series near zero. */
function expRatio(x: number): number {
  if (Math.abs(x) > 1e-5) return (exp(x) - 1) / x
  return 1 + (x / 2) * (1 + (x / 3) * (1 + x / 4))
}

/** ln(1 + x) without loss for small x: what rounding took from 1 + x is given back (W. Kahan). */
function lnOnePlus(x: number): number {
  const sum = 1 + x
  return ln(sum) - (sum - 1 - x) / sum
}

/**
 * Ranks from 1 to `keys`, rank k with probability proportional to k^-exponent. Takes the same time and memory for ten
 * keys and for a billion: fewer than two uniform numbers a draw on average.
 *
 * Source: W. Hörmann and G. Derflinger, Rejection-inversion to generate variates from monotone discrete distributions,
 * ACM Transactions on Modeling and Computer Simulation 6(3), 1996. An exponent of exactly 0 is uniform, of 1 Zipf's own.
 */
export class Zipf {
  readonly exponent: number
  readonly keys: number
  readonly #upper: number
  readonly #lower: number
  readonly #sure: number
  /** Σ k^-exponent; 0 as long as nobody has requested it. */
  #sum = 0

  /** @param exponent 0 or more  @param keys a whole number from 1 to 2^53 */
  constructor(exponent: number, keys: number) {
    invariant(exponent >= 0 && exponent < 1e3, `Zipf exponent ${exponent} is not between 0 and 1000`)
    invariant(Number.isSafeInteger(keys) && keys >= 1, `Zipf over ${keys} keys`)
    this.exponent = exponent
    this.keys = keys
    this.#upper = this.#area(keys + 0.5)
    this.#lower = this.#area(1.5) - 1
    this.#sure = 2 - this.#areaInverse(this.#area(2.5) - this.#density(2))
  }

  /** One rank, from 1: the most popular. */
  sample(source: UniformSource): number {
    if (this.exponent === 0) return Math.min(1 + Math.floor(source.next() * this.keys), this.keys)
    for (;;) {
      // Low uniform numbers give low ranks, so that a draw is monotone but for the rare rejection.
      const u = this.#lower + source.next() * (this.#upper - this.#lower)
      const x = this.#areaInverse(u)
      const rank = Math.min(Math.max(Math.floor(x + 0.5), 1), this.keys)
      if (rank - x <= this.#sure || u >= this.#area(rank + 0.5) - this.#density(rank)) return rank
    }
  }

  /** Probability of a rank. */
  shareOf(rank: number): number {
    if (this.#sum === 0) this.#sum = this.#harmonic()
    return this.#density(rank) / this.#sum
  }

  /** Σ k^-exponent over all ranks: the first one by one, the rest by the formula of Euler and Maclaurin. */
  #harmonic(): number {
    const { exponent, keys } = this
    const first = Math.min(keys, addedOneByOne)
    let sum = 0
    for (let rank = 1; rank <= first; rank++) sum += this.#density(rank)
    if (first === keys) return sum
    const ends = (this.#density(keys) - this.#density(first)) / 2
    const slopes = (this.#density(first) / first - this.#density(keys) / keys) * (exponent / 12)
    return sum + this.#area(keys) - this.#area(first) + ends + slopes
  }

  /** The integral of x^-exponent, up to a constant: (x^(1-s) - 1) / (1 - s), which at s = 1 is ln x. */
  #area(x: number): number {
    const logarithm = ln(x)
    return expRatio((1 - this.exponent) * logarithm) * logarithm
  }

  #areaInverse(area: number): number {
    // Below -1 only by rounding.
    const t = Math.max(area * (1 - this.exponent), -1)
    return t === -1 ? Infinity : exp(lnRatio(t) * area)
  }

  #density(x: number): number {
    return exp(-this.exponent * ln(x))
  }
}
