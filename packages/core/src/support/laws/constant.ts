import { amount } from '../params.ts'
import { defineLaw } from './law.ts'

export const constant = defineLaw({
  name: 'constant',
  title: 'Constant',
  summary: 'Every draw is the same value.',
  goodFor: 'Distances on a wire, time-outs, fixed sizes.',
  aliases: ['deterministic', 'fixed'],
  costs: 'No variation: queues are shorter than with any other law of the same mean.',
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
