import type { BackOff } from '../../support/back-off.ts'
import type { Definition } from '../../support/definition.ts'
import type { Params, Values } from '../../support/params.ts'

/** A worked example: the pauses before the second, third and further attempts if the same number is drawn before each. */
export interface PauseExample {
  /** Parameters that differ from their defaults; durations in ms. */
  readonly values?: Readonly<Record<string, unknown>>
  /** A uniform number in (0, 1). */
  readonly draw: number
  readonly pausesMs: readonly number[]
  readonly because: string
}

/** How long a caller waits before it tries again. A chooser: it sees no clock and draws no random numbers of its own. */
export interface BackOffPolicy<P extends Params = Params> extends Definition<P> {
  /** Hand calculations; the contract suite runs them. With a parameter `max`, one reaches it. */
  readonly examples: readonly PauseExample[]
  create(values: Values<P>): BackOff
}

export function backOff<P extends Params>(policy: BackOffPolicy<P>): BackOffPolicy<P> {
  return policy
}
