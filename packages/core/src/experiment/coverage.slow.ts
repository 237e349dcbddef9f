import { expect, it } from 'vitest'
import { mm1 } from '../theory/mm1.ts'
import { answerTo, burstyTruth, contains, designOf, type Truth } from './testing-coverage.ts'

function poisson(load: number): Truth {
  const { meanResponse, responseQuantile } = mm1(load, 1)
  return { mean: meanResponse, p99: responseQuantile(0.99) }
}

/** Three standard errors of a share that is `truth`: what luck alone may take from it. */
const luck = (truth: number, runs: number) => 3 * Math.sqrt((truth * (1 - truth)) / runs)

const run = '{ until: 10% }'

it.each([
  ['M/M/1 at 50 %', designOf({ servers: 1, load: 0.5, run }), poisson(0.5), 300],
  ['M/M/1 at 80 %', designOf({ servers: 1, load: 0.8, run }), poisson(0.8), 200],
  ['M/M/1 at 90 %', designOf({ servers: 1, load: 0.9, run }), poisson(0.9), 60],
  ['bursts at 60 %', designOf({ servers: 1, load: 0.6, arrival: 'bursty cv 3', run }), burstyTruth(0.6, 3), 100],
] as const)('%s: what the tool calls 95 % is that', async (name, design, truth, runs) => {
  let [mean, p99, p99Given, above] = [0, 0, 0, 0]
  for (let seed = 1; seed <= runs; seed++) {
    const answer = await answerTo(design, seed, [99])
    const [percentile] = answer.percentiles
    expect([answer.overloads, answer.stopped, answer.mean.sufficient]).toEqual([[], null, true])
    if (contains(answer.mean, truth.mean)) mean++
    if (answer.mean.sufficient && answer.mean.point > truth.mean * 1000) above++
    if (percentile?.sufficient !== true) continue
    p99Given++
    if (contains(percentile, truth.p99)) p99++
  }
  const found = `${name}: ${mean}, ${p99} of ${p99Given}, ${above} above, of ${runs}`
  expect(mean / runs, found).toBeGreaterThanOrEqual(0.93 - luck(0.93, runs))
  expect(mean / runs, found).toBeLessThanOrEqual(Math.min(1, 0.97 + luck(0.97, runs)))
  expect(p99 / p99Given, found).toBeGreaterThanOrEqual(0.9 - luck(0.9, runs))
  expect(p99Given / runs, found).toBeGreaterThan(0.98)
})
