import { censoredQuantileInterval, shortPercent } from './censored-quantile.ts'
import { type Estimate, insufficientData, usualConfidence } from './estimate.ts'
import type { LatencyHistogram } from './histogram.ts'
import { meanAndError, studentInterval } from './mean-interval.ts'
import { merged, quantileEnds, shareHalfWidth } from './quantile-interval.ts'

/** How the second of two designs compares with the first. */
export type Ordering = 'lower' | 'higher' | 'not significant'

export interface Difference {
  /** The second minus the first. */
  readonly difference: Estimate
  readonly verdict: Ordering
}

/** What an interval of a difference allows one to say. */
export function orderingOf(difference: Estimate): Ordering {
  if (!difference.sufficient || !(difference.low > 0 || difference.high < 0)) return 'not significant'
  return difference.low > 0 ? 'higher' : 'lower'
}

/**
 * Quotient of sums of second minus that of first, over paired replications: the mean per request where replications
 * hold different numbers of requests. `first…[i]` and `second…[i]` are the same replication of the two designs, which met
 * common random numbers (common random numbers). The jackknife leaves out one pair at a time, so what both have in common cancels.
 * Source: R. G. Miller, The jackknife: a review, Biometrika 61(1), 1974; A. M. Distribution, Simulation Modeling and Analysis, ch. 10.2
 * (pairs).
 */
export function pairedRatioDifference(
  firstAbove: ArrayLike<number>,
  firstBelow: ArrayLike<number>,
  secondAbove: ArrayLike<number>,
  secondBelow: ArrayLike<number>,
  confidence = usualConfidence,
): Difference {
  const pairs = Math.min(firstBelow.length, secondBelow.length)
  const sum = (values: ArrayLike<number>) => {
    let total = 0
    for (let i = 0; i < pairs; i += 1) total += values[i] as number
    return total
  }
  const totals = [sum(firstAbove), sum(firstBelow), sum(secondAbove), sum(secondBelow)] as const
  const point = totals[2] / totals[3] - totals[0] / totals[1]
  const pseudo = new Float64Array(pairs)
  for (let i = 0; i < pairs; i += 1) {
    const second = (totals[2] - (secondAbove[i] as number)) / (totals[3] - (secondBelow[i] as number))
    const first = (totals[0] - (firstAbove[i] as number)) / (totals[1] - (firstBelow[i] as number))
    pseudo[i] = pairs * point - (pairs - 1) * (second - first)
  }
  if (pairs < 2 || !pseudo.every(Number.isFinite)) {
    return {
      difference: insufficientData('fewer than two pairs of replications have observations', pairs),
      verdict: 'not significant',
    }
  }
  const { error } = meanAndError(pseudo)
  const difference = studentInterval(point, error, pairs, confidence)
  return { difference, verdict: orderingOf(difference) }
}

/**
 * Quantile of second minus quantile of first, ms, over paired replications. The point is the difference of the two
 * quantiles of all observations. A replication whose share of observations beyond the quantile is higher by one part in
 * a thousand moves the quantile by that much over the density there; these movements, paired, give the spread.
 * Needs what `quantileInterval` needs, of both; where a quantile falls among the unanswered there is no difference.
 * Source: linearisation of Woodruff's interval (C. E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling,
 * Springer, 1992, ch. 5.11).
 */
export function pairedQuantileDifference(
  first: readonly LatencyHistogram[],
  second: readonly LatencyHistogram[],
  q: number,
  confidence = usualConfidence,
): Difference {
  const pairs = Math.min(first.length, second.length)
  const before = movements(first.slice(0, pairs), q, confidence)
  const after = movements(second.slice(0, pairs), q, confidence)
  const missing = 'missing' in before ? before.missing : 'missing' in after ? after.missing : undefined
  if ('missing' in before || 'missing' in after)
    return { difference: insufficientData(missing ?? '', pairs), verdict: 'not significant' }
  const moved = before.moves.map((move, i) => (after.moves[i] as number) - move)
  const { error } = meanAndError(moved)
  const difference = studentInterval(after.point - before.point, error, pairs, confidence)
  return { difference, verdict: orderingOf(difference) }
}

/** Why a quantile, or the upper end of its interval, has no value: `more than 1 % of the requests have no answer, so p99 is unknown`. */
function unansweredSaid(q: number, point: number): string {
  const [beyond, percentile] = [shortPercent(1 - q), `p${Number((q * 100).toPrecision(6))}`]
  return point === Infinity
    ? `more than ${beyond} of the requests have no answer, so ${percentile} is unknown`
    : `almost ${beyond} of the requests have no answer, so ${percentile} has no upper bound`
}

/** The quantile, and by how much each replication alone would move it, ms. */
function movements(
  replications: readonly LatencyHistogram[],
  q: number,
  confidence: number,
): { point: number; moves: number[] } | { missing: string } {
  const interval = censoredQuantileInterval(replications, q, confidence)
  if (!interval.sufficient) return { missing: interval.reason }
  const { point } = interval
  const all = merged(replications)
  const threshold = all.threshold(q)
  const half = shareHalfWidth(replications, threshold, confidence)
  if (!(half < 1 - q)) return { missing: 'the tail observations come from too few replications' }
  const { low, high } = quantileEnds(all, q, half, half)
  if (high === Infinity) return { missing: unansweredSaid(q, point) }
  const msPerShare = half > 0 ? (high - low) / (2 * half) : 0
  const overall = all.countAbove(threshold) / all.count
  const perReplication = all.count / replications.length
  return {
    point,
    moves: replications.map((one) => ((one.countAbove(threshold) - overall * one.count) / perReplication) * msPerShare),
  }
}
