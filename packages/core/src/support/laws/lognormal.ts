import { exp, ln } from '../elementary.ts'
import { normalCdf, normalQuantile } from '../normal.ts'
import { amount, factor } from '../params.ts'
import { defineLaw } from './law.ts'

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
  if (p50 !== undefined) {
    const [name, share] = tails.find(([tail]) => values[tail] !== undefined) ?? ['p50', 0.75]
    const spread = ln((values[name] as number) / p50) / normalQuantile(share)
    return { location: ln(p50), spread }
  }
  const squared = (cv ?? 0) * (cv ?? 0)
  const variance = ln(1 + squared)
  return { location: ln(mean as number) - variance / 2, spread: Math.sqrt(variance) }
}

function problem(values: Given): string | undefined {
  const { p50, mean, cv } = values
  const given = tails.filter(([tail]) => values[tail] !== undefined)
  const [tail] = given
  if (mean !== undefined || cv !== undefined) {
    if (p50 !== undefined || tail !== undefined) return 'give either percentiles or mean and cv, not both'
    if (mean === undefined || cv === undefined) return 'mean and cv are needed together'
    return undefined
  }
  if (p50 === undefined) return 'p50 is missing'
  if (tail === undefined) return 'a second percentile is missing: p90, p95 or p99'
  if (given.length > 1)
    return `p50 and one more percentile fix the law; ${given.map(([name]) => name).join(' and ')} are too many`
  return (values[tail[0]] as number) >= p50 ? undefined : `${tail[0]} is below p50`
}

export const lognormal = defineLaw({
  name: 'lognormal',
  title: 'Log-normal',
  summary: 'The logarithm is normal: a typical value, and a tail of multiples of it.',
  source: 'N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, vol. 1, Wiley, 1994, ch. 14',
  goodFor: 'Latencies and sizes known by two percentiles.',
  costs: 'Extreme percentiles are an extrapolation from the two that are given.',
  aliases: ['log-normal'],
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
