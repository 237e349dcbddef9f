import { expect, test } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { NotBegun } from './building.ts'
import { capacity } from './capacity.ts'
import { catalogue } from './catalogue.ts'
import { compare } from './compare.ts'
import { replicate } from './replicate.ts'
import { sensitivity } from './sensitivity.ts'
import { type SimulateOptions, simulate } from './simulate.ts'
import type { Task } from './task.ts'

const { design } = readDesign(
  `loadpath: 1
name: one server
traffic: { t: { rate: 500/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, workers: 1, endpoints: { page: [{ compute: exponential 1ms }] } } }
objectives: [page.p99 < 1s]
run: { for: 1000s, repeat: 20 }
`,
  catalogue,
)
if (design === undefined) throw new Error('the design is sound')

/** A host whose user interrupts after so many replications, while the next one runs. */
function interruptedAfter(whole: number): SimulateOptions & { readonly passes: string[] } {
  let done = 0
  let isWanted = false
  const passes: string[] = []
  const runOne = (task: Task) => {
    isWanted = done >= whole
    const found = replicate(task, { isStopped: () => isWanted })
    done++
    return found
  }
  return {
    passes,
    pass: (name) => passes.push(name),
    stopping: () => isWanted,
    // What is not begun when the user interrupts is left out.
    runner: async (tasks) => tasks.flatMap((task) => (isWanted ? [] : [runOne(task)])),
  }
}

test('a run interrupted in its first replication reports its counts', async () => {
  const options = interruptedAfter(0)
  const answer = await simulate(design, options)
  expect(answer.run.stopped).toBe('interrupted')
  expect(answer.run.replications).toBe(1)
  expect(answer.run.events).toBe(8192)
  expect(answer.requests[0]?.ledger.answered).toBeGreaterThan(2000)
  expect(answer.verdict.overloads).toEqual([])
  // What comes late may break the objective.
  expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['inconclusive'])
  expect(options.passes).toEqual(['replications 1 to 4'])
})

test('an interrupted comparison ends, even if a design has begun another round', async () => {
  const { for: _, ...steady } = design.run
  const paired = [design, { ...design, name: 'another' }].map((one) => ({ ...one, run: steady }))
  for (const whole of [0, 25, 45, 70]) {
    const { designs } = await compare(paired, interruptedAfter(whole))
    expect(designs.map(({ run }) => run.stopped)).toContain('interrupted')
  }
})

test('complete replications count, and those cut short do not', async () => {
  const short = { ...design, run: { ...design.run, for: 100_000 } }
  const answer = await simulate(short, interruptedAfter(5))
  expect(answer.run.stopped).toBe('interrupted')
  expect(answer.run.replications).toBe(5)
  expect(answer.requests[0]?.mean.sufficient).toBe(true)
})

test('a run interrupted before its first replication has insufficient data', async () => {
  const answer = await simulate(design, { runner: async () => [], stopping: () => true })
  expect(answer.run).toMatchObject({ stopped: 'interrupted', replications: 0 })
  expect(answer.verdict.sentence).toBe('insufficient data: interrupted')
})

test('a steady-state run interrupted in its pilot is not reported as overloaded', async () => {
  const steady = { ...design, run: { ...design.run, for: undefined } }
  const answer = await simulate(steady, { runner: async () => [], stopping: () => true })
  expect(answer.verdict.outcome).toBe('inconclusive')
  expect(answer.run.stopped).toBe('interrupted')
})

test('an interrupted search reports only the loads that it tried', async () => {
  const found = await capacity(design, interruptedAfter(0))
  expect(found).toMatchObject({ holdsAt: null, nextAbove: null, points: [], interrupted: true })
  const unchanged = { sufficient: false, reason: 'no replication was run to its end' }
  expect(await sensitivity(design, interruptedAfter(0))).toMatchObject({ rows: [], interrupted: true, unchanged })
})

test('each replication reports its progress', () => {
  const shares: number[] = []
  const plan = {
    ...{ endMs: 200_000, cellStartsMs: [0], measureFromMs: 0, measureToMs: 200_000 },
    ...{ ticks: 10, followEvery: [1000], histograms: [], instances: [] },
  }
  const limits = { events: 1e9, inside: 1e6, wallMs: Number.POSITIVE_INFINITY }
  const reached = (share: number) => shares.push(share)
  replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null }, { reached })
  expect(shares.length).toBeGreaterThan(2)
  expect(shares.toSorted((a, b) => a - b)).toEqual(shares)
  expect(shares.every((share) => share > 0 && share < 1)).toBe(true)
})

test('a replication under construction can be interrupted between past requests and keys', () => {
  const { design: tiers } = readDesign(
    `loadpath: 1
name: tiers
traffic: { t: { rate: 20000/s, requests: { page: { to: outer.read, key: zipf 0.8 over 300k } } } }
blocks:
  outer: { type: cache, of: inner, capacity: 50k, ttl: 60s }
  inner: { type: cache, of: store, capacity: 100k, ttl: 60s }
  store: { type: database, cores: 64, connections: unlimited, read: 1ms }
run: { for: 1s, repeat: 2 }
`,
    catalogue,
  )
  if (tiers === undefined) throw new Error('the design is sound')
  const plan = {
    ...{ endMs: 1000, cellStartsMs: [0], measureFromMs: 0, measureToMs: 1000 },
    ...{ ticks: 10, followEvery: [1000], histograms: [], instances: [] },
  }
  const limits = { events: 1e9, inside: 1e6, wallMs: Number.POSITIVE_INFINITY }
  const task = { design: tiers, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null }
  let looks = 0
  const isStopped = () => {
    looks++
    return false
  }
  replicate(task, { isStopped })
  const eventsOfRun = 3 * 20_000
  expect(looks).toBeGreaterThan(15 + eventsOfRun / 8192)
  looks = 0
  expect(() => replicate(task, { isStopped: () => ++looks === 15 })).toThrow(NotBegun)
  expect(looks).toBe(15)
})
