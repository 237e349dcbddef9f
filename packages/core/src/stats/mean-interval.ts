import { type Estimate, notEnough, usualConfidence } from './estimate.ts'
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
  return { enough: true, point, low: point - half, high: point + half, confidence, replications }
}

/**
 * The mean of one number per independent replication, with Student's t interval. Needs two replications.
 * Source: A. M. Law, Simulation Modeling and Analysis, ch. 9 (replication/deletion).
 */
export function meanInterval(values: ArrayLike<number>, confidence = usualConfidence): Estimate {
  if (values.length < 2) return notEnough(`${values.length} replications of the 2 needed`, values.length)
  const { mean, error } = meanAndError(values)
  return studentInterval(mean, error, values.length, confidence)
}

/**
 * Sum of `numerators` over sum of `denominators`, one pair per independent replication: the mean per request where
 * replications hold different numbers of requests. The interval is the jackknife's, which allows for the spread of both
 * sums and for most of the bias of their quotient. Needs two replications and a denominator above zero without any one
 * of them.
 * Source: R. G. Miller, The jackknife: a review, Biometrika 61(1), 1974.
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  confidence = usualConfidence,
): Estimate {
  const n = denominators.length
  if (n < 2) return notEnough(`${n} replications of the 2 needed`, n)
  let above = 0
  let below = 0
  for (let i = 0; i < n; i += 1) {
    above += numerators[i] as number
    below += denominators[i] as number
  }
  const pseudo = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    const without = below - (denominators[i] as number)
    if (!(without > 0)) return notEnough('fewer than two replications observed anything', n)
    pseudo[i] = (n * above) / below - ((n - 1) * (above - (numerators[i] as number))) / without
  }
  const { error } = meanAndError(pseudo)
  return studentInterval(above / below, error, n, confidence)
}
