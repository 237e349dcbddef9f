import { blockOf, type Outcome, reasonOf } from '../kernel/outcome.ts'

/** Whether an operation is known to have no further effect when it is done again. */
export type Idempotence = 'always' | 'never' | 'by-key'

/** What doing a call once more may lead to, as far as the design tells. */
export interface Repeating {
  /** Whether doing it twice has the same effect as doing it once. */
  readonly isIdempotent: boolean
  /** Indices of the blocks that answer before any work has begun: the callee, and what balancers, links and caches pass it on to. */
  readonly refusers: readonly number[]
}

/**
 * Whether a failure proves that nothing was done: its reason is definite, and it arose before the callee began.
 * @param refusers indices of the blocks at which it arises in that case
 */
export function didNothing(failure: Outcome, refusers: ReadonlySet<number>): boolean {
  return reasonOf(failure)?.definite === true && refusers.has(blockOf(failure))
}
