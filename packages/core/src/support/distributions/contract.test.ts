import { describe, expect, it } from 'vitest'
import { distributionAsItSays } from '../../explain/testing-chosen.ts'
import { testingSource } from '../testing-source.ts'
import { type Distribution, defineDistribution, type Sampler } from './distribution.ts'
import { exponential } from './exponential.ts'
import { distributions } from './index.ts'
import { pareto } from './pareto.ts'

const batches = 50
const perBatch = 4000

function draw(sampler: Sampler, count: number): readonly number[] {
  const source = testingSource(5)
  return Array.from({ length: count }, () => sampler.sample(source))
}

/** What a distribution does not keep of what each of them promises, with these parameters. */
function broken(distribution: Distribution, values: Readonly<Record<string, unknown>>): readonly string[] {
  const sampler = distribution.create(values)
  const drawn = draw(sampler, batches * perBatch)
  const again = draw(distribution.create(values), 1000)
  const isConstant = drawn.every((x) => x === drawn[0])
  const { mean, squaredCoefficientOfVariation: squared, constant } = sampler
  return [
    ...(drawn.every((x) => Number.isFinite(x) && x >= 0) ? [] : ['a draw that is no amount']),
    ...(again.every((x, i) => x === drawn[i]) ? [] : ['two of them with common random numbers differ']),
    ...(constant === (isConstant ? drawn[0] : undefined) ? [] : ['is wrong about being a constant']),
    ...offBatches(drawn, mean, squared, 'mean', (x) => x / mean),
    ...offBatches(drawn, mean, squared, 'second moment', (x) => (x / mean) ** 2 / (1 + squared)),
    ...offBeyond(distribution, values, drawn, sampler),
    ...offResidual(sampler),
  ]
}

/** Renewal theory: what is left of a draw at a random moment is E[X²] / (2 E[X]) on average. */
function offResidual(sampler: Sampler): readonly string[] {
  const { mean, squaredCoefficientOfVariation: squared } = sampler
  const source = testingSource(6)
  const left = Array.from({ length: batches * perBatch }, () => sampler.residual(source))
  const expected = (mean * (1 + squared)) / 2
  const isAmount = left.every((x) => Number.isFinite(x) && x >= 0)
  return [
    ...(isAmount ? [] : ['what is left of a draw is no amount']),
    ...offBatches(left, mean, squared, 'mean residual', (x) => x / expected),
  ]
}

/** What values rarer than one in 1,000 carry, beside what the distribution says of it; little, where it says nothing. */
function offBeyond(
  distribution: Distribution,
  values: Readonly<Record<string, unknown>>,
  drawn: readonly number[],
  sampler: Sampler,
) {
  const { mean, squaredCoefficientOfVariation: squared } = sampler
  const rarity = 1e-3
  const from = drawn.toSorted((a, b) => a - b)[Math.floor(drawn.length * (1 - rarity))] as number
  const above = drawn.filter((x) => x > from).length
  // Of a value that many draws have, as many belong to the rare ones as are left.
  const ofEqual = (rarity * drawn.length - above) / drawn.filter((x) => x === from).length
  return ([1, 2] as const).flatMap((order) => {
    const isRare = (x: number) => (x > from ? 1 : x === from ? ofEqual : 0)
    const part = (x: number) => (isRare(x) * (x / mean) ** order) / (order === 1 ? 1 : 1 + squared)
    const says = distribution.momentBeyond?.(values, order, rarity)
    if (says !== undefined)
      return offBatches(drawn, mean, squared, `share beyond, order ${order},`, (x) => part(x) / says)
    const found = drawn.reduce((sum, x) => sum + part(x), 0) / drawn.length
    return found < 0.05 ? [] : [`rare values carry ${found} of the moment of order ${order}, and it does not say so`]
  })
}

/** A number whose mean is 1, within five standard errors of the means of batches. */
function offBatches(
  drawn: readonly number[],
  mean: number,
  squared: number,
  what: string,
  of: (x: number) => number,
): readonly string[] {
  // Without a variance the means of batches say nothing of how far off theirs may be.
  if (!Number.isFinite(mean) || !Number.isFinite(squared)) return []
  const means = Array.from({ length: batches }, (_, i) => {
    const own = drawn.slice(i * perBatch, (i + 1) * perBatch)
    return own.reduce((total, x) => total + of(x), 0) / perBatch
  })
  const found = means.reduce((total, one) => total + one, 0) / batches
  const variance = means.reduce((total, one) => total + (one - found) ** 2, 0) / (batches - 1)
  const tolerance = 5 * Math.sqrt(variance / batches) + 1e-9
  return Math.abs(found - 1) <= tolerance ? [] : [`its ${what} is ${found} times what it says`]
}

/** Settings whose variance is finite, where the example of a distribution has none. */
const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  pareto: { mean: 3, shape: 6 },
  empirical: { values: [1, 2, 10], weights: [5, 3, 1] },
}

describe.each(distributions.members.map((distribution) => [distribution.name, distribution] as const))(
  '%s',
  (name, distribution) => {
    it('has the mean and the variance that it says', () => {
      const values = settings[name] ?? distributionAsItSays(distribution).values
      expect(distribution.check?.(values)).toBe(undefined)
      expect(Number.isFinite(distribution.create(values).squaredCoefficientOfVariation)).toBe(true)
      expect(broken(distribution, values)).toEqual([])
    })
  },
)

it.each([
  ['pareto, bounded', pareto, { min: 1, max: 50, shape: 2.5 }],
  ['pareto, bounded, of shape 1', pareto, { min: 1, max: 50, shape: 1 }],
  ['pareto, bounded, of shape 0.5', pareto, { min: 1, max: 50, shape: 0.5 }],
  ['constant', distributions.get('constant'), { value: 3 }],
  ['uniform from 0', distributions.get('uniform'), { min: 0, max: 2 }],
  ['log-normal by mean and variation', distributions.get('log-normal'), { mean: 4, cv: 1.5 }],
] as const)('%s: what is left of a draw has the mean of renewal theory', (_, distribution, values) => {
  expect(offResidual((distribution as Distribution).create(values))).toEqual([])
})

it('pareto without a mean: what is left of a draw is a fresh one', () => {
  const sampler = pareto.create({ min: 1, shape: 0.9, mean: undefined, max: undefined })
  expect(sampler.residual(testingSource(1))).toBe(sampler.sample(testingSource(1)))
})

const mutant = (change: (sampler: Sampler) => Sampler): Distribution =>
  defineDistribution({ ...exponential, create: (values) => change(exponential.create(values)) }) as Distribution

const { momentBeyond: _, ...silent } = pareto

let shared = 0

it.each<[string, Distribution]>([
  ['another mean than it says', mutant((own) => ({ ...own, mean: 1.03 * own.mean }))],
  ['another variance than it says', mutant((own) => ({ ...own, squaredCoefficientOfVariation: 1.1 }))],
  [
    'a memory that all share',
    mutant((own) => ({ ...own, sample: (source) => own.sample(source) + (shared++ % 3) * 1e-12 })),
  ],
  ['heavier rare values than it says', defineDistribution({ ...pareto, momentBeyond: () => 0.01 }) as Distribution],
  ['heavy rare values of which it says nothing', silent as Distribution],
  ['a fresh draw for what is left of one', mutant((own) => ({ ...own, residual: (source) => 2 * own.sample(source) }))],
  ['a constant that it has not', mutant((own) => ({ ...own, constant: own.mean }))],
])('a distribution with %s is caught', (_mistake, distribution) =>
  expect(broken(distribution, { mean: 10, shape: 3 })).not.toEqual([]),
)
