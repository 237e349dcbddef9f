import { expect, it } from 'vitest'
import { coverageOf, poissonQueue } from './coverage.ts'

// The full study, of more queues, with 1,000 runs and the promised bounds, is coverage.slow.ts; here few runs, and bounds
// as wide as their random error.
it('95 % intervals of M/M/1 at 50 % contain the true value in about 95 % of runs', () => {
  const settings = { runs: 300, target: 0.05, warmUp: 200, customers: 1000 }
  const { mean, p99, insufficient: insufficientData } = coverageOf(poissonQueue(0.5), settings)
  expect(mean).toBeGreaterThan(0.9)
  expect(p99).toBeGreaterThan(0.88)
  expect(insufficientData).toBe(0)
})
