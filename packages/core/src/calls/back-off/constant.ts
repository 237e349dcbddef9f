import { duration } from '../../support/params.ts'
import { backOff } from './back-off.ts'

export const constant = backOff({
  name: 'constant',
  title: 'Constant pause',
  summary: 'The same pause before each attempt.',
  costs: 'callers that failed together try again together',
  goodFor: 'polling for something that will be there soon',
  params: { delay: duration({ meaning: 'pause before each further attempt', default: '100ms' }) },
  short: '{delay}',
  examples: [
    { values: { delay: 30 }, draw: 0.9, pausesMs: [30, 30, 30], because: 'the pause is the same before each attempt' },
  ],
  create: ({ delay }) => ({ delayMs: () => delay }),
})
