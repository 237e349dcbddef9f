import type { Call } from './call.ts'

/**
 * Until when the answer to a visit is waited for, ms; Infinity if no caller has a time-out. Branches of a visit and hedged
 * frames have the deadline of the visit.
 */
export function deadlineOf(asker: Call): number {
  let visit = asker
  while (visit.receiver === null && visit.caller !== null) visit = visit.caller
  return visit.abandoned ? Number.NEGATIVE_INFINITY : visit.deadlineMs
}

/** Whether nobody waits for the answer to a call any more. */
export function isTooLate(call: Call, nowMs: number): boolean {
  return call.abandoned || call.deadlineMs <= nowMs
}
