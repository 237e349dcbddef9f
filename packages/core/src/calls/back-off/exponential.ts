import { choice, duration, factor } from '../../support/params.ts'
import { backOff } from './back-off.ts'

export const exponential = backOff({
  name: 'exponential',
  title: 'Exponential back-off',
  summary: 'Each pause is `factor` times the one before, up to `max`, spread by jitter.',
  source: 'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 (full and equal jitter)',
  goodFor: 'overloaded callees: the load that retries add dies down, and jitter spreads it',
  costs: 'a longer wait for those who would have been answered at once',
  seenIn: ['AWS SDKs', 'gRPC', 'Google Cloud client libraries'],
  params: {
    first: duration({ meaning: 'pause before the second attempt', default: '100ms' }),
    factor: factor({ meaning: 'growth from pause to pause', default: 2 }),
    max: duration({ meaning: 'longest pause', default: '20s' }),
    jitter: choice({
      meaning: 'full: uniform from 0 to the pause; equal: from half the pause to the pause; none: the pause itself',
      words: ['full', 'equal', 'none'],
      default: 'full',
    }),
  },
  examples: [
    {
      values: { first: 10, factor: 3, max: 100, jitter: 'none' },
      draw: 0.5,
      pausesMs: [10, 30, 90, 100, 100],
      because: '270 ms would be above `max`',
    },
    {
      values: { first: 10, max: 1000 },
      draw: 0.25,
      pausesMs: [2.5, 5, 10],
      because: 'full jitter: the draw times 10, 20 and 40 ms',
    },
    {
      values: { first: 10, max: 1000, jitter: 'equal' },
      draw: 0.25,
      pausesMs: [6.25, 12.5, 25],
      because: 'equal jitter: 0.5 + 0.25 / 2 of 10, 20 and 40 ms',
    },
  ],
  create: ({ first, factor, max, jitter }) => ({
    delayMs(attempt, uniform) {
      let pause = first
      for (let i = 2; i < attempt && pause < max; i++) pause *= factor
      if (pause > max) pause = max
      if (jitter === 'none') return pause
      return jitter === 'full' ? pause * uniform : pause * (0.5 + uniform / 2)
    },
  }),
})
