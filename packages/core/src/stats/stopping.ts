import { type Estimate, relativeHalfWidth } from './estimate.ts'

/**
 * When a run to a precision ends: the rule, and why it is as it is. It is held to its word by the coverage study
 * (`coverage.slow.ts`): 1,000 runs, each stopped by this rule, on queues whose answers are known.
 */

/** Replications of the first round: below this, Student's t is itself uncertain and the first look stops too early. */
export const firstRound = 20

/**
 * The confidence with which intervals are computed that are to be called 95 %. A run that ends when its interval looks
 * narrow ends more often when chance has made it narrow, and the means of queues lean to the right; both cost coverage:
 * on M/M/1 at 80 %, 93.4 and 94.3 % (1,000 and 600 runs) where 95 % was computed. One and a half points more give it
 * back. Chosen before the study was made, which then held on its own seeds and on fresh ones. Terminating runs of few
 * replications lean in the same way, and are computed with it too (`terminating.slow.ts`).
 */
export const computedConfidence = 0.965

/** A p99 may be this many times as wide, relatively, as the mean: it needs about six times as many observations. */
export const quantileAllowance = 2.5

/** What a look at the end of a round decides. */
export interface Look {
  readonly done: boolean
  /** Replications in all after the next round, if there is one. */
  readonly next: number
}

/**
 * Whether the replications so far are enough. Looks come only at the end of whole rounds, and each round doubles the
 * number of replications: few looks mean few chances to stop by luck (and a result that does not depend on the number
 * of threads). Replications keep their length: more of them is what narrows an interval honestly.
 *
 * @param mean the mean, and @param quantiles the percentiles that are promised, all at `computedConfidence`
 * @param target relative half-width of the mean, for example 0.02
 */
export function look(mean: Estimate, quantiles: readonly Estimate[], target: number): Look {
  const replications = Math.max(mean.replications, firstRound / 2)
  const done =
    mean.replications >= firstRound &&
    relativeHalfWidth(mean) <= target &&
    quantiles.every((quantile) => relativeHalfWidth(quantile) <= quantileAllowance * target)
  return { done, next: 2 * replications }
}

/**
 * Relaxation times that a replication has to hold. With fewer, the start shows in every mean, and means of so few states
 * are more skewed than Student's t assumes: at ten, M/M/100 at 99 % held the mean in 82 % of runs.
 */
const relaxationsNeeded = 20
/** Relaxation times for which a replication is planned: their length is an estimate. */
const relaxationsPlanned = 32
/** A pilot that holds fewer relaxation times does not show how long they are. */
export const relaxationsOfPilot = 5
/** Relaxation times left out at least: a twentieth of the start is left after three, and less of it in the mean. */
const relaxationsLeftOut = 3

/**
 * How many times as long the measured part of replications has to be that hold so many relaxation times; 1 if it suffices.
 * What is found is off by about the error of a variance over replications: too few by no more than that counts as enough,
 * since to begin anew costs all that was done.
 */
export function lengthening(held: number, replications: number): number {
  const error = Math.sqrt(2 / (replications - 1))
  return held * (1 + error) >= relaxationsNeeded ? 1 : Math.min(8, relaxationsPlanned / Math.max(1, held))
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
 * warm-up as found and 95.1 % with twice that: a hint of 1.5 standard errors, and a cheap precaution. A pilot whose warm-up reaches into its second half has to be repeated at twice its length.
 * It is longer where the relaxation time, in steps too, asks for that.
 */
export function replicationAfter(pilotLength: number, cut: number, relaxation: number): Replication {
  const leftOut = Math.max(2 * cut, relaxationsLeftOut * relaxation)
  const measured = relaxationsPlanned * relaxation
  return { leftOut, length: Math.max(pilotLength, 10 * 2 * cut, leftOut + measured) }
}
