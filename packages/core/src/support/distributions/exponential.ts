import { amount } from '../params.ts'
import { standardExponential } from '../standard-exponential.ts'
import { defineDistribution, type UniformSource } from './distribution.ts'

export const exponential = defineDistribution({
  name: 'exponential',
  title: 'Exponential',
  summary: 'The distribution without memory: what has lasted long is no nearer to its end.',
  source: 'J. F. C. Kingman, Poisson Processes, Oxford University Press, 1993',
  goodFor: 'The gaps between independent arrivals; service times when nothing but their mean is known.',
  aliases: ['poisson', 'memoryless'],
  mistakenFor: ['exp', 'expo', 'random', 'markov'],
  costs: 'Less variable than most measured latencies: their tails are longer.',
  params: { mean: amount({ meaning: 'The average of the draws.', above: 0 }) },
  short: '{mean}',
  create({ mean }) {
    const sample = (source: UniformSource) => mean * standardExponential(source)
    return { sample, residual: sample, mean, squaredCoefficientOfVariation: 1 }
  },
})
