import { count } from '../../../support/params.ts'
import { Bucket } from './bucket.ts'
import { rateLimit, rateLimitMisnomers, rateLimitParams } from './rate-limit.ts'

export const tokenBucket = rateLimit({
  name: 'token-bucket',
  title: 'Token bucket',
  summary: 'A bucket holds `burst` tokens and gets new ones at the rate; each call takes one.',
  source: 'J. Turner, "New directions in communications", IEEE Communications 24(10), 1986; ITU-T I.371',
  goodFor: 'clients that come in bursts and stay below the rate on average',
  costs: 'a full bucket lets a whole burst through at once',
  seenIn: ['AWS API Gateway', 'Stripe', 'Envoy `local_ratelimit`', 'Linux `tc tbf`', 'Guava `RateLimiter`'],
  example: { type: 'token-bucket', rate: '100/s', burst: 20 },
  params: {
    ...rateLimitParams,
    burst: count({ meaning: 'calls that may go at once after a quiet time', default: 1, min: 1 }),
  },
  short: '{rate}',
  misnomers: rateLimitMisnomers,
  create: ({ rate, burst }) => new Bucket(rate, burst),
})
