import { invariant } from '../invariant.ts'
import { oncePer } from '../once-per.ts'
import type { ChosenDistribution, Sampler } from './distribution.ts'

const atClocks = oncePer((_chosen: ChosenDistribution) => new Map<number, ChosenDistribution>())

/**
 * Returns the time that a distribution of cycles takes at this clock, Hz; any other distribution is returned as it is. The
 * same object for the same distribution and clock, as distributions are told apart by their identity.
 */
export function atClock(chosen: ChosenDistribution, clockHz: number | undefined): ChosenDistribution {
  if (chosen.unit !== 'cycles' || clockHz === undefined) return chosen
  const known = atClocks(chosen)
  const timed = known.get(clockHz) ?? { ...chosen, clockHz }
  known.set(clockHz, timed)
  return timed
}

/** Draws ms from a sampler of cycles. */
export function inMs(cycles: Sampler, clockHz: number | undefined): Sampler {
  invariant(clockHz !== undefined, 'cycles were drawn without a clock')
  const ms = (count: number) => (count * 1000) / clockHz
  return {
    sample: (source) => ms(cycles.sample(source)),
    residual: (source) => ms(cycles.residual(source)),
    mean: ms(cycles.mean),
    squaredCoefficientOfVariation: cycles.squaredCoefficientOfVariation,
    ...(cycles.constant === undefined ? {} : { constant: ms(cycles.constant) }),
  }
}
