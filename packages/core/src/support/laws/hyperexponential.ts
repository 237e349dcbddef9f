import { ln } from '../elementary.ts'
import { amount, factor } from '../params.ts'
import { defineLaw } from './law.ts'

export const hyperexponential = defineLaw({
  name: 'hyperexponential',
  title: 'Hyperexponential',
  summary:
    'A mixture of two exponentials, many short and few long, that contribute the same total ("balanced means"): more ' +
    'variable than the exponential.',
  source: 'P. M. Morse, Queues, Inventories and Maintenance, Wiley, 1958; balanced means after W. Whitt, 1982',
  goodFor: 'Mixed work with a coefficient of variation above one and closed-form queueing results.',
  costs: 'Two kinds of work and nothing between: percentiles above the switch are those of the long kind.',
  example: { law: 'hyperexponential', mean: '5ms', cv: 2 },
  params: {
    mean: amount({ meaning: 'The average of the draws.', above: 0 }),
    cv: factor({ meaning: 'Standard deviation over mean.', min: 1 }),
  },
  create({ mean, cv }) {
    const squared = cv * cv
    const share = 0.5 * (1 + Math.sqrt((squared - 1) / (squared + 1)))
    const shortMean = mean / (2 * share)
    const longMean = mean / (2 * (1 - share))
    return {
      // The uniform number chooses the branch, and what is left of it, uniform again, the value within the branch.
      sample(source) {
        const u = source.next()
        return u < share ? -shortMean * ln(1 - u / share) : -longMean * ln((1 - u) / (1 - share))
      },
      mean,
      squaredCoefficientOfVariation: squared,
    }
  },
})
