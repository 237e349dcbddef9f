import { backOff } from './back-off.ts'

export const none = backOff({
  name: 'none',
  title: 'At once',
  summary: 'The next attempt follows the failed one without a pause.',
  goodFor: 'rare, independent failures behind a balancer that picks another instance',
  costs: 'multiplies the load at the very moment when the callee can bear least',
  aliases: ['immediate'],
  params: {},
  create: () => ({ delayMs: () => 0 }),
})
