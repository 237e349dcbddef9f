import { expect, it } from 'vitest'
import { coverageOf, onOffQueue, poissonQueue } from './coverage.ts'

it.each([
  ['M/M/1 at 50 %', poissonQueue(0.5), { runs: 1000, target: 0.05, warmUp: 200, customers: 1000 }],
  ['M/M/1 at 80 %', poissonQueue(0.8), { runs: 1000, target: 0.05, warmUp: 1000, customers: 4000 }],
  ['M/M/1 at 90 %', poissonQueue(0.9), { runs: 1000, target: 0.06, warmUp: 4000, customers: 10_000 }],
  ['an on/off source', onOffQueue(), { runs: 1000, target: 0.05, warmUp: 1000, customers: 4000 }],
] as const)('%s: 1,000 intervals of 95 in 100 hold the truth as often as they say', (...[, queue, settings]) => {
  const { mean, p99, insufficient: insufficientData } = coverageOf(queue, settings)
  expect(mean).toBeGreaterThanOrEqual(0.93)
  expect(mean).toBeLessThanOrEqual(0.97)
  expect(p99).toBeGreaterThanOrEqual(0.9)
  expect(insufficientData).toBeLessThan(0.01)
})
