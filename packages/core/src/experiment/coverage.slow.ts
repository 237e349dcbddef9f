import { expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/index.ts'
import { giM1 } from '../theory/gi-m-1.ts'
import { mm1 } from '../theory/mm1.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { findingsOf, nextRound, prepare } from './rounds.ts'
import type { Runner } from './task.ts'

const runner: Runner = (tasks) => Promise.resolve(tasks.map((task) => replicate(task)))

function designOf(load: number, arrival: string): Design {
  const { design, problems } = readDesign(
    `loadpath: 1
name: one server
traffic: { source: { rate: ${load}/s, arrival: ${arrival}, requests: { get: { to: server } } } }
blocks: { server: { type: service, workers: 1, endpoints: { get: [{ compute: exponential 1s }] } } }
run: { until: 10% }
`,
    catalogue,
  )
  expect(problems).toEqual([])
  return design as Design
}

/** Times in seconds. */
interface Truth {
  readonly mean: number
  readonly p99: number
}

/** The transform of the gaps that the bursty arrivals have: two exponentials with balanced means. */
function bursty(rate: number, cv: number): Truth {
  const share = 0.5 * (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1)))
  const transform = (s: number) => {
    const short = 2 * share * rate
    const long = 2 * (1 - share) * rate
    return (share * short) / (short + s) + ((1 - share) * long) / (long + s)
  }
  const { meanResponse, responseQuantile } = giM1(transform, 1)
  return { mean: meanResponse, p99: responseQuantile(0.99) }
}

function poisson(load: number): Truth {
  const { meanResponse, responseQuantile } = mm1(load, 1)
  return { mean: meanResponse, p99: responseQuantile(0.99) }
}

/** What the tool prints for one seed, before anything that takes runs of its own. */
async function answerTo(design: Design, seed: number) {
  const context = { options: { runner }, seed, workFactor: 1 }
  const rounds = await prepare(design, context)
  expect([rounds.overloads, rounds.stopped]).toEqual([[], null])
  while (!(await nextRound(rounds, context))) {}
  const findings = findingsOf(rounds)
  return { mean: findings.mean(findings.all), p99: findings.percentile(findings.all, 99) }
}

/** Three standard errors of a share that is `truth`: what luck alone may take from it. */
const luck = (truth: number, runs: number) => 3 * Math.sqrt((truth * (1 - truth)) / runs)

it.each([
  ['M/M/1 at 50 %', designOf(0.5, 'poisson'), poisson(0.5), 300],
  ['M/M/1 at 80 %', designOf(0.8, 'poisson'), poisson(0.8), 200],
  ['M/M/1 at 90 %', designOf(0.9, 'poisson'), poisson(0.9), 60],
  ['bursts at 60 %', designOf(0.6, 'bursty cv 3'), bursty(0.6, 3), 100],
] as const)('%s: what the tool calls 95 % is that', async (name, design, truth, runs) => {
  let [mean, p99, p99Given, above] = [0, 0, 0, 0]
  for (let seed = 1; seed <= runs; seed++) {
    const answer = await answerTo(design, seed)
    expect(answer.mean.enough).toBe(true)
    if (!answer.mean.enough) continue
    if (answer.mean.low <= truth.mean * 1000 && truth.mean * 1000 <= answer.mean.high) mean++
    if (answer.mean.point > truth.mean * 1000) above++
    if (!answer.p99.enough) continue
    p99Given++
    if (answer.p99.low <= truth.p99 * 1000 && truth.p99 * 1000 <= answer.p99.high) p99++
  }
  const found = `${name}: ${mean}, ${p99} of ${p99Given}, ${above} above, of ${runs}`
  expect(mean / runs, found).toBeGreaterThanOrEqual(0.93 - luck(0.93, runs))
  expect(mean / runs, found).toBeLessThanOrEqual(Math.min(1, 0.97 + luck(0.97, runs)))
  expect(p99 / p99Given, found).toBeGreaterThanOrEqual(0.9 - luck(0.9, runs))
  expect(p99Given / runs, found).toBeGreaterThan(0.98)
})
