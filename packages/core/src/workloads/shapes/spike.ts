import { duration, factor } from '../../support/params.ts'
import { shape } from './shape.ts'

export const spike = shape({
  name: 'spike',
  title: 'Spike',
  summary: 'For a while the rate is `factor` times as high, from one moment to the next.',
  goodFor: 'a mention on television, a push message, a sale that opens on the hour',
  costs: 'users of a spike differ from the usual ones: their keys and sizes stay the same here',
  params: {
    factor: factor({ meaning: 'factor on the rate during the spike', min: 0 }),
    at: duration({ meaning: 'when the spike begins' }),
    for: duration({ meaning: 'how long it lasts' }),
  },
  profile: (values) => ({
    timesMs: [values.at, values.at, values.at + values.for, values.at + values.for],
    factors: [1, values.factor, values.factor, 1],
  }),
  moments: (values) => [
    { atMs: values.at, label: 'spike' },
    { atMs: values.at + values.for, label: 'after the spike', sinceMs: values.at },
  ],
})
