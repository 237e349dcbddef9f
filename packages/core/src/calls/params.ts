import type { Receiver } from '../kernel/call.ts'
import { CallSite } from '../kernel/call-site.ts'
import type { CallSiteOptions } from '../kernel/call-site-options.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { createSampler, distributions } from '../support/distributions/index.ts'
import { keeping, type Misnomers, renamed } from '../support/misnomers.ts'
import {
  choice,
  count,
  distribution,
  duration,
  either,
  percentile,
  policy,
  record,
  share,
  type Values,
} from '../support/params.ts'
import { backOffs } from './back-off/index.ts'
import { type CalleePassages, passagesTo } from './callee-passages.ts'
import { createHedge } from './guards/hedge.ts'
import type { GuardValues } from './guards/params.ts'
import { didNothing, type Repeating } from './repeating.ts'

/** What people write for the fields of a call. */
export const callMisnomers: Misnomers = {
  'retry-count': keeping('3', 'write `retry: {given}`, the first attempt included'),
  'max-retries': keeping('3', 'write `retry: {given}`, the first attempt included'),
  'time-out': renamed('timeout', '1s'),
  ttl: 'write `ttl` at the cache',
  retries: keeping('3', 'write `retry: {given}`, the first attempt included'),
  attempts: keeping('3', 'write `retry: {given}`, the first attempt included'),
  backoff: keeping('exponential', 'write `retry: { attempts: 3, back-off: {given} }`', 'constant {given}'),
  'back-off': keeping('exponential', 'write `retry: { attempts: 3, back-off: {given} }`', 'constant {given}'),
  pool: keeping('10', 'write `pool: {given}` under `calls` of a service'),
  'pool-timeout': renamed('patience', '2s'),
  'connection-timeout': renamed('patience', '2s'),
  'circuit-breaker': 'write `breaker: 10 of 20` under `calls`',
  fallback: 'write `on-failure`',
  'rate-limit': keeping(
    '100/s',
    'write `rate-limit: { type: token-bucket, rate: {given} }` under `calls` of a service',
  ),
}

/** How a call is made, wherever one is: by a client, by a step of a service. */
export const callParams = {
  timeout: duration({ meaning: 'longest wait for an answer, waiting for a connection included', optional: true }),
  cancels: choice({
    meaning: 'what a time-out cancels: nothing, a call that still waits in a queue, or also work in progress',
    formerly: 'gives-up',
    words: ['nothing', 'queued', 'all'],
    default: 'nothing',
  }),
  patience: distribution({
    meaning:
      'how long a call stays in a queue before it leaves: drawn for each call; one whose work has begun is waited for, however long it takes',
    dimension: 'duration',
    family: distributions,
    optional: true,
  }),
  retry: record({
    meaning: 'further attempts after a failure',
    optional: true,
    main: 'attempts',
    misnomers: {
      backoff: keeping('exponential', 'write `back-off: {given}`', 'constant {given}'),
      delay: keeping('100ms', 'write `back-off: constant {given}`'),
      times: keeping('3', 'write `attempts: {given}`, the first attempt included'),
      retries: keeping('3', 'write `attempts: {given}`, the first attempt included'),
      count: keeping('3', 'write `attempts: {given}`, the first attempt included'),
      max: keeping('3', 'write `attempts: {given}`, the first attempt included'),
      'max-attempts': keeping('3', 'write `attempts: {given}`, the first attempt included'),
      limit: keeping('3', 'write `attempts: {given}`, the first attempt included'),
      interval: keeping('100ms', 'write `back-off: constant {given}`'),
      wait: keeping('100ms', 'write `back-off: constant {given}`'),
      jitter: 'write `back-off: { type: exponential, jitter: full }`, or `back-off: decorrelated`',
      timeout: 'write `timeout` beside `retry`: it bounds each attempt',
      on: 'write `failures: safe` or `failures: all`',
      idempotent: 'write `idempotent` at the endpoint that is called, or `failures: all`',
    },
    fields: {
      attempts: count({ meaning: 'attempts in all, the first included', default: 3, min: 1, max: 20 }),
      failures: choice({
        meaning:
          'safe: after a failure that may have done something, a call is repeated only if doing it twice does no harm (`idempotent`); all: after every failure',
        words: ['safe', 'all'],
        default: 'safe',
        source:
          'RFC 9110, section 9.2.2: a client should not repeat a request automatically whose method is not idempotent',
      }),
      'retry-after': choice({
        meaning:
          'obey: the pause lasts at least until the moment that the callee names (`Retry-After`), as a rate limit does that refuses a call; ignore: the back-off alone decides',
        words: ['obey', 'ignore'],
        default: 'obey',
        source: 'RFC 9110, section 10.2.3',
      }),
      'back-off': policy({ meaning: 'pause before the next attempt', family: backOffs, default: 'exponential' }),
      budget: record({
        meaning:
          'retries that an instance may make to the block: a share of its calls there. Said once, under `calls`, or the first call decides',
        optional: true,
        main: 'share',
        fields: {
          share: share({ meaning: 'retries, as a share of the calls', above: 0, max: 1, default: '10%' }),
          burst: count({ meaning: 'retries that may come at once', min: 1, default: 10 }),
        },
      }),
    },
  }),
  hedge: record({
    meaning:
      'makes the call once more when an answer is late; the first answer counts, the other attempts are cancelled',
    optional: true,
    main: 'after',
    fields: {
      after: either({
        meaning:
          'when it is late: after a time, or after a percentile of the last times that the instance has seen here',
        of: [
          duration({ meaning: 'a time', above: 0 }),
          percentile({ meaning: 'a percentile of the last 1,024 times; none is hedged before 64 are known' }),
        ],
      }),
      attempts: count({ meaning: 'attempts in all, the first included', default: 2, min: 2, max: 10 }),
    },
    misnomers: { delay: 'write `after: 10ms`', percentile: 'write `after: p95`', max: 'write `attempts: 2`' },
  }),
}

type CallParamValues = Values<typeof callParams>

/** How a call is made; what guards it is there where the design says so. */
export type CallValues = Omit<CallParamValues, 'hedge'> & Partial<Pick<CallParamValues, 'hedge'> & GuardValues>

interface CallContext
  extends Pick<
    CallSiteOptions,
    'operation' | 'instance' | 'key' | 'block' | 'site' | 'done' | 'asksForNews' | 'obeysDeadlines' | 'isConnected'
  > {
  readonly to: Receiver
  /** The ways of the caller to the block, if it shares them with other places from which it calls. */
  readonly passages?: CalleePassages | undefined
  /** What repeating the call leads to; without it, the call is repeated after every failure. */
  repeating?(): Repeating
}

/** A place from which calls are made as `values` say. */
export function createCallSite(simulation: Simulation, values: CallValues, context: CallContext): CallSite {
  const { passages = passagesTo(simulation, values, context.to, 1), repeating, ...rest } = context
  const { retry, hedge } = values
  const chosen = retry?.['back-off']
  return new CallSite(simulation, {
    ...rest,
    timeoutMs: values.timeout ?? Number.POSITIVE_INFINITY,
    cancels: values.cancels,
    patience: values.patience === undefined ? null : createSampler(values.patience),
    attempts: retry?.attempts ?? 1,
    isSafeAfter: retry?.failures === 'safe' && repeating !== undefined ? safeAfter(repeating(), context) : null,
    obeysRetryAfter: retry?.['retry-after'] === 'obey',
    backOff: chosen === undefined ? { delayMs: () => 0 } : backOffs.get(chosen.name).create(chosen.values),
    passageOf: passages?.of ?? null,
    hedge: hedge === undefined ? null : createHedge(hedge),
  })
}

/** Whether a call may be repeated after a failure; null if it may after all of them. */
function safeAfter({ isIdempotent, refusers }: Repeating, { block }: CallContext) {
  if (isIdempotent) return null
  const before = new Set([block, ...refusers])
  return (failure: Outcome) => didNothing(failure, before)
}
