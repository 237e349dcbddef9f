import { type Estimate, insufficientData, usualConfidence } from './estimate.ts'
import { meanAndError, studentInterval } from './mean-interval.ts'

/** Groups left out in turn: enough for Student's t to be narrow, few enough that each shows in a percentile. */
export const groupsLeftOut = 20

/** Positions of the replications that are kept when one group after the other is left out. */
export function leavingOut(replications: number): readonly (readonly number[])[] {
  const all = Array.from({ length: replications }, (_, i) => i)
  const groups = Math.min(replications, groupsLeftOut)
  return Array.from({ length: groups }, (_, group) => all.filter((i) => i % groups !== group))
}

/**
 * The interval of the grouped jackknife for any number that can be computed from any of the replications: `point` from
 * all, `without[i]` from those of `leavingOut(replications)[i]`. Because whole groups are left out it also serves
 * percentiles, for which leaving out one observation at a time fails. Differences between designs that run with common
 * random numbers are paired in this way. Needs two replications.
 *
 * Source: J. Shao, C. F. J. Wu, A general theory for jackknife variance estimation, Annals of Statistics 17(3), 1989.
 */
export function jackknife(
  point: number,
  without: readonly number[],
  replications: number,
  confidence = usualConfidence,
): Estimate {
  const groups = without.length
  if (groups < 2) return insufficientData(`${replications} of 2 replications`, replications)
  if (![point, ...without].every(Number.isFinite))
    return insufficientData('too few replications have observations', replications)
  const pseudo = without.map((one) => groups * point - (groups - 1) * one)
  return { ...studentInterval(point, meanAndError(pseudo).error, groups, confidence), replications }
}
