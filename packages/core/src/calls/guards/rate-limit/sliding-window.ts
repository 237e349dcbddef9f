import { duration } from '../../../support/params.ts'
import { type RateLimiter, rateLimit, rateLimitMisnomers, rateLimitParams } from './rate-limit.ts'

/** Most calls that a window may have: each is remembered. */
const mostCalls = 1_000_000

export const slidingWindow = rateLimit({
  name: 'sliding-window',
  title: 'Sliding window',
  summary: 'In every stretch of `window`, at most `rate` × `window` calls go. It keeps a log of the last calls.',
  source: 'J. Barber, "How We Built Rate Limiting Capable of Scaling to Millions of Domains", Cloudflare, 2017',
  goodFor: 'quotas such as 1,000 calls an hour that hold at every moment',
  costs: 'memory for each call of the window; all calls of a window may go at once',
  seenIn: ['Redis sorted sets', 'Cloudflare', 'Kong', 'Upstash Ratelimit'],
  aliases: ['sliding-window-log'],
  example: { type: 'sliding-window', rate: '100/s', window: '1s' },
  params: {
    ...rateLimitParams,
    window: duration({ meaning: 'time in which calls count', default: '1s', above: 0 }),
  },
  short: '{rate}',
  misnomers: { ...rateLimitMisnomers, burst: 'write `window: 1s`: all calls of a window may come at once' },
  check({ rate, window }, report) {
    const calls = callsOf(rate, window)
    if (calls < 1) report('window', '`window` has room for no call', 'write `window: 1min`, or a higher `rate`')
    if (calls > mostCalls)
      report('window', `\`window\` has room for ${calls} calls, at most 1M`, 'shorten `window`, or use `token-bucket`')
  },
  create: ({ rate, window }) => new CallLog(callsOf(rate, window), window),
})

function callsOf(perSecond: number, windowMs: number): number {
  // A hundred times a hundredth is a little less than one.
  return Math.floor((perSecond * windowMs) / 1000 + 1e-9)
}

/** The times of the last calls, as many as a window has room for. */
class CallLog implements RateLimiter {
  private readonly times: Float64Array
  private readonly windowMs: number
  private oldest = 0

  constructor(calls: number, windowMs: number) {
    this.times = new Float64Array(calls).fill(Number.NEGATIVE_INFINITY)
    this.windowMs = windowMs
  }

  nextMs(): number {
    return (this.times[this.oldest] as number) + this.windowMs
  }

  take(nowMs: number): void {
    this.times[this.oldest] = nowMs
    this.oldest = (this.oldest + 1) % this.times.length
  }
}
