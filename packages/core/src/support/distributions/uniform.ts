import { amount } from '../params.ts'
import { defineDistribution } from './distribution.ts'

export const uniform = defineDistribution({
  name: 'uniform',
  title: 'Uniform',
  summary: 'Every value between two bounds is as likely as any other.',
  goodFor: 'Jitter; a quantity of which only the bounds are known.',
  costs: 'No tail: nothing is ever beyond the upper bound.',
  example: 'uniform 2ms to 9ms',
  params: {
    min: amount({ meaning: 'The smallest value.' }),
    max: amount({ meaning: 'The largest value.' }),
  },
  short: '{min} to {max}',
  check: ({ min, max }) => (min > max ? 'min is above max' : undefined),
  create({ min, max }) {
    const width = max - min
    const mean = min + width / 2
    return {
      sample: (source) => min + width * source.next(),
      // In proportion to its length, the square of a value is uniform.
      residual: (source) => Math.sqrt(min * min + width * (min + max) * source.next()) * source.next(),
      mean,
      squaredCoefficientOfVariation: width === 0 ? 0 : (width * width) / (12 * mean * mean),
      ...(width === 0 ? { constant: min } : {}),
    }
  },
})
