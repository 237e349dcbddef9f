import { ln } from '../elementary.ts'
import { amount, count } from '../params.ts'
import { defineDistribution, type UniformSource } from './distribution.ts'

/** The sum of so many exponential stages of mean 1. */
function sumOf(stages: number, source: UniformSource): number {
  // One logarithm of a product instead of a sum of logarithms; taken early enough that it cannot underflow.
  let logarithm = 0
  let product = 1
  for (let stage = 0; stage < stages; stage += 1) {
    product *= 1 - source.next()
    if (product < 1e-280) {
      logarithm += ln(product)
      product = 1
    }
  }
  return -(logarithm + ln(product))
}

export const erlang = defineDistribution({
  name: 'erlang',
  title: 'Erlang',
  summary: 'The sum of equal exponential stages: steadier than the exponential, the more so the more stages.',
  source: 'A. K. Erlang, Solution of some problems in the theory of probabilities, 1917',
  goodFor: 'Work that passes through several similar steps, where the coefficient of variation is below one.',
  costs: 'Only coefficients of variation below one.',
  example: { distribution: 'erlang', stages: 4, mean: '8ms' },
  params: {
    stages: count({ meaning: 'How many exponential stages are added.', min: 1, max: 1000 }),
    mean: amount({ meaning: 'The average of the draws.', above: 0 }),
  },
  create({ stages, mean }) {
    const perStage = mean / stages
    return {
      sample: (source) => perStage * sumOf(stages, source),
      // In proportion to its length, a value has a stage more.
      residual: (source) => perStage * sumOf(stages + 1, source) * source.next(),
      mean,
      squaredCoefficientOfVariation: 1 / stages,
    }
  },
})
