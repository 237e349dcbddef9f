import type { Definition } from '../../support/definition.ts'
import type { UniformSource } from '../../support/distributions/distribution.ts'
import type { Params, Values } from '../../support/params.ts'

/** Gaps between arrivals at rate 1; the source stretches them to the rate of the moment. */
export interface Gaps {
  /** The next gap, in units of the mean gap. */
  next(source: UniformSource): number
}

/** How requests of an open loop follow one another. */
export interface Arrival<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): Gaps
}

export function arrival<P extends Params>(definition: Arrival<P>): Arrival<P> {
  return definition
}
