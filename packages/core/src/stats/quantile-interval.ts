import { type Estimate, type Interval, insufficientData, usualConfidence } from './estimate.ts'
import { LatencyHistogram } from './histogram.ts'
import { ratioInterval, ratioOf } from './mean-interval.ts'
import { type Ends, skewedEnds } from './skewed-interval.ts'
import { studentQuantile } from './student.ts'

/** Fewer independent replications do not show how much they differ. */
export const replicationsForQuantile = 10
/** Fewer observations beyond a quantile do not show where it lies. */
export const observationsBeyondQuantile = 100

/** All replications in one histogram, for reading: several percentiles are read from the same one. */
export function merged(replications: readonly LatencyHistogram[]): LatencyHistogram {
  const known = together.get(replications)
  // A round of a run adds replications to the list.
  if (known !== undefined && known.of === replications.length) return known.all
  const all = new LatencyHistogram()
  for (const one of replications) all.add(one)
  together.set(replications, { of: replications.length, all })
  return all
}

/** What was merged, and of how many replications. */
const together = new WeakMap<readonly LatencyHistogram[], { readonly of: number; readonly all: LatencyHistogram }>()

/**
 * Fewer independent observations beyond a quantile, as their number varies over replications, do not bound it from above.
 * On M/M/1 at 90 %, 20 replications of 1,800 requests hold about three beyond the p99: what looks like a bound held it in
 * 54 %.
 */
const independentBeyond = 6

/**
 * The latency, ms, that a share `q` of all requests stays below, from one histogram per independent replication. The
 * point is the quantile of all observations together. How certain it is follows from how much the replications differ
 * in their share of observations beyond that point: the interval of this share (a ratio over replications, so requests
 * of one replication may depend on each other) is read back through the distribution of all observations. The share is
 * as skewed as replications with a rare backlog make it: each end is the further one of Student's t and of Hall's
 * correction. Unanswered observations count as slower than everything: an end that falls among them is Infinity. It
 * reaches at least over the bucket of the quantile, which tells no more: an atom of the distribution may lie anywhere in it.
 *
 * Needs 10 replications and 100 observations beyond the quantile: numbers that do not depend on how slow these are. With
 * fewer beyond, it is the last that has them, if that falls among the unanswered.
 * Where the replications do not tell the share beyond from none, the interval has no upper end; to withhold it would
 * select those in which the slow happen to be missing.
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
  const n = replications.length
  if (n < replicationsForQuantile) return insufficientData(`${n} of ${replicationsForQuantile} replications`, n)
  const all = merged(replications)
  const beyond = Math.floor(all.count * (1 - q) + 1e-9)
  if (beyond < observationsBeyondQuantile) {
    const last = lastQuantile(replications, all.count, confidence)
    if (last?.point === Infinity) return last
    return insufficientData(`${beyond} of ${observationsBeyondQuantile} tail observations`, n)
  }
  const reach = shareReach(replications, all.threshold(q), confidence)
  if (typeof reach === 'string') return insufficientData(reach, n)
  const { less, more } = reach
  return { sufficient: true, point: all.quantile(q), ...quantileEnds(all, q, less, more), confidence, replications: n }
}

/**
 * The last quantile with enough observations beyond it; null if there is none. Where it falls among the unanswered, so do
 * all after it.
 */
function lastQuantile(replications: readonly LatencyHistogram[], count: number, confidence: number): Interval | null {
  if (count <= observationsBeyondQuantile + 1) return null
  const last = quantileInterval(replications, 1 - (observationsBeyondQuantile + 0.5) / count, confidence)
  return last.sufficient ? last : null
}

/** The quantile where a share this much more lies beyond, and where this much less does; without end where none is left. */
export function quantileEnds(all: LatencyHistogram, q: number, less: number, more: number): Ends {
  const { from, to } = all.bounds(q)
  return {
    low: Math.min(from, all.quantile(Math.max(0, q - more))),
    high: less < 1 - q ? Math.max(to, all.quantile(q + less)) : Infinity,
  }
}

/** How far the interval of the share of observations beyond a threshold, ms, reaches below and above that share. */
function shareReach(replications: readonly LatencyHistogram[], threshold: number, confidence: number) {
  const { beyond, counts } = countsBeyond(replications, threshold)
  const ratio = ratioOf(beyond, counts)
  if (typeof ratio === 'string') return ratio
  const { point, error, pseudo } = ratio
  const half = studentQuantile(0.5 + confidence / 2, replications.length - 1) * error
  const { low, high } = skewedEnds(point, error, pseudo, confidence)
  const isBounded = point * point >= independentBeyond * error * error
  return { less: isBounded ? Math.max(half, point - low) : Infinity, more: Math.max(half, high - point) }
}

/** Half the width of Student's interval of the share of observations beyond a threshold, ms; NaN where there is none. */
export function shareHalfWidth(
  replications: readonly LatencyHistogram[],
  threshold: number,
  confidence: number,
): number {
  const { beyond, counts } = countsBeyond(replications, threshold)
  const share = ratioInterval(beyond, counts, confidence)
  return share.sufficient ? (share.high - share.low) / 2 : NaN
}

function countsBeyond(replications: readonly LatencyHistogram[], threshold: number) {
  return {
    beyond: replications.map((one) => one.countAbove(threshold)),
    counts: replications.map((one) => one.count),
  }
}
