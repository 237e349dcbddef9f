import type { Sampler } from '../support/distributions/distribution.ts'
import type { Call, CancelScope, Receiver } from './call.ts'
import type { Hedge, Passage } from './guards.ts'
import type { Outcome } from './outcome.ts'

/** How long to wait before the next attempt. */
export interface BackOff {
  /**
   * Delay before attempt `attempt` (from 2), in ms.
   * @param uniform in (0, 1), belongs to this attempt alone
   * @param previousMs the delay before the attempt before, if it `isChained`; 0 before the second attempt
   */
  delayMs(attempt: number, uniform: number, previousMs: number): number
  /** Whether each delay depends on the one before. */
  readonly isChained?: true
}

export interface CallSiteOptions {
  readonly to: Receiver
  readonly operation: number
  readonly instance: number
  /** Infinity for none. */
  readonly timeoutMs: number
  readonly cancels: CancelScope
  /** How long a call stays in a queue before it leaves; null forever. */
  readonly patience: Sampler | null
  /** Attempts in all, the first included. */
  readonly attempts: number
  readonly backOff: BackOff
  /** Whether another attempt after a failure can do no harm; null where all failures may be followed by one. */
  readonly isSafeAfter?: ((failure: Outcome) => boolean) | null
  /** Whether a back-off waits at least as long as the callee asks. */
  readonly obeysRetryAfter?: boolean
  /** What the calling instance keeps of the callee; null where nothing guards the calls. */
  readonly passageOf?: ((caller: Call) => Passage) | null
  /** Null where each attempt waits for the end of the one before. */
  readonly hedge?: Hedge | null
  /** The key to request, the same at every attempt; null requests the request's own. */
  readonly key: ((caller: Call) => number) | null
  /** Index of the calling block: where a time-out arises. */
  readonly block: number
  /** Whether its calls wait no longer than the caller's own callers. */
  readonly obeysDeadlines?: boolean
  /** Whether the answer may be short where it shows what the caller has already. */
  readonly asksForNews?: boolean
  /** A hash that names this place in the design: draws made for the call are keyed by it. */
  readonly site: number
  /** What happens when the last attempt has ended; `caller.receivedBytes` is the size of its reply. */
  readonly done: (caller: Call, outcome: Outcome) => void
}
