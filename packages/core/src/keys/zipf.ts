import { Zipf } from '../kernel/zipf.ts'
import { count, factor } from '../support/params.ts'
import { keyDistribution } from './key.ts'

export const zipf = keyDistribution({
  name: 'zipf',
  title: 'Zipf popularity',
  summary: 'The key of rank k is requested in proportion to k to the power of −exponent: few favourites, a long tail.',
  source:
    'W. Hörmann, G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions", ACM TOMACS 6(3), 1996',
  goodFor: 'pages, pictures, products, users: web traffic measures between 0.6 and 1.2',
  costs: 'favourites never change: what is in fashion today is so forever',
  example: 'zipf 0.9 over 5M',
  params: {
    exponent: factor({ meaning: '0 is uniform, 1 is classical', min: 0, max: 10 }),
    keys: count({ meaning: 'number of keys', min: 1, max: '1G' }),
  },
  short: '{exponent} over {keys}',
  create({ exponent, keys }) {
    const ranks = new Zipf(exponent, keys)
    return { keys, sample: (source) => ranks.sample(source), shareOf: (key) => ranks.shareOf(key) }
  },
})
