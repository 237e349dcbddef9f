import type { BackOff } from '../support/back-off.ts'
import type { Sampler } from '../support/distributions/distribution.ts'
import type { Call, CancelScope, Receiver } from './call.ts'
import type { Hedge, Passage } from './guards.ts'
import type { Outcome } from './outcome.ts'

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
  /** Whether the caller holds a connection to the callee, which its calls use. */
  readonly isConnected?: boolean
  /** Whether its calls wait no longer than the caller's own callers. */
  readonly obeysDeadlines?: boolean
  /** Whether the answer may be short where it shows what the caller has already. */
  readonly asksForNews?: boolean
  /** A hash that names this place in the design: draws made for the call are keyed by it. */
  readonly site: number
  /** What happens when the last attempt has ended; `caller.receivedBytes` is the size of its reply. */
  readonly done: (caller: Call, outcome: Outcome) => void
}
