import type { Call } from './call.ts'
import type { Reason } from './outcome.ts'

/** What an instance keeps of a block that it calls. Every attempt passes it before it is sent, and it is notified of its end. */
export interface Passage {
  /** A call is made here: its first attempt follows. */
  called(): void
  /** Whether a failed call may be made once more; takes what that costs. */
  mayRetry(): boolean
  /**
   * Lets an attempt go on: sooner or later it starts its time-out and departs, or is refused.
   * @returns why it may not go at all; null if it may
   */
  begin(call: Call): Reason | null
  /** Has an attempt leave that still waits here. @returns whether it did */
  unqueue(call: Call): boolean
  /**
   * Notes the end of an attempt, once: with an answer, without one, or because nobody waits for it any more.
   * @param holds what the attempt held here: the attempt itself may be gone
   * @param ticket what `begin` gave it
   */
  ended(holds: number, ticket: number, end: 'ok' | 'failed' | 'withdrawn'): void
}

/** Among what an attempt holds: a connection of its caller's own. It needs none of those that callers share. */
export const ownConnection = 4

/** When a call that has no answer yet is made once more. */
export interface Hedge {
  /** Attempts in all, the first included. */
  readonly attempts: number
  /** After how long, ms; Infinity where that is not known yet. */
  afterMs(caller: Call): number
  /** Notes how long a call took, from its first attempt to its answer. */
  answered(caller: Call, tookMs: number): void
}
