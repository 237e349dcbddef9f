import { type Estimate, insufficientData, usualConfidence } from './estimate.ts'
import { meanAndError, nonNegativeEnds, studentInterval } from './mean-interval.ts'

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
 * random numbers are paired in this way. The interval of a number that is not below 0 stays above it. Needs two replications.
 *
 * Source: J. Shao, C. F. J. Wu, A general theory for jackknife variance estimation, Annals of Statistics 17(3), 1989.
 */
export function jackknife(
  point: number,
  without: readonly number[],
  replications: number,
  confidence = usualConfidence,
  range: 'any' | 'non-negative' = 'any',
): Estimate {
  const groups = without.length
  if (groups < 2) return insufficientData(`${replications} of 2 replications`, replications)
  if (![point, ...without].every(Number.isFinite))
    return insufficientData('too few replications have observations', replications)
  const pseudo = without.map((one) => groups * point - (groups - 1) * one)
  if (range === 'non-negative')
    return { sufficient: true, point, ...nonNegativeEnds(point, pseudo, confidence), confidence, replications }
  return { ...studentInterval(point, meanAndError(pseudo).error, groups, confidence), replications }
}
