import { type Estimate, notEnough, usualConfidence } from './estimate.ts'
import { LatencyHistogram } from './histogram.ts'
import { ratioInterval } from './mean-interval.ts'

/** Fewer independent replications do not show how much they differ. */
export const replicationsForQuantile = 10
/** Fewer observations beyond a quantile do not show where it lies. */
export const observationsBeyondQuantile = 100

/** All replications in one histogram. */
export function merged(replications: readonly LatencyHistogram[]): LatencyHistogram {
  const all = new LatencyHistogram()
  for (const one of replications) all.add(one)
  return all
}

/**
 * The latency, ms, that a share `q` of all requests stays below, from one histogram per independent replication. The
 * point is the quantile of all observations together. How certain it is follows from how much the replications differ
 * in their share of observations beyond that point: the interval of this share (a ratio over replications, so requests
 * of one replication may depend on each other) is read back through the distribution of all observations. Unanswered
 * observations count as slower than everything: an end that falls among them is Infinity. It reaches at least over the
 * bucket of the quantile, which tells no more: an atom of the distribution may lie anywhere in it.
 *
 * Needs 10 replications, 100 observations beyond the quantile, and replications enough that the share beyond differs
 * from none.
 *
 * Source: R. S. Woodruff, Confidence intervals for medians and other position measures, Journal of the American
 * Statistical Association 47, 1952. Chosen over sectioning and batching, which take their spread from the quantiles of
 * single replications and are misled where those are short. In trials of 200 to 1,000 runs on M/M/1 at 80 and 90 % with
 * replications of 1,000 and 5,000 customers, a nominal 95 % interval held the true p99 in 58 to 88 % (sectioning), 0 to
 * 77 % (batching) and 90 to 94 % (this one); at 50 % load sectioning is as good.
 */
export function quantileInterval(
  replications: readonly LatencyHistogram[],
  q: number,
  confidence = usualConfidence,
): Estimate {
  const all = merged(replications)
  const n = replications.length
  if (n < replicationsForQuantile) return notEnough(`${n} replications of the ${replicationsForQuantile} needed`, n)
  const beyond = Math.floor(all.count * (1 - q) + 1e-9)
  if (beyond < observationsBeyondQuantile)
    return notEnough(`${beyond} observations beyond it of the ${observationsBeyondQuantile} needed`, n)
  const half = shareHalfWidth(replications, all.threshold(q), confidence)
  if (!(half < 1 - q)) return notEnough('the observations beyond it come from too few replications', n)
  const { from, to } = all.bounds(q)
  const low = Math.min(from, all.quantile(Math.max(0, q - half)))
  const high = Math.max(to, all.quantile(q + half))
  return { enough: true, point: all.quantile(q), low, high, confidence, replications: n }
}

/** Half the width of the interval of the share of observations beyond a threshold, ms; NaN where there is none. */
export function shareHalfWidth(
  replications: readonly LatencyHistogram[],
  threshold: number,
  confidence: number,
): number {
  const beyond = replications.map((one) => one.countAbove(threshold))
  const counts = replications.map((one) => one.count)
  const share = ratioInterval(beyond, counts, confidence)
  return share.enough ? (share.high - share.low) / 2 : NaN
}
