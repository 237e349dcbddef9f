import { backOff } from './back-off.ts'

export const none = backOff({
  name: 'none',
  title: 'At once',
  summary: 'The next attempt follows the failed one without a pause.',
  goodFor: 'rare, independent failures behind a balancer that picks another instance',
  costs: 'multiplies the load at the very moment when the callee can bear least',
  aliases: ['immediate'],
  params: {},
  examples: [{ draw: 0.5, pausesMs: [0, 0, 0], because: 'every attempt follows at once' }],
  create: () => ({ delayMs: () => 0 }),
})
