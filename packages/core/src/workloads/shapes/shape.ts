import type { Definition } from '../../support/definition.ts'
import type { Params, Values } from '../../support/params.ts'

/** A factor on the rate over time: straight lines between corners; constant before the first and after the last. */
export interface Profile {
  /** Ascending; two corners at the same moment make a jump. */
  readonly timesMs: readonly number[]
  readonly factors: readonly number[]
  /** After this long everything begins again. */
  readonly periodMs?: number
}

/** How the rate of an open loop changes with time. */
export interface Shape<P extends Params = Params> extends Definition<P> {
  profile(values: Values<P>): Profile
  /** Moments worth telling apart in the answer: where a phase begins. */
  moments(values: Values<P>): readonly { readonly atMs: number; readonly label: string; readonly sinceMs?: number }[]
}

export function shape<P extends Params>(definition: Shape<P>): Shape<P> {
  return definition
}
