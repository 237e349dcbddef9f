import type { Idempotence as Effect } from '../../../calls/repeating.ts'
import type { Definition } from '../../../support/definition.ts'
import type { Params, Values } from '../../../support/params.ts'

/** What doing an endpoint twice does, and how its service makes sure of that. */
export interface Idempotence<P extends Params = Params> extends Definition<P> {
  readonly effect: Effect
  /** How long calls are remembered that were done, ms; 0 where none is. */
  rememberedMs(values: Values<P>): number
}

export function idempotence<P extends Params>(definition: Idempotence<P>): Idempotence<P> {
  return definition
}
