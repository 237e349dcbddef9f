import { expect, it } from 'vitest'
import { terminatingCoverage } from './testing-coverage.ts'

it.each([0.8, 0.9])(
  'M/M/1 at %s, 20 short replications from empty: 93 in 100 of what is printed holds',
  async (load) => {
    const seeds = 300
    const measures = await terminatingCoverage({ servers: 1, load, run: '{ for: 2000s }' }, seeds)
    for (const { measure, held, given, bounded } of measures) {
      const found = `${measure}: ${held} of ${given}, ${bounded} with an upper end`
      expect(held / given, found).toBeGreaterThanOrEqual(0.93)
      expect(given, found).toBe(seeds)
    }
  },
)
