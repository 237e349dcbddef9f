import { shape } from './shape.ts'

export const constant = shape({
  name: 'constant',
  title: 'Constant rate',
  summary: 'The same rate at all times.',
  goodFor: 'steady questions: what is carried, how fast',
  costs: 'says nothing of how a system comes into trouble and out of it',
  params: {},
  profile: () => ({ timesMs: [0], factors: [1] }),
  moments: () => [],
})
