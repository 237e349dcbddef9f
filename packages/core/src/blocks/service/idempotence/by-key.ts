import { duration } from '../../../support/params.ts'
import { idempotence } from './idempotence.ts'

export const byKey = idempotence({
  name: 'by-key',
  title: 'Idempotency key',
  summary:
    'All attempts of a call have one key. A call whose key was done is answered as before, without the work; a call whose key is in work is refused (`in-progress`, 409). Keys of calls that failed are forgotten. All instances share the keys, which survive a crash and cost no time.',
  source:
    'IETF draft-ietf-httpapi-idempotency-key-header-07, section 2.6 (409 while the first attempt is in work); Stripe API reference, "Idempotent requests"',
  goodFor: 'payments and orders: callers may repeat them after every failure',
  costs: 'a caller that repeats a call while it is in work is refused, and must come once more',
  seenIn: ['Stripe', 'PayPal', 'Adyen', 'AWS Lambda Powertools'],
  aliases: ['idempotency-key', 'deduplication'],
  example: { type: 'by-key', for: '1h' },
  effect: 'by-key',
  params: {
    for: duration({
      meaning: 'how long a key is remembered once its call is done; at most a million keys of an endpoint are',
      default: '1d',
      above: 0,
      source: 'Stripe: keys can be removed after at least 24 hours',
    }),
  },
  misnomers: {
    'kept-in': 'remove it: keys cost no time; to pay for them, write the calls to a store as steps',
    ttl: 'write `for: 1d`',
    key: 'remove it: all attempts of a call have one key',
  },
  rememberedMs: (values) => values.for,
})
