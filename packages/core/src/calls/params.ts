import type { Block } from '../blocks/block.ts'
import type { CallSiteOptions } from '../kernel/call-site.ts'
import { CallSite } from '../kernel/call-site.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { createSampler, distributions } from '../support/distributions/index.ts'
import { keeping, type Misnomers, renamed } from '../support/misnomers.ts'
import { choice, count, distribution, duration, policy, record, type Values } from '../support/params.ts'
import { backOffs } from './back-off/index.ts'

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
  pool: keeping('10', 'write `connections: {given}` at the database that is called'),
  'pool-timeout': renamed('patience', '2s'),
  'connection-timeout': renamed('patience', '2s'),
  breaker: 'remove it: circuit breakers are not there yet',
  'circuit-breaker': 'remove it: circuit breakers are not there yet',
  hedge: 'remove it: hedged calls are not there yet',
  bulkhead: 'remove it, or bound the callee with `workers`',
  'rate-limit': 'remove it, or bound the callee with `limit`',
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
      jitter: 'write `back-off: { type: exponential, jitter: full }`',
      timeout: 'write `timeout` beside `retry`: it bounds each attempt',
      budget: 'remove it: a retry budget is not there yet',
    },
    fields: {
      attempts: count({ meaning: 'attempts in all, the first included', default: 3, min: 1, max: 20 }),
      'back-off': policy({ meaning: 'pause before the next attempt', family: backOffs, default: 'exponential' }),
    },
  }),
}

export type CallValues = Values<typeof callParams>

/** A place from which calls are made as `values` say. */
export function createCallSite(
  simulation: Simulation,
  values: CallValues,
  rest: Pick<CallSiteOptions, 'operation' | 'instance' | 'key' | 'block' | 'site' | 'done' | 'asksForNews'> & {
    to: Block
  },
): CallSite {
  const { retry } = values
  const chosen = retry?.['back-off']
  return new CallSite(simulation, {
    ...rest,
    timeoutMs: values.timeout ?? Number.POSITIVE_INFINITY,
    cancels: values.cancels,
    patience: values.patience === undefined ? null : createSampler(values.patience),
    attempts: retry?.attempts ?? 1,
    backOff: chosen === undefined ? { delayMs: () => 0 } : backOffs.get(chosen.name).create(chosen.values),
  })
}
