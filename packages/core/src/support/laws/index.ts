import { registry } from '../registry.ts'
import { constant } from './constant.ts'
import { empirical } from './empirical.ts'
import { erlang } from './erlang.ts'
import { exponential } from './exponential.ts'
import { hyperexponential } from './hyperexponential.ts'
import type { Law } from './law.ts'
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
