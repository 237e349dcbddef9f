import { exp } from '../support/elementary.ts'

/**
 * Relaxation times that a replication holds, from the variance of a level and that of its mean over replications.
 * Levels that forget quickly average out within a replication; where replications still differ in their means as single
 * moments do, each holds one state of the system and not its steady state. `series[r][i]` is the level of replication r
 * at step i, steps evenly spaced; those before `from` are left out. Infinity where the level or its mean never differs.
 *
 * The relaxation time meant here is the integral of the autocorrelation from 0 on, as if that fell exponentially; 0 where a
 * replication shows a single state.
 * Source: A. M. Distribution, Simulation Modeling and Analysis, ch. 4.4 and 9.5.
 */
export function relaxationsHeld(series: readonly ArrayLike<number>[], from: number): number {
  const means = series.map((one) => {
    let sum = 0
    for (let i = from; i < one.length; i += 1) sum += one[i] as number
    return sum / (one.length - from)
  })
  const mean = means.reduce((sum, one) => sum + one, 0) / means.length
  let within = 0
  let values = 0
  for (const one of series) {
    for (let i = from; i < one.length; i += 1) within += ((one[i] as number) - mean) ** 2
    values += one.length - from
  }
  const between = means.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return between > 0 ? relaxationsFor((between / (means.length - 1)) * ((values - 1) / within)) : Infinity
}

/** Steps of the bisection, for all digits of a double. */
const halvings = 60

/**
 * For so many relaxation times x the variance of a mean is this share of that of the level: 2 (1 − (1 − e^−x) / x) / x. The first
 * term alone, 2 / x, would make of three relaxation times four.
 */
function relaxationsFor(share: number): number {
  let [low, high] = [0, 2 / share]
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2
    if ((2 * (1 - (1 - exp(-middle)) / middle)) / middle > share) low = middle
    else high = middle
  }
  return low
}
