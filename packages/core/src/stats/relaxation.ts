/**
 * Relaxation times that a replication holds: 2 × the variance of a level ÷ the variance of its mean over replications.
 * Levels that forget quickly average out within a replication; where replications still differ in their means as single
 * moments do, each holds one state of the system and not its steady state. `series[r][i]` is the level of replication r
 * at step i, steps evenly spaced; those before `from` are left out. Infinity where the level or its mean never differs.
 *
 * The relaxation time meant here is the integral of the autocorrelation from 0 on: the variance of a mean over a time T
 * is then 2 × variance × relaxation ÷ T.
 * Source: A. M. Law, Simulation Modeling and Analysis, ch. 4.4 and 9.5.
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
  return between > 0 ? ((2 * within) / (values - 1)) * ((means.length - 1) / between) : Infinity
}
