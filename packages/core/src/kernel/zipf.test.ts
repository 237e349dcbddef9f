import { describe, expect, it } from 'vitest'
import { testingSource } from '../support/testing-source.ts'
import { Zipf } from './zipf.ts'

/** Shares of the ranks among what is accepted of a fine grid of uniform numbers, the first of each draw. */
function sharesOfGrid(zipf: Zipf, points: number): Float64Array {
  const accepted = new Float64Array(zipf.keys)
  let sum = 0
  for (let i = 0; i < points; i += 1) {
    let asked = 0
    // What comes after a rejection is another draw: it is answered, and not counted.
    const rank = zipf.sample({ next: () => (asked++ === 0 ? (i + 0.5) / points : 1e-9) })
    if (asked > 1) continue
    accepted[rank - 1] = (accepted[rank - 1] as number) + 1
    sum += 1
  }
  return accepted.map((count) => count / sum)
}

// The acceptance of a rank is an interval of uniform numbers, so that the grid misses at most one point at either end.
it.each([
  [0, 7],
  [0.2, 10],
  [0.9, 10],
  [1, 1],
  [1, 2],
  [1, 50],
  [1.2, 100],
  [3, 20],
])('accepts of a grid of uniform numbers what the distribution says: exponent %f over %i keys', (exponent, keys) => {
  const weights = Array.from({ length: keys }, (_, i) => (i + 1) ** -exponent)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = sharesOfGrid(new Zipf(exponent, keys), 20_000)
  for (const [i, weight] of weights.entries())
    expect(Math.abs((shares[i] as number) - weight / total), `rank ${i + 1}`).toBeLessThan(2.5 / 20_000)
})

it('Zipf draws have their extremes at the ends of the unit interval', () => {
  for (const exponent of [0, 0.5, 1, 1.5]) {
    const zipf = new Zipf(exponent, 1000)
    const at = (uniform: number) => zipf.sample({ next: () => uniform })
    expect([at(1e-16), at(1 - 2 ** -53)]).toEqual([1, 1000])
  }
})

it.each([
  [1 - 1e-7, 861_891_181],
  [1 - 1e-10, 861_884_752],
  [1 + 1e-10, 861_884_739],
  [1 + 1e-7, 861_878_310],
])('is exact so near to Zipf’s own distribution that its formulas are 0 / 0: exponent %f', (exponent, rank) => {
  // The inverse of the area at three quarters of it, in 50-digit arithmetic.
  expect(new Zipf(exponent, 1e12).sample({ next: () => 0.75 })).toBe(rank)
})

const draws = 400_000

describe.each([
  [0, 7],
  [0.2, 10],
  [0.9, 10],
  [0.99999999999, 50],
  [1, 50],
  [1.00000000001, 50],
  [1, 1],
  [1.2, 100],
  [3, 20],
])('exponent %f over %i keys', (exponent, keys) => {
  const weights = Array.from({ length: keys }, (_, i) => (i + 1) ** -exponent)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  it('Zipf draws give every rank its exact share (chi-squared, level 1e-5)', () => {
    const seen = new Float64Array(keys)
    const zipf = new Zipf(exponent, keys)
    const source = testingSource(11)
    for (let i = 0; i < draws; i += 1) {
      const rank = zipf.sample(source)
      seen[rank - 1] = (seen[rank - 1] as number) + 1
    }
    let chi = 0
    for (const [i, weight] of weights.entries()) {
      const expected = (draws * weight) / total
      chi += ((seen[i] as number) - expected) ** 2 / expected
    }
    // Wilson and Hilferty's approximation of the quantile.
    const freedom = Math.max(1, keys - 1)
    const limit = freedom * (1 - 2 / (9 * freedom) + 4.265 * Math.sqrt(2 / (9 * freedom))) ** 3
    expect(chi).toBeLessThan(limit)
  })
})

/** Sum of k^-s for k up to n: exact to 1000, then Euler and Maclaurin. */
function harmonic(s: number, n: number): number {
  let sum = 0
  const exact = Math.min(n, 1000)
  for (let k = 1; k <= exact; k += 1) sum += k ** -s
  if (n <= exact) return sum
  const integral = s === 1 ? Math.log(n / exact) : (n ** (1 - s) - exact ** (1 - s)) / (1 - s)
  const ends = (n ** -s - exact ** -s) / 2
  return sum + integral + ends + (s * (exact ** (-s - 1) - n ** (-s - 1))) / 12
}

describe.each([0, 0.5, 0.9, 0.99, 1, 1.1, 2])('exponent %f over a billion keys', (s) => {
  const keys = 1e9
  let drawn: Float64Array | undefined
  const sample = () => {
    if (drawn !== undefined) return drawn
    const zipf = new Zipf(s, keys)
    const source = testingSource(5)
    drawn = Float64Array.from({ length: draws }, () => zipf.sample(source))
    return drawn
  }
  it.each([1, 10, 1e3, 1e6, 1e8, 999_999_999])('has its share of ranks up to %d', (rank) => {
    const share = harmonic(s, rank) / harmonic(s, keys)
    const seen = sample().reduce((count, x) => count + (x <= rank ? 1 : 0), 0) / draws
    expect(Math.abs(seen - share)).toBeLessThanOrEqual(4.5 * Math.sqrt((share * (1 - share)) / draws) + 1e-5)
  })
  it('Zipf draws stay within the number of keys', () => {
    for (const rank of sample()) if (!(Number.isInteger(rank) && rank >= 1 && rank <= keys)) expect.fail(`rank ${rank}`)
  })
})

it.each([
  [0, 1e9],
  [0.5, 5000],
  [0.9, 1e9],
  [1, 1e6],
  [1.5, 1e8],
  [3, 2000],
])('tells the share of a rank, exponent %d over %d keys', (s, keys) => {
  const zipf = new Zipf(s, keys)
  for (const rank of [1, 2, 777, keys]) {
    const expected = rank ** -s / harmonic(s, keys)
    expect(Math.abs(zipf.shareOf(rank) / expected - 1)).toBeLessThan(1e-9)
  }
})

it('a Zipf draw takes fewer than two uniform numbers on average', () => {
  let taken = 0
  const inner = testingSource(2)
  const source = {
    next() {
      taken += 1
      return inner.next()
    },
  }
  const zipf = new Zipf(0.9, 5_000_000)
  for (let i = 0; i < 10_000; i += 1) zipf.sample(source)
  expect(taken / 10_000).toBeLessThan(1.2)
})

it('a Zipf popularity with invalid parameters is rejected', () => {
  expect(() => new Zipf(-1, 10)).toThrow('exponent')
  expect(() => new Zipf(1, 0)).toThrow('keys')
  expect(() => new Zipf(1, 2.5)).toThrow('keys')
  expect(() => new Zipf(1, 2 ** 53)).toThrow('keys')
  expect(() => new Zipf(1000, 10)).toThrow('exponent')
  expect(() => new Zipf(Number.NaN, 10)).toThrow('exponent')
  expect(new Zipf(999.9, 1).keys).toBe(1)
})
