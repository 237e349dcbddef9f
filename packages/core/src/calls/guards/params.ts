import { choice, count, duration, either, kOfN, policy, record, share, type Values } from '../../support/params.ts'
import { rateLimits } from './rate-limit/index.ts'

/** Of a breaker with a share: its window and the calls in it, if the design gives none. */
export const usualBreaker = { windowMs: 10_000, leastCalls: 20 } as const

/**
 * What a calling instance keeps of a block that it calls. All its calls to that block share it, so it is said once, under
 * `calls`.
 */
export const guardParams = {
  breaker: record({
    meaning: 'under `calls`: after too many failures it refuses calls at once for a while, then tries a few',
    optional: true,
    main: 'opens',
    fields: {
      opens: either({
        meaning: 'when it opens: so many failures of the last calls (`10 of 20`), or a share of the calls of `window`',
        of: [
          kOfN({ meaning: 'failures of the last calls', maxN: 100_000 }),
          share({ meaning: 'share of the calls that fail', above: 0, max: 1 }),
        ],
        default: '10 of 20',
      }),
      window: duration({
        meaning: 'with a share: the time in which calls count',
        above: 0,
        default: `${usualBreaker.windowMs / 1000}s`,
      }),
      'least-calls': count({
        meaning: 'with a share: calls that must have ended in the window before it may open',
        default: usualBreaker.leastCalls,
        min: 1,
      }),
      for: duration({ meaning: 'how long it stays open before it tries', default: '10s' }),
      trials: count({
        meaning: 'calls that it tries at once after that; all must succeed to close it, one failure opens it again',
        default: 1,
        min: 1,
      }),
    },
    misnomers: {
      threshold: 'write `opens: 10 of 20` or `opens: 50%`',
      timeout: 'write `for: 10s`, how long it stays open',
      'half-open': 'write `trials: 1`',
    },
  }),
  'rate-limit': policy({
    meaning: 'under `calls`: how many calls an instance makes there in a second',
    family: rateLimits,
    optional: true,
  }),
  bulkhead: record({
    meaning: 'under `calls`: how many calls an instance has there at once',
    optional: true,
    main: 'calls',
    fields: {
      calls: count({ meaning: 'calls at once', min: 1, max: '1M' }),
      limit: either({
        meaning: 'calls that may wait for their turn; any more fail at once',
        of: [count({ meaning: 'waiting calls', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
        default: 0,
      }),
    },
    misnomers: { max: 'write `calls: 20`', size: 'write `calls: 20`', queue: 'write `limit: 10`' },
  }),
  pool: record({
    meaning: 'under `calls`: the connections of an instance to the block; a call holds one for its time',
    optional: true,
    main: 'connections',
    fields: {
      connections: count({ meaning: 'connections of an instance', min: 1, max: 100_000 }),
      timeout: duration({
        meaning: 'longest wait for a connection; without it as long as the call waits',
        optional: true,
      }),
      limit: either({
        meaning: 'calls that may wait for a connection; any more fail at once',
        of: [count({ meaning: 'waiting calls', min: 0 }), choice({ meaning: 'how', words: ['unlimited'] })],
        default: 'unlimited',
      }),
    },
    misnomers: {
      size: 'write `connections: 10`',
      max: 'write `connections: 10`',
      'max-wait': 'write `timeout: 200ms`',
    },
  }),
}

export type GuardValues = Values<typeof guardParams>
