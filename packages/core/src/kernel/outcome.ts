import { invariant } from '../support/invariant.ts'

/**
 * How the simulated world fails. `definite` says whether the thing certainly did not happen: retries, time-outs and
 * checkers read that flag. `ledger` is the column of the request ledger in which it is counted.
 */
export interface Reason {
  readonly code: number
  readonly name: string
  readonly meaning: string
  readonly definite: boolean
  readonly ledger: 'rejected' | 'timed-out' | 'lost'
}

const reason = (code: number, name: string, ledger: Reason['ledger'], definite: boolean, meaning: string): Reason => ({
  code,
  name,
  meaning,
  definite,
  ledger,
})

/** Every reason for which a call can fail; `code` is its place in this list, 0 stands for success. */
export const reasons = {
  queueFull: reason(1, 'queue-full', 'rejected', true, 'the wait queue was at its limit: 503, try again later'),
  noHealthyTarget: reason(2, 'no-healthy-target', 'rejected', true, 'the balancer knew of no healthy target'),
  down: reason(3, 'down', 'rejected', true, 'the instance was down: connection refused'),
  crashed: reason(4, 'crashed', 'lost', false, 'the instance crashed or was restarted while it held the call'),
  timedOut: reason(5, 'timed-out', 'timed-out', false, 'no answer within the time-out'),
  lost: reason(6, 'lost', 'lost', false, 'a message was lost on a link and nothing timed out'),
  dropped: reason(7, 'dropped', 'lost', true, 'the oldest message was dropped to make room'),
  cancelled: reason(8, 'cancelled', 'timed-out', false, 'its caller gave up and took it back'),
  failed: reason(9, 'failed', 'lost', false, 'the work itself failed: 500, an exception, a bug'),
  breakerOpen: reason(10, 'breaker-open', 'rejected', true, 'the breaker of the caller was open: nothing was sent'),
  bulkheadFull: reason(
    11,
    'bulkhead-full',
    'rejected',
    true,
    'the caller had as many calls there as its bulkhead allows',
  ),
  poolFull: reason(12, 'pool-full', 'rejected', true, 'as many calls as may waited for a connection of the pool'),
  poolTimedOut: reason(
    13,
    'pool-timed-out',
    'timed-out',
    true,
    'no connection of the pool was free within its time-out',
  ),
  tooManyConnections: reason(
    14,
    'too-many-connections',
    'rejected',
    true,
    'the block had as many connections as it takes, and the pool of the caller had none',
  ),
  rateLimited: reason(15, 'rate-limited', 'rejected', true, 'the call came too early for a rate limit: 429'),
  shed: reason(16, 'shed', 'rejected', true, 'the block shed load so that other calls are answered in time: 503'),
  tooLate: reason(17, 'too-late', 'timed-out', true, 'nobody waited for the answer any more: work did not begin'),
  inProgress: reason(18, 'in-progress', 'rejected', true, 'another attempt of the same call was in work: 409'),
} as const satisfies Record<string, Reason>

/** By code; index 0 is success and has no reason. */
export const reasonByCode: readonly (Reason | undefined)[] = [
  undefined,
  ...Object.values(reasons).sort((a, b) => a.code - b.code),
]

export const reasonCount: number = reasonByCode.length

/** What a reply says: 0 for success, else a reason and the block where it arose. */
export type Outcome = number

export const ok: Outcome = 0

/** Bits of an outcome that hold the code of its reason; the others hold the block. */
const codeBits = 6

/** The outcome "failed for this reason at that block". */
export function failedAt(why: Reason, block: number): Outcome {
  return why.code + (block << codeBits)
}

export function reasonCodeOf(outcome: Outcome): number {
  return outcome & ((1 << codeBits) - 1)
}

export function reasonOf(outcome: Outcome): Reason | undefined {
  return reasonByCode[reasonCodeOf(outcome)]
}

export function blockOf(outcome: Outcome): number {
  return outcome >> codeBits
}

/** What follows "fail because" for each reason; `{block}` stands for where it arose. */
const causes: ReadonlyMap<Reason, string> = new Map<Reason, string>([
  [reasons.queueFull, 'the queue at {block} is full'],
  [reasons.noHealthyTarget, '{block} has no healthy target'],
  [reasons.down, '{block} is down'],
  [reasons.crashed, 'a crash or restart of {block} loses them'],
  [reasons.timedOut, 'of a time-out at {block}'],
  [reasons.lost, 'of a message lost at {block}'],
  [reasons.dropped, '{block} drops them'],
  [reasons.cancelled, 'their caller cancels them at {block}'],
  [reasons.failed, 'work fails at {block}'],
  [reasons.breakerOpen, 'a breaker of {block} is open'],
  [reasons.bulkheadFull, 'a bulkhead of {block} is full'],
  [reasons.poolFull, 'a connection pool of {block} is full'],
  [reasons.tooManyConnections, '{block} may not open another connection'],
  [reasons.rateLimited, 'a rate limit of {block} refuses them'],
  [reasons.shed, '{block} sheds load'],
  [reasons.tooLate, '{block} gets to them too late'],
  [reasons.inProgress, '{block} has another attempt in work'],
  [reasons.poolTimedOut, 'of a time-out at a connection pool of {block}'],
])

/** The cause of a failure, to follow "because": `web is down`. */
export function causeOf(name: string, block: string): string {
  const known = reasonByCode.find((one) => one?.name === name)
  const cause = known === undefined ? undefined : causes.get(known)
  invariant(cause !== undefined, `a failure has no cause: ${name}`)
  return cause.replace('{block}', () => block)
}
