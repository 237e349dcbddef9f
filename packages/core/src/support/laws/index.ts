import { registry } from '../registry.ts'
import { constant } from './constant.ts'
import { empirical } from './empirical.ts'
import { erlang } from './erlang.ts'
import { exponential } from './exponential.ts'
import { hyperexponential } from './hyperexponential.ts'
import type { ChosenLaw, Law, Sampler } from './law.ts'
import { lognormal } from './lognormal.ts'
import { pareto } from './pareto.ts'
import { uniform } from './uniform.ts'

/** Every law of chance that a design may use. */
export const laws = registry<Law>('law', [
  constant,
  exponential,
  lognormal,
  erlang,
  hyperexponential,
  pareto,
  uniform,
  empirical,
])

/** The law chosen in a design, ready to draw from. */
export function createSampler(chosen: ChosenLaw): Sampler {
  return laws.get(chosen.name).create(chosen.values)
}
