import { count } from '../support/params.ts'
import { plannedChange } from './fault.ts'

export const scale = plannedChange({
  name: 'scale',
  title: 'Planned scaling',
  summary:
    'The number of instances of a service changes. New ones take calls after `start-up`; the newest leave, and finish their calls within `drain`. With `for` the number is then as before.',
  mistakenFor: ['scale-out', 'scale-in', 'scale-up', 'scale-down', 'resize', 'autoscale'],
  goodFor: 'a sale that was announced, fewer instances at night',
  costs: 'new instances help only after their start-up',
  example: { scale: 'web', to: 6, at: '60s' },
  params: {
    to: count({ meaning: 'the number of instances', min: 1, max: 10_000 }),
  },
  state: 'scaled',
  stateAfter: 'scaled back',
  coming: ({ to, for: lasts }) => ({ size: to, times: lasts === undefined ? 1 : 2 }),
  begin: (planned, { to }) => planned.scale(to),
})
