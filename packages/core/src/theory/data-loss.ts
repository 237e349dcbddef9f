/** Who is repaired at the same time: one disk after the other, or all broken ones at once. */
export type Repair = 'one' | 'all'

/**
 * Mean time until more than `tolerated` of `disks` are broken at once, from all working. Exponential times to failure
 * and to repair; in the unit of the means. From the absorbing Markov chain: the time to go up one level,
 * t(k) = (1 + repair(k) t(k-1)) / failure(k), summed over the levels.
 * Source: K. S. Trivedi, as a birth process with repair; the usual approximation is Patterson, Gibson, Katz, A case for
 * redundant arrays of inexpensive disks, SIGMOD 1988.
 */
export function meanTimeToDataLoss(
  disks: number,
  tolerated: number,
  meanTimeToFailure: number,
  meanTimeToRepair: number,
  repair: Repair = 'one',
): number {
  let step = 0
  let total = 0
  for (let broken = 0; broken <= tolerated; broken += 1) {
    const repairRate = (repair === 'all' ? broken : Math.min(broken, 1)) / meanTimeToRepair
    step = ((1 + repairRate * step) * meanTimeToFailure) / (disks - broken)
    total += step
  }
  return total
}
