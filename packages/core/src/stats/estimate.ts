/** A number that was estimated, with the interval that contains the truth with the stated confidence. */
export interface Interval {
  readonly sufficient: true
  /** The best single number; in the unit of what was observed. Infinity where a percentile was never answered. */
  readonly point: number
  /** The interval's ends, `low <= point <= high`; -Infinity or Infinity where the data do not bound it. */
  readonly low: number
  readonly high: number
  /** Probability, before the run, that the interval will contain the truth, at least; for example 0.95. */
  readonly confidence: number
  /** Independent replications behind it. */
  readonly replications: number
}

/** Why no interval can be given honestly. */
export interface InsufficientData {
  readonly sufficient: false
  /** A phrase without a full stop that says what is missing, for example `7 of 10 replications`. */
  readonly reason: string
  readonly replications: number
  /** Present where a backlog grows without limit: the number would only say how long the run was. */
  readonly isGrowing?: true
  /** What bounds the number nevertheless, where something does: it is not below this. */
  readonly atLeast?: number
  /** It is not above this. */
  readonly atMost?: number
}

/** What every estimator answers: an interval, or why there is none. Plain data. */
export type Estimate = Interval | InsufficientData

export const usualConfidence = 0.95

/** The estimate that is missing, why, and what bounds it nevertheless. */
export function insufficientData(
  reason: string,
  replications: number,
  bounds: Pick<InsufficientData, 'atLeast' | 'atMost'> = {},
): InsufficientData {
  return { sufficient: false, reason, replications, ...bounds }
}

/** A number known without error. */
export function exactly(point: number, replications: number): Estimate {
  return { sufficient: true, point, low: point, high: point, confidence: 1, replications }
}

/** Between which ends a number lies: those of its interval, or what bounds it where there is none. */
export function endsOf(estimate: Estimate): { readonly low: number; readonly high: number } {
  if (estimate.sufficient) return estimate
  return { low: estimate.atLeast ?? -Infinity, high: estimate.atMost ?? Infinity }
}

/** Half the width of the interval over the size of its point; Infinity where there is none. */
export function relativeHalfWidth(estimate: Estimate): number {
  if (!estimate.sufficient) return Infinity
  const half = (estimate.high - estimate.low) / 2
  if (half === 0) return 0
  return Number.isFinite(half) ? half / Math.abs(estimate.point) : Infinity
}

/** Digits to which a time is known that was found by adding and subtracting moments of a simulated clock. */
const digitsKnown = 8

/** Relative to the number: what is narrower is rounding. */
const smallestWidth = 1e-8

/** A measured number without what rounding alone adds to it: 5.000000000007 ms is 5 ms. */
export function withoutRounding(value: number): number {
  return Number(value.toPrecision(digitsKnown))
}

/** An interval that rounding alone makes wider than a point is one, without rounding. */
export function exactIfPoint(estimate: Estimate): Estimate {
  if (!estimate.sufficient || !(estimate.high - estimate.low <= smallestWidth * Math.abs(estimate.point)))
    return estimate
  const point = withoutRounding(estimate.point)
  return { ...estimate, point, low: point, high: point }
}
