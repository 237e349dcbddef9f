import { exp, ln, pow } from '../elementary.ts'
import { amount, factor } from '../params.ts'
import { defineDistribution, type UniformSource } from './distribution.ts'

interface Given {
  readonly mean: number | undefined
  readonly min: number | undefined
  readonly shape: number
  readonly max: number | undefined
}

/** Moment of order `k` of the bounded distribution: E[X^k] with density a L^a x^(-a-1) / (1 - (L/H)^a) on [L, H]. */
function moment(k: number, shape: number, min: number, max: number): number {
  if (max === Infinity) return k < shape ? (shape * pow(min, k)) / (shape - k) : Infinity
  if (max === min) return pow(min, k)
  const scale = shape / (1 - pow(min / max, shape))
  if (k === shape) return scale * pow(min, k) * ln(max / min)
  // Written in L/H so that neither power overflows.
  return (scale * pow(min, k) * (1 - pow(min / max, shape - k))) / (shape - k)
}

/** The value that a draw in proportion to its length stays below with probability `u`: its tail has an exponent less. */
function byLength(u: number, shape: number, min: number, max: number): number {
  if (shape === 1) return min * pow(max / min, u)
  const inside = max === Infinity ? 1 : 1 - pow(min / max, shape - 1)
  return min * exp(-ln(1 - u * inside) / (shape - 1))
}

/** Share of the moment of order `k` in values above that which a draw exceeds with probability `rarity`. */
function beyond(k: number, shape: number, { min, max, rarity }: { min: number; max: number; rarity: number }): number {
  if (max === Infinity && k >= shape) return 1
  const least = max === Infinity ? 0 : pow(min / max, shape)
  const from = min * pow(rarity * (1 - least) + least, -1 / shape)
  if (max === Infinity) return pow(from / min, k - shape)
  if (k === shape) return ln(max / from) / ln(max / min)
  return (1 - pow(from / max, shape - k)) / (1 - pow(min / max, shape - k))
}

/** The smallest value that gives this mean; the mean grows with it, so bisection finds it. */
function minimumFor(mean: number, shape: number, max: number): number {
  if (max === Infinity) return (mean * (shape - 1)) / shape
  let low = 0
  let high = mean
  for (let step = 0; step < 200; step += 1) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (moment(1, shape, middle, max) < mean) low = middle
    else high = middle
  }
  return high
}

function smallestOf({ mean, min, shape, max = Infinity }: Given): number {
  return min ?? minimumFor(mean as number, shape, max)
}

function problem({ mean, min, shape, max }: Given): string | undefined {
  if ((mean === undefined) === (min === undefined)) return 'give exactly one of `mean` and `min`'
  const lower = mean ?? min
  if (max !== undefined && lower !== undefined && max <= lower)
    return `max must be above ${mean === undefined ? 'min' : 'mean'}`
  if (mean !== undefined && max === undefined && shape <= 1) return 'with a shape of 1 or less the mean is infinite'
  return undefined
}

export const pareto = defineDistribution({
  name: 'pareto',
  title: 'Pareto',
  summary: 'A power law: the share of draws above x falls as x to the power of minus the shape.',
  source:
    'M. Crovella, M. Harchol-Balter, C. D. Murta, Task assignment in a distributed system, SIGMETRICS 1998 (bounded)',
  goodFor: 'Sizes of files and jobs, where a few carry most of the total.',
  costs:
    'With a shape below 3 and no max, much of a mean wait comes from values too rare to be seen in a run, and is not given. With 2 or less the variance is infinite.',
  example: { distribution: 'pareto', mean: '20ms', shape: 2.1 },
  params: {
    mean: amount({ meaning: 'The average of the draws.', optional: true, above: 0 }),
    min: amount({ meaning: 'The smallest value.', optional: true, above: 0 }),
    shape: factor({ meaning: 'The exponent of the tail; smaller is heavier.', above: 0 }),
    max: amount({ meaning: 'The largest value; none unless given.', optional: true, above: 0 }),
  },
  check: problem,
  momentBeyond: (given, order, rarity) =>
    beyond(order, given.shape, { min: smallestOf(given), max: given.max ?? Infinity, rarity }),
  create(given) {
    const { mean, shape, max = Infinity } = given
    const smallest = smallestOf(given)
    const average = mean ?? moment(1, shape, smallest, max)
    const inside = max === Infinity ? 1 : 1 - pow(smallest / max, shape)
    const second = moment(2, shape, smallest, max)
    const sample = (source: UniformSource) => smallest * exp(-ln(1 - source.next() * inside) / shape)
    return {
      sample,
      residual:
        average === Infinity ? sample : (source) => byLength(source.next(), shape, smallest, max) * source.next(),
      mean: average,
      squaredCoefficientOfVariation: average === Infinity ? Infinity : second / (average * average) - 1,
    }
  },
})
