import { registry } from '../registry.ts'
import { constant } from './constant.ts'
import { inMs } from './cycles.ts'
import type { ChosenDistribution, Distribution, Sampler } from './distribution.ts'
import { empirical } from './empirical.ts'
import { erlang } from './erlang.ts'
import { exponential } from './exponential.ts'
import { hyperexponential } from './hyperexponential.ts'
import { logNormal } from './log-normal.ts'
import { pareto } from './pareto.ts'
import { uniform } from './uniform.ts'

/** Every distribution that a design may use. */
export const distributions = registry<Distribution>('distribution', [
  constant,
  exponential,
  logNormal,
  erlang,
  hyperexponential,
  pareto,
  uniform,
  empirical,
])

/** The distribution chosen in a design, ready to draw from; one in cycles draws ms at its clock. */
export function createSampler(chosen: ChosenDistribution): Sampler {
  const sampler = distributions.get(chosen.name).create(chosen.values)
  return chosen.unit === undefined ? sampler : inMs(sampler, chosen.clockHz)
}
