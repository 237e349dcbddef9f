import { exp } from '../support/elementary.ts'
import { type Estimate, exactIfPoint, insufficientData, usualConfidence } from './estimate.ts'
import { type Ends, skewedEnds } from './skewed-interval.ts'
import { studentQuantile } from './student.ts'

/** Mean and standard error of the mean; the sums are added in order. */
export function meanAndError(values: ArrayLike<number>): { mean: number; error: number } {
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i += 1) sum += values[i] as number
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i += 1) {
    const distance = (values[i] as number) - mean
    squares += distance * distance
  }
  return { mean, error: Math.sqrt(squares / (n - 1) / n) }
}

/** The interval of Student's t around a point with this standard error. */
export function studentInterval(point: number, error: number, replications: number, confidence: number): Estimate {
  const half = studentQuantile(0.5 + confidence / 2, replications - 1) * error
  return { sufficient: true, point, low: point - half, high: point + half, confidence, replications }
}

/**
 * The mean of one number per independent replication, with Student's t interval. Needs two replications.
 * Source: A. M. Distribution, Simulation Modeling and Analysis, ch. 9 (replication/deletion).
 */
export function meanInterval(values: ArrayLike<number>, confidence = usualConfidence): Estimate {
  if (values.length < 2) return insufficientData(`${values.length} of 2 replications`, values.length)
  const { mean, error } = meanAndError(values)
  return studentInterval(mean, error, values.length, confidence)
}

/** What a number can be: anything, not below 0, or from 0 to 1. */
export type Range = 'any' | 'non-negative' | 'share'

/** A quotient of sums over replications, and what each of them would have made of it. */
export interface Ratio {
  readonly point: number
  readonly error: number
  /** The jackknife's pseudo-values, one a replication. */
  readonly pseudo: Float64Array
}

/**
 * Sum of `numerators` over sum of `denominators`, one pair per independent replication, by the jackknife, which allows
 * for the spread of both sums and for most of the bias of their quotient; or why there is none.
 * Source: R. G. Miller, The jackknife: a review, Biometrika 61(1), 1974.
 */
export function ratioOf(numerators: ArrayLike<number>, denominators: ArrayLike<number>): Ratio | string {
  const n = denominators.length
  if (n < 2) return `${n} of 2 replications`
  let above = 0
  let below = 0
  for (let i = 0; i < n; i += 1) {
    above += numerators[i] as number
    below += denominators[i] as number
  }
  const pseudo = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    const without = below - (denominators[i] as number)
    if (!(without > 0)) return 'fewer than two replications have observations'
    pseudo[i] = (n * above) / below - ((n - 1) * (above - (numerators[i] as number))) / without
  }
  return { point: above / below, error: meanAndError(pseudo).error, pseudo }
}

/**
 * The mean per request where replications hold different numbers of requests, and every other quotient of sums over
 * replications. The interval does not leave the range of what it estimates. Of a number that is not below 0 it allows for
 * replications that lean to one side, as those of queues do. Needs two replications and a denominator above zero without
 * any one of them.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  confidence = usualConfidence,
  range: Range = 'any',
): Estimate {
  const n = denominators.length
  const ratio = ratioOf(numerators, denominators)
  if (typeof ratio === 'string') return insufficientData(ratio, n)
  const { point, error, pseudo } = ratio
  if (range === 'any') return exactIfPoint(studentInterval(point, error, n, confidence))
  const ends =
    range === 'share'
      ? shareEnds(point, studentQuantile(0.5 + confidence / 2, n - 1) * error)
      : nonNegativeEnds(point, pseudo, confidence)
  return exactIfPoint({ sufficient: true, point, ...ends, confidence, replications: n })
}

/**
 * The ends of the interval of a number that is not below 0, by the jackknife's pseudo-values. The lower end is at the same
 * distance on the scale of logarithms: nearly where it was if that is near, and above 0.
 */
export function nonNegativeEnds(point: number, pseudo: ArrayLike<number>, confidence: number): Ends {
  const { low, high } = skewedEnds(point, meanAndError(pseudo).error, pseudo, confidence)
  return { low: point > 0 ? point * exp((low - point) / point) : 0, high: Math.max(point, high) }
}

/** The same distance to either side on the scale of log odds. */
function shareEnds(point: number, half: number): Ends {
  if (!(point > 0 && point < 1)) return { low: point, high: point }
  const odds = point / (1 - point)
  const factor = exp(Math.min(700, half / (point * (1 - point))))
  const high = odds * factor
  return { low: odds / (odds + factor), high: high === Infinity ? 1 : high / (1 + high) }
}
