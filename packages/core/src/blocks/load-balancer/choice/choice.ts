import type { Stream } from '../../../kernel/random.ts'
import type { Definition } from '../../../support/definition.ts'
import type { Params, Values } from '../../../support/params.ts'

/** The targets of a balancer, as a choice sees them. Targets are numbered from 0. */
export interface Targets {
  readonly count: number
  readonly weights: readonly number[]
  /** Calls sent to each target and not yet answered. */
  readonly outstanding: Int32Array
  /** The targets believed healthy, ascending. Never empty when a choice is made. */
  readonly available: readonly number[]
}

/** Picks a target for each call. Sees no clock and no network: time and random numbers are arguments. */
export interface Chooser {
  choose(random: Stream): number
  /** A call was sent to a target; a target answered. `targets.outstanding` already says so. */
  onSent?(target: number): void
  onDone?(target: number, tookMs: number): void
  /** `targets.available` has changed. */
  onTargets?(): void
}

/** How a balancer chooses. */
export interface Choice<P extends Params = Params> extends Definition<P> {
  /** Whether it sends a target of twice the weight twice the calls; the others do not look at weights. */
  readonly weighs?: true
  create(values: Values<P>, targets: Targets): Chooser
}

export function choice<P extends Params>(definition: Choice<P>): Choice<P> {
  return definition
}
