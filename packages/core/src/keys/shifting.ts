import { Zipf } from '../kernel/zipf.ts'
import { count, factor } from '../support/params.ts'
import { keyDistribution } from './key.ts'

export const shifting = keyDistribution({
  name: 'shifting',
  title: 'Shifting popularity',
  summary:
    'Zipf popularity by age: now and then a new key comes in as the most popular, all others fall by one rank, and the least popular goes, to come back as new.',
  source:
    'L. Cherkasova, M. Gupta, "Analysis of Enterprise Media Server Workloads", IEEE/ACM Transactions on Networking 12(5), 2004: popularity falls with the age of a file',
  goodFor: 'news, feeds, videos: what is new is requested most',
  costs: 'popularity depends on age alone: nothing stays in favour, and nothing returns to it',
  example: { type: 'shifting', exponent: 0.9, keys: '20k', every: 20 },
  params: {
    exponent: factor({ meaning: '0 is uniform, 1 is classical', min: 0, max: 10 }),
    keys: count({ meaning: 'number of keys that are requested at all at a time', min: 1, max: '1G' }),
    every: count({ meaning: 'requests of this kind between one new key and the next', min: 1, max: '1G' }),
  },
  create({ exponent, keys, every }) {
    const ranks = new Zipf(exponent, keys)
    let requests = 0
    return {
      keys,
      sample(source) {
        const newest = Math.floor(requests++ / every)
        const behind = ranks.sample(source) - 1
        return 1 + ((((newest - behind) % keys) + keys) % keys)
      },
    }
  },
})
