import { shape } from './shape.ts'

export const constant = shape({
  name: 'constant',
  title: 'Constant rate',
  summary: 'The same rate at all times.',
  params: {},
  profile: () => ({ timesMs: [0], factors: [1] }),
  moments: () => [],
})
