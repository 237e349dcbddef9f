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
