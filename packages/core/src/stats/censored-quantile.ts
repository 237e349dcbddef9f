import { type Estimate, insufficientData, usualConfidence } from './estimate.ts'
import type { LatencyHistogram } from './histogram.ts'
import { merged, quantileInterval } from './quantile-interval.ts'

/**
 * The quantile of latencies of which some were still open when the run ended. Nothing is assumed of these but that each
 * takes at least its age: the run may have ended while they became slower and slower, so that those that were answered
 * tell nothing of them. The quantile lies between the one in which every open observation ends at its age and the one in
 * which none of them ever ends; the interval reaches from the lower end of the first to the upper end of the second.
 * Where the second falls among what is open, only a lower bound is known: `InsufficientData` with `atLeast`.
 *
 * Source: the worst-case bounds of C. F. Manski, Partial Identification of Probability Distributions, Springer, 2003,
 * ch. 1. The estimator of Kaplan and Meier needs censoring that is independent of the latency, which a backlog is not.
 */
export function censoredQuantileInterval(
  replications: readonly LatencyHistogram[],
  q: number,
  confidence = usualConfidence,
): Estimate {
  const fastest = quantileInterval(replications, q, confidence)
  const isOpen = replications.some(({ open }) => open > 0)
  if (!isOpen || !fastest.sufficient || fastest.point === Infinity) return fastest
  const all = merged(replications)
  if (!isKnown(all, q)) return insufficientData(openSaid(all), replications.length, { atLeast: fastest.low })
  const slowest = quantileInterval(
    replications.map((one) => one.ifNeverAnswered()),
    q,
    confidence,
  )
  return { ...fastest, high: slowest.sufficient ? Math.max(fastest.high, slowest.high) : Infinity }
}

/** Whether a quantile has a value whatever becomes of the open observations; never answered is a value. */
export function isKnown(all: LatencyHistogram, q: number): boolean {
  return all.open === 0 || all.quantile(q) === Infinity || all.ifNeverAnswered().quantile(q) !== Infinity
}

function openSaid(all: LatencyHistogram): string {
  return noAnswerYet(all.open / all.count)
}

/** `12 % of the requests have no answer yet`. */
export function noAnswerYet(share: number, what = 'requests'): string {
  return `${shortPercent(share)} of the ${what} have no answer yet`
}

/** `12 %`, `0.05 %`. */
export function shortPercent(share: number): string {
  const percent = share * 100
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))} %`
}
