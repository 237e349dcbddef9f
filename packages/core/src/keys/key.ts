import type { Definition } from '../support/definition.ts'
import type { UniformSource } from '../support/distributions/distribution.ts'
import type { Params, Values } from '../support/params.ts'

/** Which of the things stored a request requests: whole numbers from 1, most popular first where popularity differs. */
export interface KeySampler {
  readonly keys: number
  sample(source: UniformSource): number
  /** Share of the requests that request a key; absent where it changes with time or is no smooth function of the key. */
  shareOf?(key: number): number
}

export interface KeyDistribution<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): KeySampler
}

export function keyDistribution<P extends Params>(definition: KeyDistribution<P>): KeyDistribution<P> {
  return definition
}
