import type { Reason } from '../kernel/outcome.ts'

/** What is counted of the guarded calls from one block to another, apart from the reasons for which they are refused. */
export type CallCount =
  | 'attempts'
  | 'refused'
  | 'breaker ms'
  | 'open breaker ms'
  | 'retries wanted'
  | 'retries refused'
  | 'connections given'
  | 'connections waited for'
  | 'connection wait ms'

/** Name of such a counter among those of the calling block. */
export function callCounter(what: CallCount, callee: string): string {
  return `${what}: calls to ${callee}`
}

/** Name of the counter of calls that guards refused for a reason. */
export function refusedCounter(reason: Reason, callee: string): string {
  return `refused as ${reason.name}: calls to ${callee}`
}
