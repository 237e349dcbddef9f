import { type Estimate, relativeHalfWidth, usualConfidence } from './estimate.ts'

/**
 * When a run to a precision ends: the rule, and why it is as it is. It is held to its word by the coverage study
 * (`coverage.slow.ts`): 1,000 runs, each stopped by this rule, on queues whose answers are known.
 */

/** Replications of the first round at least: below this, Student's t is itself uncertain and the first look stops too early. */
export const firstRound = 20

/**
 * The confidence with which intervals are computed that are to be called 95 %. A run that ends when its interval looks
 * narrow ends more often when chance has made it narrow, and the means of queues lean to the right; both cost coverage:
 * on M/M/1 at 80 %, 93.4 and 94.3 % (1,000 and 600 runs) where 95 % was computed. One and a half points more give it
 * back. Chosen before the study was made, which then held on its own seeds and on fresh ones. Terminating runs of few
 * replications lean in the same way, and are computed with it too (`terminating.slow.ts`).
 */
export const computedConfidence = 0.965

/** The estimate with the confidence that its interval holds: what is computed with more, to pay for looks and skew, holds 95 %. */
export function guaranteed(estimate: Estimate): Estimate {
  if (!estimate.sufficient || estimate.confidence !== computedConfidence) return estimate
  return { ...estimate, confidence: usualConfidence }
}

/** A p99 may be this many times as wide, relatively, as the mean: it needs about six times as many observations. */
export const quantileAllowance = 2.5

/** Each round makes at least this many times as many replications of those so far: few looks mean few chances to stop by luck. */
const leastGrowth = 1.25
/** And at most this many times: the width of few replications is itself uncertain. */
const mostGrowth = 4
/** A round aims at an interval a little narrower than asked, or every second one would miss it. */
const aim = 0.97

/** What a look at the end of a round decides. */
export interface Look {
  readonly done: boolean
  /** Replications in all after the next round, if there is one. */
  readonly next: number
}

/**
 * Whether the replications so far are enough, and how many the next round should bring: what the widest interval still
 * needs, if widths shrink with the square root of their number. Looks come only at the end of whole rounds (so that a
 * result does not depend on the number of threads). Replications keep their length: more of them is what narrows an
 * interval honestly.
 *
 * @param mean the mean, or null if its width does not count
 * @param quantiles the percentiles that are promised; they and the mean at `computedConfidence`
 * @param target relative half-width of the mean, for example 0.02
 * @param replications done so far: more than the intervals have observations where these are batches of several
 * @param fewest replications that are enough, if they are precise
 */
export function look(
  mean: Estimate | null,
  quantiles: readonly Estimate[],
  target: number,
  replications = mean?.replications ?? 0,
  fewest = firstRound,
): Look {
  const most = quantileAllowance * target
  const width = Math.max(
    mean === null ? 0 : relativeHalfWidth(mean) / target,
    ...quantiles.map((quantile) => relativeHalfWidth(quantile) / most),
  )
  const done = replications >= fewest && width <= 1
  // Where a width is not known yet, or more is wanted than was requested, twice as many.
  const growth = done || !Number.isFinite(width) ? 2 : growthFor(width)
  return { done, next: Math.max(fewest, Math.ceil(replications * growth)) }
}

/** How many times as many replications make an interval narrow enough that is `width` times as wide as asked. */
export function growthFor(width: number): number {
  return Math.min(mostGrowth, Math.max(leastGrowth, (width / aim) ** 2))
}

/**
 * Relaxation times that a replication has to hold. With fewer, the start shows in every mean, and means of so few states
 * are more skewed than Student's t assumes: at ten, M/M/100 at 99 % held the mean in 82 % of runs.
 */
const relaxationsNeeded = 20
/**
 * For how much a replication is planned, as usual and where the limit of events has no room for that: relaxation times, whose
 * length is an estimate; how many times the warm-up that was found is left out; and how many times that a replication lasts.
 */
const plans = {
  usual: { relaxations: 60, warmUps: 2, timesLeftOut: 10 },
  least: { relaxations: 25, warmUps: 1, timesLeftOut: 4 },
} as const
export type ReplicationSize = keyof typeof plans
/** A pilot that holds fewer relaxation times does not show how long they are. */
export const relaxationsOfPilot = 5
/**
 * Relaxation times left out at least. Near saturation the slowest part of the start decays with twice the relaxation time, since
 * that is an integral over all parts. After ten relaxation times, e⁻⁵ = 1/150 of the slowest part is left.
 */
const relaxationsLeftOut = 10

/**
 * Returns the factor by which to lengthen the measured part of replications that hold `held` relaxation times; 1 if they suffice.
 * The estimate `held` is off by about the error of a variance over replications. A shortage within that error counts as enough,
 * because beginning again discards all replications so far.
 */
export function lengthening(held: number, replications: number, size: ReplicationSize = 'usual'): number {
  const error = Math.sqrt(2 / (replications - 1))
  return held * (1 + error) >= relaxationsNeeded ? 1 : Math.min(8, plans[size].relaxations / Math.max(1, held))
}

/**
 * Calls in all that a first round takes at a single server of this load, about, where arrivals and work are exponential.
 * Their number inside has a relaxation time of 2 / (1 - load)² calls, near saturation.
 * Source: asymptotic variance of M/M/1; W. Whitt, "Planning queueing simulations", Management Science 35(11), 1989.
 */
export function callsToSettle(load: number): number {
  return (firstRound * (relaxationsLeftOut + plans.usual.relaxations) * 2) / (1 - load) ** 2
}

/** What to leave out of a replication, and how long it is in all, in steps of the pilot's series. */
export interface Replication {
  readonly leftOut: number
  readonly length: number
}

/**
 * The replications that follow a pilot (the first round, from an empty start) in which a warm-up of `cut` steps was
 * found. Twice the warm-up is left out, and a replication is ten times as long as what is left out: MSER cuts where the
 * start no longer shows in the noise of the pilot, but what remains of it is the same in every replication, and shows
 * once there are hundreds. On M/M/1 at 90 %, in 1,000 runs on the same seeds, 93.6 % of intervals held the mean with the
 * warm-up as found and 95.1 % with twice that: a hint of 1.5 standard errors, and a cheap precaution. A pilot whose warm-up
 * reaches into its second half has to be repeated at twice its length. A replication is longer where the relaxation time, in steps too, requires it.
 */
export function replicationAfter(
  pilotLength: number,
  cut: number,
  relaxation: number,
  size: ReplicationSize = 'usual',
): Replication {
  const { relaxations, warmUps, timesLeftOut } = plans[size]
  const leftOut = Math.max(warmUps * cut, relaxationsLeftOut * relaxation)
  const measured = relaxations * relaxation
  return { leftOut, length: Math.max(pilotLength, timesLeftOut * warmUps * cut, leftOut + measured) }
}
