import { describe, expect, it } from 'vitest'
import { normalCdf } from '../normal.ts'
import { testingSource } from '../testing-source.ts'
import type { Sampler } from './distribution.ts'
import { distributions } from './index.ts'

interface Case {
  readonly distribution: string
  readonly values: Record<string, unknown>
  readonly mean: number
  readonly scv: number
  /** Fourth central moment over squared variance, where finite: the standard error of the variance needs it. */
  readonly kurtosis?: number
  readonly cdf?: (x: number) => number
}
const create = (distribution: string, values: Record<string, unknown>): Sampler => {
  expect(distributions.get(distribution).check?.(values as never)).toBeUndefined()
  return distributions.get(distribution).create(values as never)
}
const above = (x: number) => Math.max(0, x)
const lognormalOf = (p50: number, spread: number) => (x: number) => normalCdf(Math.log(x / p50) / spread)
const p99Spread = Math.log(9 / 2) / 2.3263478740408408
const p95Spread = Math.log(3) / 1.6448536269514722
const boundedCdf = (x: number) => (1 - x ** -1.5) / (1 - 100 ** -1.5)
const erlangCdf = (stages: number, rate: number) => (x: number) => {
  let term = Math.exp(-rate * x)
  let tail = 0
  for (let k = 0; k < stages; k += 1) {
    tail += term
    term *= (rate * x) / (k + 1)
  }
  return 1 - tail
}
const h2Share = 0.5 * (1 + Math.sqrt(3 / 5))

const cases: Case[] = [
  { distribution: 'constant', values: { value: 5 }, mean: 5, scv: 0 },
  {
    distribution: 'exponential',
    values: { mean: 10 },
    mean: 10,
    scv: 1,
    kurtosis: 9,
    cdf: (x) => 1 - Math.exp(-x / 10),
  },
  {
    distribution: 'uniform',
    values: { min: 2, max: 6 },
    mean: 4,
    scv: 1 / 12,
    kurtosis: 1.8,
    cdf: (x) => above(x - 2) / 4,
  },
  { distribution: 'erlang', values: { stages: 3, mean: 6 }, mean: 6, scv: 1 / 3, kurtosis: 5, cdf: erlangCdf(3, 0.5) },
  {
    distribution: 'hyperexponential',
    values: { mean: 1, cv: 2 },
    mean: 1,
    scv: 4,
    kurtosis: 30,
    cdf: (x) => 1 - h2Share * Math.exp(-2 * h2Share * x) - (1 - h2Share) * Math.exp(-2 * (1 - h2Share) * x),
  },
  {
    distribution: 'log-normal',
    values: { p50: 2, p99: 9 },
    mean: 2 * Math.exp(p99Spread ** 2 / 2),
    scv: Math.exp(p99Spread ** 2) - 1,
    cdf: lognormalOf(2, p99Spread),
  },
  {
    distribution: 'log-normal',
    values: { p50: 2, p95: 6 },
    mean: 2 * Math.exp(p95Spread ** 2 / 2),
    scv: Math.exp(p95Spread ** 2) - 1,
    cdf: lognormalOf(2, p95Spread),
  },
  {
    distribution: 'log-normal',
    values: { mean: 3, cv: 0.5 },
    mean: 3,
    scv: 0.25,
    cdf: lognormalOf(3 / Math.sqrt(1.25), Math.sqrt(Math.log(1.25))),
  },
  { distribution: 'pareto', values: { mean: 3, shape: 3 }, mean: 3, scv: 1 / 3, cdf: (x) => 1 - (2 / x) ** 3 },
  { distribution: 'pareto', values: { min: 2, shape: 1 }, mean: Infinity, scv: Infinity, cdf: (x) => 1 - 2 / x },
  { distribution: 'pareto', values: { min: 2, shape: 1.5 }, mean: 6, scv: Infinity, cdf: (x) => 1 - (2 / x) ** 1.5 },
  {
    distribution: 'pareto',
    values: { min: 1, shape: 1.5, max: 100 },
    mean: 2.7027027027027026,
    scv: 27.027027027027025 / 2.7027027027027026 ** 2 - 1,
    cdf: boundedCdf,
  },
  { distribution: 'empirical', values: { values: [3, 1, 2, 4] }, mean: 2.5, scv: 0.2, kurtosis: 1.64 },
  { distribution: 'empirical', values: { values: [10, 0], weights: [1, 3] }, mean: 2.5, scv: 3, kurtosis: 7 / 3 },
]

const draws = 1_000_000
const label = ({ distribution, values }: Case) => `${distribution} ${JSON.stringify(values)}`

describe.each(cases.map((one) => [label(one), one] as const))(
  '%s',
  (_, { distribution, values, mean, scv, kurtosis, cdf }) => {
    const sampler = create(distribution, values)
    const source = testingSource(7)
    const sample = new Float64Array(draws)
    for (let i = 0; i < draws; i += 1) sample[i] = sampler.sample(source)

    it('states its mean and its squared coefficient of variation', () => {
      if (mean === Infinity) expect(sampler.mean).toBe(Infinity)
      else expect(sampler.mean / mean).toBeCloseTo(1, 13)
      if (scv === Infinity) expect(sampler.squaredCoefficientOfVariation).toBe(Infinity)
      else expect(sampler.squaredCoefficientOfVariation).toBeCloseTo(scv, 12)
    })

    const noVariance = scv === Infinity ? ' (does not apply: its variance is infinite)' : ''
    it.skipIf(noVariance !== '')(`has that mean within four standard errors${noVariance}`, () => {
      const average = sample.reduce((sum, x) => sum + x, 0) / draws
      expect(Math.abs(average - mean)).toBeLessThanOrEqual(4 * mean * Math.sqrt(scv / draws) + 1e-9)
      if (kurtosis === undefined) return
      const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws
      const error = Math.abs(variance / (scv * mean * mean) - 1)
      expect(error).toBeLessThanOrEqual(4 * Math.sqrt((kurtosis - 1) / draws))
    })

    const noCdf = cdf === undefined ? ' (does not apply: it has jumps)' : ''
    it.skipIf(noCdf !== '')(`follows its distribution function (Kolmogorov and Smirnov, level 1e-4)${noCdf}`, () => {
      const sorted = sample.slice().sort()
      let distance = 0
      for (let rank = 0; rank < draws; rank += 1) {
        const expected = cdf?.(sorted[rank] as number) ?? 0
        distance = Math.max(distance, Math.abs(expected - rank / draws), Math.abs(expected - (rank + 1) / draws))
      }
      expect(distance * Math.sqrt(draws)).toBeLessThan(2.23)
    })
  },
)

const at = (u: number) => ({ next: () => u })

it('hits the percentiles that were given', () => {
  const byTail = create('log-normal', { p50: 2, p99: 9 })
  expect(byTail.sample(at(0.5))).toBe(2)
  expect(byTail.sample(at(0.99))).toBeCloseTo(9, 13)
  expect(create('log-normal', { p50: 2, p95: 9 }).sample(at(0.95))).toBeCloseTo(9, 13)
  expect(create('log-normal', { p50: 2, p90: 9 }).sample(at(0.9))).toBeCloseTo(9, 13)
  expect(create('log-normal', { p50: 2, p99: 2 }).constant).toBe(2)
  expect(create('log-normal', { p50: 2, mean: 2 }).constant).toBe(2)
})

it('adds a thousand stages without running out of exponent', () => {
  const sampler = create('erlang', { stages: 1000, mean: 6 })
  const source = testingSource(8)
  let sum = 0
  for (let i = 0; i < 2000; i += 1) sum += sampler.sample(source)
  expect(Math.abs(sum / 2000 - 6)).toBeLessThan(4 * 6 * Math.sqrt(1 / 1000 / 2000))
})

it('finds the lower bound of a bounded Pareto from its mean', () => {
  const sampler = create('pareto', { mean: 2.7027027027027026, shape: 1.5, max: 100 })
  expect(sampler.sample(at(1e-17))).toBeCloseTo(1, 12)
  expect(sampler.sample(at(1 - 2 ** -53))).toBeLessThanOrEqual(100.0000001)
  expect(create('pareto', { min: 1, max: Math.E, shape: 1 }).mean).toBeCloseTo(1 / (1 - 1 / Math.E), 13)
})

it('is monotone in its one uniform number where it is drawn by inversion', () => {
  const notInverted = ['erlang', 'hyperexponential', 'exponential']
  const inverted = cases.filter(({ distribution }) => !notInverted.includes(distribution))
  for (const { distribution, values } of inverted) {
    const sampler = create(distribution, values)
    let previous = -Infinity
    for (let u = 1 / 4096; u < 1; u += 1 / 2048) {
      const value = sampler.sample(at(u))
      expect(value).toBeGreaterThanOrEqual(previous)
      previous = value
    }
  }
})

it.each(['exponential', 'erlang', 'hyperexponential'])(
  'an %s draws the same of any mean, in its unit',
  (distribution) => {
    // What variants of one design with other means rest on, where a distribution is not drawn by inversion.
    const { values } = cases.find((one) => one.distribution === distribution) as Case
    const [short, long] = [
      create(distribution, values),
      create(distribution, { ...values, mean: 8 * (values.mean as number) }),
    ]
    const [first, second] = [testingSource(4), testingSource(4)]
    for (let i = 0; i < 10_000; i += 1) expect(long.sample(second)).toBe(8 * short.sample(first))
  },
)

it('reads observations from the text of a file', () => {
  const sampler = create('empirical', { file: '# ms, count\n1 3\r\n2;1\n\n', unit: 10 })
  expect([0.1, 0.74, 0.76].map((u) => sampler.sample(at(u)))).toEqual([10, 10, 20])
  expect(sampler.mean).toBe(12.5)
})

it('reads a large file once, and the same text in another unit as another distribution', () => {
  const file = Array.from({ length: 500_000 }, (_, i) => `${i % 1000}.5`).join('\n')
  const began = performance.now()
  const distribution = create('empirical', { file, unit: 2 })
  const firstMs = performance.now() - began
  for (let i = 0; i < 20; i += 1) expect(create('empirical', { file: `${file}`, unit: 2 }).mean).toBe(distribution.mean)
  expect(performance.now() - began).toBeLessThan(10 * firstMs)
  expect(distribution.mean).toBeCloseTo(1000, 6)
  expect(distribution.sample(at(0.4999))).toBe(999)
  expect(create('empirical', { file, unit: 1 }).mean).toBeCloseTo(500, 6)
})

it('values beside a file are refused, also where the file was read before', () => {
  const file = '1\n2\n'
  create('empirical', { file })
  const wrongWith = (more: Readonly<Record<string, unknown>>) =>
    distributions.get('empirical').check?.({ file, ...more })
  expect(wrongWith({ values: [3] })).toBe('give exactly one of `values` and `file`')
  expect(wrongWith({ weights: [3] })).toBe('the weights of a file are its second column')
})

it('agrees with a linear search for any weights', () => {
  const weights = Array.from({ length: 300 }, (_, i) => (i * 7919) % 13)
  const values = weights.map((_, i) => i)
  const sampler = create('empirical', { values, weights })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const source = testingSource(3)
  for (let i = 0; i < 5000; i += 1) {
    const u = source.next()
    let [rank, sum] = [0, weights[0] as number]
    while (sum / total < u) sum += weights[++rank] as number
    expect(sampler.sample(at(u))).toBe(rank)
  }
})

it.each([
  ['log-normal', {}, /p50 or mean is missing/],
  ['log-normal', { p50: 2 }, /second number is missing: p50/],
  ['log-normal', { p50: 2, p99: 1 }, /p99 is below p50/],
  ['log-normal', { p50: 2, mean: 1.9 }, /mean is below p50/],
  ['log-normal', { mean: 2, p99: 1.9 }, /p99 is below mean/],
  ['log-normal', { mean: 1, p99: 15 }, /p99 is more than 15.0 times mean/],
  ['log-normal', { p50: 2, p90: 3, p99: 4 }, /not 3: p50, p90, p99/],
  ['log-normal', { p50: 2, cv: 1 }, /`cv` needs a `mean`/],
  ['log-normal', { mean: 2 }, /second number is missing: mean/],
  ['uniform', { min: 3, max: 2 }, /min is above max/],
  ['pareto', { shape: 2 }, /exactly one of/],
  ['pareto', { mean: 2, shape: 1 }, /infinite/],
  ['pareto', { min: 2, max: 1, shape: 1 }, /max must be above min/],
  ['empirical', {}, /exactly one of/],
  ['empirical', { values: [] }, /no observation/],
  ['empirical', { values: [1], weights: [1, 2] }, /1 values and 2 weights/],
  ['empirical', { values: [1], weights: [0] }, /zero/],
  ['empirical', { file: '1\nfast\n' }, /line 2/],
])('%s refuses %o', (distribution, values, message) => {
  expect(distributions.get(distribution).check?.(values as never)).toMatch(message)
})

it.each([
  ['mean and median', { mean: 5, p50: 3 }, { p50: 3 }],
  ['mean and p99', { mean: 5, p99: 20 }, { p99: 20 }],
  ['mean and p90', { mean: 5, p90: 11 }, { p90: 11 }],
])('a log-normal by %s has both', (_name, given, { p50, p90, p99 }: Partial<Record<'p50' | 'p90' | 'p99', number>>) => {
  const own = distributions.get('log-normal').create(given)
  const at = (share: number) => own.sample({ next: () => share })
  expect(own.mean).toBe(5)
  expect([at(0.5), at(0.9), at(0.99)]).toEqual([
    p50 === undefined ? expect.any(Number) : expect.closeTo(p50, 9),
    p90 === undefined ? expect.any(Number) : expect.closeTo(p90, 9),
    p99 === undefined ? expect.any(Number) : expect.closeTo(p99, 9),
  ])
  // The mean of the distribution with this median and spread: median * exp(spread ** 2 / 2).
  const spread = Math.log(at(0.99) / at(0.5)) / 2.3263478740408408
  expect(at(0.5) * Math.exp((spread * spread) / 2)).toBeCloseTo(5, 9)
})
