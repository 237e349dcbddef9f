import type { Definition } from '../../../support/definition.ts'
import { choice, count, either, type Params, rate, type Values } from '../../../support/params.ts'

/** When the next call may go. It knows time only through its arguments, which never fall. */
export interface RateLimiter {
  /** The moment from which a call may go if none goes before it, ms; at most `nowMs` if one may go now. */
  nextMs(nowMs: number): number
  /** Notes that a call goes. */
  take(nowMs: number): void
}

/** The fields that every rate limit has. */
export const rateLimitParams = {
  rate: rate({ meaning: 'calls that go in a second on average, at most', above: 0 }),
  per: choice({
    meaning:
      'a limit of its own for each client (a session of a source; a source without sessions is one) or each calling block; without it, one for all calls',
    words: ['client', 'caller'],
    optional: true,
  }),
  overflow: choice({
    meaning: 'what a call does that comes too early: it fails (429), or waits until it may go',
    words: ['reject', 'block'],
    default: 'reject',
  }),
  limit: either({
    meaning: 'with `overflow: block`: calls that may wait; any more fail',
    of: [count({ meaning: 'waiting calls', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
} satisfies Params

/** What all rate limits are told. */
export type RateLimitValues = Values<typeof rateLimitParams>

/** A rule by which calls are limited to a rate. */
export interface RateLimit<P extends Params = Params> extends Definition<P> {
  create(values: Values<P>): RateLimiter
}

export function rateLimit<P extends Params>(definition: RateLimit<P>): RateLimit<P> {
  return definition
}

/** What people write for the fields of a rate limit. */
export const rateLimitMisnomers = {
  capacity: 'write `burst: 10`',
  'requests-per-second': 'write `rate: 10/s`',
  calls: 'write `rate: 10/s`',
  by: 'write `per: client`',
  session: 'write `per: client`',
  nodelay: 'write `overflow: reject`',
  delay: 'write `overflow: block`',
  queue: 'write `overflow: block` and `limit: 10`',
  timeout: 'write `limit`, the calls that may wait',
}
