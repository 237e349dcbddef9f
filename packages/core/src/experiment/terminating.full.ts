import { expect, it } from 'vitest'
import { type Station, terminatingCoverage } from './testing-coverage.ts'

const run = '{ for: 2000s }'
const spike = '{ type: spike, factor: 5, at: 1000s, for: 200s }'

const stations: readonly [string, Station][] = [
  ['M/M/1 at 30 %', { servers: 1, load: 0.3, run }],
  ['bursts of variation 3 at 60 %', { servers: 1, load: 0.6, arrival: 'bursty cv 3', run }],
  ['M/M/100 at 95 %, cut soon', { servers: 100, load: 0.95, run: '{ for: 60s }' }],
  ['a run that ends within a spike', { servers: 1, load: 0.5, shape: spike, run: '{ for: 1150s }' }],
]

it.each(stations)('%s, 20 replications from empty: 93 in 100 of what is printed holds', async (_, station) => {
  const seeds = 300
  for (const { measure, held, given, bounded } of await terminatingCoverage(station, seeds)) {
    const found = `${measure}: ${held} of ${given}, ${bounded} with an upper end`
    expect(held / given, found).toBeGreaterThanOrEqual(0.93)
    expect([0, seeds], found).toContain(given)
  }
})
