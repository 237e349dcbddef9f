import type { BackOff } from '../../support/back-off.ts'
import type { Definition } from '../../support/definition.ts'
import type { Params, Values } from '../../support/params.ts'

/** How long a caller waits before it tries again. A chooser: it sees no clock and draws no random numbers of its own. */
export interface BackOffPolicy<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): BackOff
}

export function backOff<P extends Params>(policy: BackOffPolicy<P>): BackOffPolicy<P> {
  return policy
}
