import { count } from '../support/params.ts'
import { keyDistribution } from './key.ts'

export const uniform = keyDistribution({
  name: 'uniform',
  title: 'Uniform popularity',
  summary: 'Every key is requested equally often: the worst case for a cache.',
  goodFor: 'a lower bound of what a cache is worth; scans, and keys that are hashes',
  costs: 'pessimistic: real popularity is uneven',
  params: { keys: count({ meaning: 'number of keys', min: 1, max: '1G' }) },
  short: 'over {keys}',
  create: ({ keys }) => ({
    keys,
    sample: (source) => 1 + Math.floor(source.next() * keys),
    shareOf: () => 1 / keys,
  }),
})
