import { duration, factor } from '../../support/params.ts'
import { backOff } from './back-off.ts'
import { exponential } from './exponential.ts'

export const fullJitter = backOff({
  name: 'full-jitter',
  title: 'Full jitter',
  summary:
    'A pause drawn evenly between 0 and an exponential one, which is `factor` times the one before, up to `max`.',
  source: 'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015',
  goodFor: 'many callers of one overloaded callee: their retries spread evenly',
  costs: 'some retries come nearly at once',
  seenIn: ['AWS SDKs', 'Google Cloud client libraries'],
  params: {
    first: duration({ meaning: 'longest pause before the second attempt', default: '100ms' }),
    factor: factor({ meaning: 'growth from pause to pause', default: 2 }),
    max: duration({ meaning: 'longest pause', default: '20s' }),
  },
  examples: [
    {
      values: { first: 10, factor: 3, max: 100 },
      draw: 0.5,
      pausesMs: [5, 15, 45, 50, 50],
      because: 'the draw times 10, 30 and 90 ms, then times `max`',
    },
  ],
  create: (values) => exponential.create({ ...values, jitter: 'full' }),
})
