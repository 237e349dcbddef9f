import type { Definition } from '../../../support/definition.ts'
import type { Params, Values } from '../../../support/params.ts'

/** The targets of a balancer, as a choice sees them. Targets are numbered from 0. */
export interface Targets {
  readonly count: number
  readonly weights: readonly number[]
  /** Calls sent to each target and not yet answered. */
  readonly outstanding: Int32Array
  /** The targets that may be chosen, ascending. Never empty when a choice is made. */
  readonly available: readonly number[]
  /** Tells the layout of these targets from that of others; alike in all balancers with the same targets. */
  readonly salt: number
}

/** What a choice may know of a call. A chooser must not keep it: the next call may come in the same object. */
export interface CallInfo {
  readonly key: number
  /** The session of its request, from 1; 0 if its source has none. */
  readonly session: number
  /** The address from which its request came: one for each session, or one for a source without sessions. */
  readonly client: number
  /** From 0, the most urgent, to 9. */
  readonly priority: number
}

/** How a call ended. A chooser must not keep it: the next result may come in the same object. */
export interface CallResult {
  readonly ok: boolean
  /** Whether a call that failed certainly changed nothing. */
  readonly definite: boolean
  /** From when it was sent, ms. */
  readonly tookMs: number
}

/** Random numbers for a choice. */
export interface RandomNumbers {
  /** A uniform number in (0, 1). */
  next(): number
  /** A whole number from 0 up to but not including `count`. */
  below(count: number): number
}

/** Picks a target for each call. Sees no clock and no network: the call, the time and random numbers are arguments. */
export interface Chooser {
  choose(call: CallInfo, nowMs: number, random: RandomNumbers): number
  /** A call was sent to a target, or ended there. `targets.outstanding` already includes the change. */
  onSent?(target: number, nowMs: number): void
  onDone?(target: number, result: CallResult, nowMs: number): void
  /** `targets.available` has changed; it is not empty. */
  onTargets?(available: readonly number[]): void
}

/** How a balancer chooses. */
export interface Choice<P extends Params = Params> extends Definition<P> {
  /** Whether it sends a target of twice the weight twice the calls; the others do not look at weights. */
  readonly weighs?: true
  /** What it chooses by: calls that all have the same go to one target. */
  readonly asks?: 'client' | 'key'
  create(values: Values<P>, targets: Targets): Chooser
}

export function choice<P extends Params>(definition: Choice<P>): Choice<P> {
  return definition
}
