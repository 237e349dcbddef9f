import { expect, test } from 'vitest'
import { kindsOf } from '../before-run/kinds.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { doesNotFit, fold, keepingOf, replicationsIn } from './fold.ts'
import { ledgerOf } from './ledger.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import { RunResults } from './run-results.ts'
import { simulate } from './simulate.ts'
import type { Replicate, Task } from './task.ts'

const text = (blocks: number, run: string) => `loadpath: 1
name: chain
traffic: { t: { rate: 100/s, requests: { page: { to: s0, deadline: 3ms }, search: { to: s0 } } } }
blocks:
${Array.from({ length: blocks }, (_, i) => {
  const next = i + 1 < blocks ? `, { call: s${i + 1} }` : ''
  return `  s${i}: { type: service, workers: 1, endpoints: { page: [{ compute: exponential 1ms }${next}], search: [{ compute: 1ms }] } }`
}).join('\n')}
run: ${run}
`

function designOf(blocks: number, run: string) {
  const { design } = readDesign(text(blocks, run), catalogue)
  if (design === undefined) throw new Error('the design is sound')
  return design
}

const design = designOf(2, '{ for: 200ms, repeat: 96 }')
const plan = { ...terminatingPlan(design, 200), cellStartsMs: [0, 50] }
const limits = { events: 1e9, inside: 1e6, wallMs: Number.POSITIVE_INFINITY }
const replicates = Array.from({ length: 96 }, (_, replication) =>
  replicate({ design, seed: 1, replication, workFactor: 1, plan, limits, trace: null }),
)

function folded(most: number, chunk = 7): Replicate[] {
  const batches: Replicate[] = []
  for (let from = 0; from < replicates.length; from += chunk) fold(batches, replicates.slice(from, from + chunk), most)
  return batches
}

test('up to the largest number of batches, each replication is kept', () => {
  const batches = folded(96)
  expect(batches).toEqual(replicates)
})

test('many replications become batches of equal size, however many end together', () => {
  const batches = folded(40)
  expect(batches.map(({ replications }) => replications)).toEqual(Array.from({ length: 24 }, () => 4))
  expect(batches.map(({ replication }) => replication)).toEqual(Array.from({ length: 24 }, (_, i) => 4 * i))
  expect(folded(40, 1)).toEqual(batches)
  expect(folded(40, 96)).toEqual(batches)
})

test('batches have the same sums, estimates and percentiles as their replications', () => {
  const single = new RunResults(design, plan, replicates)
  const batches = folded(40)
  const several = new RunResults(design, plan, batches)
  expect(replicationsIn(batches)).toBe(96)
  expect(ledgerOf(several, several.all)).toEqual(ledgerOf(single, single.all))
  expect(kindsOf(design).length).toBe(2)
  const all = (results: RunResults) => [
    results.mean(results.all),
    results.percentile(results.all, 90),
    results.rate(results.all, (cell) => cell.offered),
    results.utilization(0, 0),
    results.inFlight(results.all),
    results.share(results.all, (cell) => cell.inTime),
  ]
  const [before, after] = [all(single), all(several)]
  before.forEach((one, i) => {
    const other = after[i]
    if (!one.sufficient || other?.sufficient !== true) throw new Error('all of them have enough data')
    expect(other.point).toBeCloseTo(one.point, 9)
    // From 24 batches in place of 96 replications: an interval of about the same width.
    const ratio = (other.high - other.low) / (one.high - one.low)
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(1.4)
  })
})

test('memory does not grow with the number of replications', () => {
  const small = keepingOf(1, 50, { ...plan, cellStartsMs: [0] })
  expect(small.batches).toBe(512)
  expect(small.bytes).toBeLessThan(150e6)
  expect(keepingOf(1, 500, { ...plan, cellStartsMs: [0] }).bytes).toBeLessThan(350e6)
})

test('a run that does not fit into memory reports its need before it begins', async () => {
  expect(doesNotFit(1, 2000, { ...plan, cellStartsMs: [0] }, null)).toBe(null)
  const many = Array.from({ length: 1000 }, (_, i) => i)
  const needs = 'it would take about 16 GB of memory, for 1 block and 20 kinds of request in 1000 stretches of time'
  const why = (fewer: string | null) => doesNotFit(20, 1, { ...plan, cellStartsMs: many }, fewer)
  expect(why('look at fewer windows')).toEqual({
    needs,
    remedy: 'it fits with 121 stretches, so look at fewer windows',
  })
  expect(why(null)).toEqual({ needs, remedy: 'simulate a part of the design' })
})

test('an answer from 2,000 replications in batches counts 2,000 replications', async () => {
  const kept: number[] = []
  const runner = async (tasks: readonly Task[]) => {
    kept.push(tasks.length)
    return tasks.map((task) => replicate(task))
  }
  const answer = await simulate(designOf(1, '{ for: 1ms, repeat: 2000 }'), { runner, longer: false })
  expect(answer.run.replications).toBe(2000)
  expect(Math.max(...kept)).toBeLessThanOrEqual(64)
  expect(answer.requests[0]?.ledger.offered).toBeGreaterThan(150)
})

test('the verdict of a run that does not fit into memory is inconclusive and names the reason', async () => {
  const windows = Array.from({ length: 900 }, (_, i) => `page.mean < 1s from ${i + 1}ms to ${i + 2}ms`)
  const kinds = Array.from({ length: 30 }, (_, i) => `k${i}: { to: s0.page }`).join(', ')
  const { design, problems } = readDesign(
    `${text(1, '{ for: 1s }').replace('search: { to: s0 } }', `search: { to: s0 }, ${kinds} }`)}objectives: [${windows.map((one) => `"${one}"`).join(', ')}]\n`,
    catalogue,
  )
  expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning does-not-fit'])
  let ran = 0
  const runner = async (tasks: readonly Task[]) => {
    ran += tasks.length
    return tasks.map((task) => replicate(task))
  }
  const answer = await simulate(design as NonNullable<typeof design>, { runner })
  expect(ran).toBe(0)
  expect(answer.verdict.outcome).toBe('inconclusive')
  expect(answer.run.stopped).toMatch(/^it would take about \d+(\.\d)? GB of memory/)
  expect(answer.verdict.sentence).toContain('GB of memory')
})

test('an estimate from batches gives the number of replications, not of batches', () => {
  const results = new RunResults(design, plan, folded(40))
  expect(results.replicates.length).toBeLessThan(96)
  const { mean, share } = {
    mean: results.mean(results.all),
    share: results.share(results.all, (cell) => cell.inTime),
  }
  const estimates = [
    mean,
    share,
    results.percentile(results.all, 50),
    results.throughput(results.all),
    results.use(0, 'cores'),
  ]
  expect(estimates.map(({ sufficient: enough, replications }) => [enough, replications])).toEqual(
    estimates.map(() => [true, 96]),
  )
})
