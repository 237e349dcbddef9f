import { expect, it } from 'vitest'
import { coverageOf, onOffQueue, poissonQueue } from './coverage.ts'

// The full study, with 1,000 runs and the promised bounds, is coverage.slow.ts; here few runs, and bounds as wide as
// their chance.
it.each([
  ['M/M/1 at 50 %', poissonQueue(0.5), { runs: 300, target: 0.05, warmUp: 200, customers: 1000 }],
  ['M/M/1 at 80 %', poissonQueue(0.8), { runs: 150, target: 0.08, warmUp: 1000, customers: 2000 }],
  ['an on/off source', onOffQueue(), { runs: 120, target: 0.08, warmUp: 1000, customers: 2000 }],
])('intervals hold the truth as often as they say: %s', (_, queue, settings) => {
  const { mean, p99, notEnough } = coverageOf(queue, settings)
  expect(mean).toBeGreaterThan(0.9)
  expect(p99).toBeGreaterThan(0.88)
  expect(notEnough).toBe(0)
})
