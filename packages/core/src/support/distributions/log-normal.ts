import { exp, ln } from '../elementary.ts'
import { keeping } from '../misnomers.ts'
import { normalCdf, normalQuantile } from '../normal.ts'
import { amount, factor } from '../params.ts'
import { defineDistribution } from './distribution.ts'

interface Given {
  readonly p50: number | undefined
  readonly p90: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
  readonly mean: number | undefined
  readonly cv: number | undefined
}
const tails = [
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const

/** Mean and standard deviation of the logarithm. */
function shape(values: Given): { location: number; spread: number } {
  const { p50, mean, cv } = values
  const [name, share] = tails.find(([tail]) => values[tail] !== undefined) ?? ['p50', 0.5]
  if (cv !== undefined) {
    const variance = ln(1 + cv * cv)
    return { location: ln(mean as number) - variance / 2, spread: Math.sqrt(variance) }
  }
  if (p50 === undefined) return ofMeanAndTail(mean as number, values[name] as number, normalQuantile(share))
  if (mean !== undefined) return { location: ln(p50), spread: Math.sqrt(2 * ln(mean / p50)) }
  return { location: ln(p50), spread: ln((values[name] as number) / p50) / normalQuantile(share) }
}

/**
 * The logarithm of the tail is `location + quantile * spread`, that of the mean `location + spread ** 2 / 2`. Of the two
 * spreads that solve both, the smaller: the other has its mean beyond the percentile for the most part.
 */
function ofMeanAndTail(mean: number, tail: number, quantile: number): { location: number; spread: number } {
  const spread = quantile - Math.sqrt(quantile * quantile - 2 * ln(tail / mean))
  return { location: ln(mean) - (spread * spread) / 2, spread }
}

function problem(values: Given): string | undefined {
  const { p50, mean, cv } = values
  const given = tails.filter(([tail]) => values[tail] !== undefined)
  const names = [
    ...(['p50', 'mean', 'cv'] as const).filter((name) => values[name] !== undefined),
    ...given.map(([name]) => name),
  ]
  if (names.length > 2) return `two numbers define a log-normal distribution, not ${names.length}: ${names.join(', ')}`
  if (cv !== undefined && mean === undefined) return '`cv` needs a `mean`'
  if (p50 === undefined && mean === undefined) return 'p50 or mean is missing'
  if (names.length < 2) return `a second number is missing: ${names[0]} alone defines no distribution`
  if (p50 !== undefined && mean !== undefined) return mean >= p50 ? undefined : 'mean is below p50'
  const [tail] = given
  return tail === undefined ? undefined : outOfReach(tail, values[tail[0]] as number, values)
}

/** Why no distribution has this percentile beside its median or mean. */
function outOfReach([name, share]: (typeof tails)[number], tail: number, { p50, mean }: Given): string | undefined {
  if (p50 !== undefined) return tail >= p50 ? undefined : `${name} is below p50`
  if (mean === undefined) return undefined
  const quantile = normalQuantile(share)
  const most = exp((quantile * quantile) / 2)
  if (tail < mean) return `${name} is below mean`
  return tail <= most * mean
    ? undefined
    : `${name} is more than ${most.toPrecision(3)} times mean: no log-normal has both`
}

export const logNormal = defineDistribution({
  name: 'log-normal',
  title: 'Log-normal',
  summary: 'The logarithm is normal: a typical value, and a tail of multiples of it.',
  source: 'N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, vol. 1, Wiley, 1994, ch. 14',
  goodFor: 'Latencies and sizes known by two percentiles, or by mean and median.',
  costs: 'Extreme percentiles are an extrapolation from the two numbers that are given.',
  aliases: ['lognormal'],
  insteadOf: {
    normal: 'write two percentiles: `{ p50: 5ms, p99: 9ms }`',
    gaussian: 'write two percentiles: `{ p50: 5ms, p99: 9ms }`',
    gamma: 'write two percentiles: `{ p50: 5ms, p99: 9ms }`, or `erlang`',
    weibull: 'write two percentiles: `{ p50: 5ms, p99: 9ms }`',
  },
  misnomers: {
    stddev: 'write `cv: 0.4`, the standard deviation over the mean',
    sd: 'write `cv: 0.4`, the standard deviation over the mean',
    sigma: 'write `cv: 0.4`, the standard deviation over the mean',
    std: 'write `cv: 0.4`, the standard deviation over the mean',
    median: keeping('5ms', 'write `p50: {given}`'),
    avg: keeping('5ms', 'write `mean: {given}`'),
    average: keeping('5ms', 'write `mean: {given}`'),
    min: 'write `uniform 2ms to 8ms`, or two percentiles',
    max: 'write `uniform 2ms to 8ms`, or two percentiles',
    p999: keeping('9ms', 'write `p99: {given}`'),
  },
  example: { p50: '2ms', p99: '9ms' },
  params: {
    p50: amount({ meaning: 'The median.', optional: true, above: 0 }),
    p90: amount({ meaning: 'Nine draws in ten are below it.', optional: true, above: 0 }),
    p95: amount({ meaning: '95 draws in 100 are below it.', optional: true, above: 0 }),
    p99: amount({ meaning: '99 draws in 100 are below it.', optional: true, above: 0 }),
    mean: amount({ meaning: 'The average of the draws.', optional: true, above: 0 }),
    cv: factor({ meaning: 'Standard deviation over mean.', optional: true }),
  },
  check: problem,
  momentBeyond: (values, order, rarity) => normalCdf(order * shape(values).spread + normalQuantile(rarity)),
  create(values) {
    const { location, spread } = shape(values)
    const median = values.p50 ?? exp(location)
    const mean = values.mean ?? median * exp((spread * spread) / 2)
    const scv = values.cv === undefined ? exp(spread * spread) - 1 : values.cv * values.cv
    return {
      sample: (source) => median * exp(spread * normalQuantile(source.next())),
      // In proportion to its length, a value is log-normal with the logarithm larger by its variance.
      residual: (source) => median * exp(spread * (spread + normalQuantile(source.next()))) * source.next(),
      mean,
      squaredCoefficientOfVariation: scv,
      ...(spread === 0 ? { constant: median } : {}),
    }
  },
})
