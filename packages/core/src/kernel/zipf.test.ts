import { describe, expect, it } from 'vitest'
import { testingSource } from '../support/testing-source.ts'
import { Zipf } from './zipf.ts'

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
  it('gives every rank its exact share (chi-squared, level 1e-5)', () => {
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
  const zipf = new Zipf(s, keys)
  const source = testingSource(5)
  const sample = Float64Array.from({ length: draws }, () => zipf.sample(source))
  it.each([1, 10, 1e3, 1e6, 1e8, 999_999_999])('has its share of ranks up to %d', (rank) => {
    const share = harmonic(s, rank) / harmonic(s, keys)
    const seen = sample.reduce((count, x) => count + (x <= rank ? 1 : 0), 0) / draws
    expect(Math.abs(seen - share)).toBeLessThanOrEqual(4.5 * Math.sqrt((share * (1 - share)) / draws) + 1e-5)
  })
  it('stays within its keys', () => {
    for (const rank of sample) if (!(Number.isInteger(rank) && rank >= 1 && rank <= keys)) expect.fail(`rank ${rank}`)
  })
})

it('takes fewer than two uniform numbers a draw', () => {
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

it('refuses what is not a popularity', () => {
  expect(() => new Zipf(-1, 10)).toThrow('exponent')
  expect(() => new Zipf(1, 0)).toThrow('keys')
  expect(() => new Zipf(1, 2.5)).toThrow('keys')
})
