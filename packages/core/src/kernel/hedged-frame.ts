import type { Call } from './call.ts'
import type { Calls } from './calls.ts'

/** Marks the frame of attempts that are hedged. */
const hedged = Symbol('hedged attempts')

/** A frame that asks on behalf of the caller: it waits for several attempts, and the first answer is its own. */
export function hedgedFrame(calls: Calls, caller: Call, occurrence: number): Call {
  const frame = calls.makeDistinct(caller, occurrence)
  frame.position = hedged
  frame.sibling = null
  frame.attempt = 0
  frame.wrote = caller.wrote
  return frame
}

export function isHedged({ position }: Call): boolean {
  return position === hedged
}

/** Takes an attempt out of the list of those that a frame waits for. */
export function unlink(frame: Call, call: Call): void {
  if (frame.child === call) frame.child = call.sibling
  else {
    let before = frame.child as Call
    while (before.sibling !== call) before = before.sibling as Call
    before.sibling = call.sibling
  }
  call.sibling = null
}
