import type { Call } from './call.ts'
import type { Passage } from './guards.ts'
import type { Holding } from './holding.ts'
import type { Outcome } from './outcome.ts'
import type { Trail } from './trail.ts'

/**
 * The fields of a call that few calls use. Blocks read and write them as fields of `Call`. A call gets extras of its own
 * when one of them is first set to another value than the one here, and keeps them through its later lives. A call
 * without extras is a sixth smaller, and with a million calls in flight its size decides what a request costs.
 */
export class Extras {
  /** The session of its request, from 1; 0 where there are none. */
  session = 0
  /** The next of the parallel branches of its caller. */
  sibling: Call | null = null
  /** How a branch, or the call made for it, failed; 0 if none did. */
  failure: Outcome = 0
  /** Of parallel branches, how many must still succeed; 0 or less if all are waited for, or enough have. */
  needed = 0
  /** Identifies the call in a trace. */
  span = 0
  /** Identifies the call that made it in a trace. */
  callerSpan = 0
  /** Of a request: whether a lost message has made an answer impossible. */
  lost = false
  /** Whether it was lost on its way, while its caller still waits for the time-out. */
  vanished = false

  /** The way on which it goes from its caller to its block, while that is to be notified of its end; null for one without guards. */
  passage: Passage | null = null
  /** What it holds there, and what its breaker gave it. */
  holds = 0
  ticket = -1
  /** Until when its caller waits, ms; Infinity if that is not known. */
  deadlineMs = Number.POSITIVE_INFINITY

  /** Of a failure: when its callee asks to be called again, ms on the clock; 0 if it does not say. */
  retryAtMs = 0
  /** What all attempts of a call, and of those above it, have in common: a hash of the places from which they are made. */
  identity = 0
  /** What a visit holds until it ends, the last first; null where it holds nothing. */
  holding: Holding | null = null

  /** The request on whose behalf it is made, with all that it set off; null where nobody asks until when that is done. */
  trail: Trail | null = null
  /** Of a message that was acknowledged: its trail waits for it. */
  goesOn = false
  /** Of a message that was acknowledged: the acknowledgement has not reached its caller, or never will. */
  acknowledging: 'no' | 'under way' | 'lost' = 'no'
  /** When it reaches the caller. */
  acknowledgedAtMs = 0

  /** Resets what the next life of the call must not find. */
  forget(): void {
    this.lost = false
    this.trail = null
    this.goesOn = false
    this.acknowledging = 'no'
    this.passage = null
    this.holds = 0
    this.ticket = -1
    this.deadlineMs = Number.POSITIVE_INFINITY
    this.retryAtMs = 0
    this.identity = 0
    this.holding = null
  }
}

/** Shared by all calls without extras of their own, and never written: reads need no test. */
export const noExtras = new Extras()
