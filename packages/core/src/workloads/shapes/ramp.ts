import { duration, factor } from '../../support/params.ts'
import { shape } from './shape.ts'

export const ramp = shape({
  name: 'ramp',
  title: 'Ramp',
  summary: 'The rate moves in a straight line from one factor to another, and stays there.',
  goodFor: 'finding the load at which things begin to hurt',
  costs: 'at every moment the system is still in the state of a little earlier',
  params: {
    from: factor({ meaning: 'factor on the rate before the ramp', default: 1, min: 0 }),
    to: factor({ meaning: 'factor on the rate after the ramp', min: 0 }),
    at: duration({ meaning: 'when the ramp begins', default: '0s' }),
    for: duration({ meaning: 'how long the ramp takes' }),
  },
  profile: (values) => ({ timesMs: [values.at, values.at + values.for], factors: [values.from, values.to] }),
  moments: (values) => [
    { atMs: values.at, label: 'ramp begins' },
    { atMs: values.at + values.for, label: 'ramp ends' },
  ],
})
