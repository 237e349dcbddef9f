import { duration } from '../../support/params.ts'
import { backOff } from './back-off.ts'

export const decorrelated = backOff({
  name: 'decorrelated',
  title: 'Decorrelated jitter',
  summary: 'A pause drawn evenly between `first` and three times the pause before, up to `max`.',
  source:
    'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: min(cap, random(base, 3 × sleep))',
  goodFor: 'many callers of one overloaded callee: no retry comes sooner than `first`, and pauses spread widely',
  costs: 'a lucky caller keeps short pauses however often it fails',
  seenIn: ['Polly (`DecorrelatedJitterBackoff`)', 'Resilience4j', 'AWS SDK for Java (before 2.0)'],
  aliases: ['decorrelated-jitter'],
  params: {
    first: duration({ meaning: 'shortest pause', default: '100ms' }),
    max: duration({ meaning: 'longest pause', default: '20s' }),
  },
  examples: [
    {
      values: { first: 10, max: 50 },
      draw: 0.5,
      pausesMs: [20, 35, 50, 50],
      because: '10 + 0.5 × (30 − 10), 10 + 0.5 × (60 − 10); 10 + 0.5 × (105 − 10) is above `max`',
    },
  ],
  create: ({ first, max }) => ({
    isChained: true,
    delayMs: (attempt, uniform, previousMs) =>
      Math.min(max, first + uniform * (3 * (attempt === 2 ? first : previousMs) - first)),
  }),
})
