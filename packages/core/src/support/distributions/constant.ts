import { amount } from '../params.ts'
import { defineDistribution } from './distribution.ts'

export const constant = defineDistribution({
  name: 'constant',
  title: 'Constant',
  summary: 'Every draw is the same value.',
  goodFor: 'Distances on a wire, time-outs, fixed sizes.',
  aliases: ['deterministic', 'fixed'],
  costs: 'No variation: queues are shorter than with any other distribution of the same mean.',
  params: { value: amount({ meaning: 'The value of every draw.' }) },
  short: '{value}',
  create({ value }) {
    return {
      sample: () => value,
      residual: (source) => value * source.next(),
      mean: value,
      squaredCoefficientOfVariation: 0,
      constant: value,
    }
  },
})
