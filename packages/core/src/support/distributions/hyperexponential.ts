import { exp, ln, pow } from '../elementary.ts'
import { amount, factor } from '../params.ts'
import { defineDistribution } from './distribution.ts'

/** The shorter branch has this probability; the longer one the rest. */
function shareOfShort(cv: number): number {
  return 0.5 * (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1)))
}

/** The share of a moment of an exponential of mean 1 above `x`, times the moment. */
const above = (x: number, order: 1 | 2) => (order === 1 ? 1 + x : 2 + 2 * x + x * x) * exp(-x)

/** Share of the moment in values that a draw exceeds with probability `rarity`; of the mean, which is 1. */
function beyond(cv: number, order: 1 | 2, rarity: number): number {
  const share = shareOfShort(cv)
  const branches = [share, 1 - share].map((probability) => ({ probability, mean: 1 / (2 * probability) }))
  const total = (of: (mean: number) => number) =>
    branches.reduce((sum, { probability, mean }) => sum + probability * of(mean), 0)
  let [low, high] = [0, (branches[1] as { mean: number }).mean * -ln(rarity)]
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (total((mean) => exp(-middle / mean)) > rarity) low = middle
    else high = middle
  }
  return total((mean) => pow(mean, order) * above(high / mean, order)) / total((mean) => pow(mean, order) * order)
}

export const hyperexponential = defineDistribution({
  name: 'hyperexponential',
  title: 'Hyperexponential',
  summary:
    'A mixture of two exponentials, many short and few long, that contribute the same total ("balanced means"): more ' +
    'variable than the exponential.',
  source: 'P. M. Morse, Queues, Inventories and Maintenance, Wiley, 1958; balanced means after W. Whitt, 1982',
  goodFor: 'Mixed work with a coefficient of variation above one and closed-form queueing results.',
  costs: 'Two kinds of work and nothing between: percentiles above the switch are those of the long kind.',
  example: { distribution: 'hyperexponential', mean: '5ms', cv: 2 },
  params: {
    mean: amount({ meaning: 'The average of the draws.', above: 0 }),
    cv: factor({ meaning: 'Standard deviation over mean.', min: 1 }),
  },
  momentBeyond: ({ cv }, order, rarity) => beyond(cv, order, rarity),
  create({ mean, cv }) {
    const squared = cv * cv
    const share = shareOfShort(cv)
    const shortMean = mean / (2 * share)
    const longMean = mean / (2 * (1 - share))
    return {
      // The uniform number chooses the branch, and what is left of it, uniform again, the value within the branch.
      sample(source) {
        const u = source.next()
        return u < share ? -shortMean * ln(1 - u / share) : -longMean * ln((1 - u) / (1 - share))
      },
      // Both branches take as much of the time, and what is left of an exponential is like all of it.
      residual(source) {
        const u = source.next()
        return u < 0.5 ? -shortMean * ln(1 - 2 * u) : -longMean * ln(2 * (1 - u))
      },
      mean,
      squaredCoefficientOfVariation: squared,
    }
  },
})
