import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

// One request in fifty takes 1 s, the others 2 ms, and nobody waits for anybody: the mean is known. A
// replication that ended with its last arrival would miss many of the slow ones, and be sure of a mean that is too low.
it('a steady-state replication waits for the answers to the last requests', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'few slow ones',
      traffic: { visitors: { rate: '2000/s', requests: { view: { to: 'web' } } } },
      blocks: {
        web: {
          type: 'service',
          endpoints: { view: [{ branch: '2%', do: [{ wait: '1s' }], else: [{ wait: '2ms' }] }] },
        },
      },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { requests } = await simulate(design, { runner, longer: false })
  const mean = requests[0]?.mean
  if (!mean?.sufficient) throw new Error('there is no mean')
  const exact = 0.02 * 1000 + 0.98 * 2
  expect(mean.low).toBeLessThan(exact)
  expect(mean.high).toBeGreaterThan(exact)
  expect(requests[0]?.ledger.inFlight).toBeLessThan((requests[0]?.ledger.offered ?? 0) / 1000)
})

it.each([
  ['a steady run', {}],
  ['a terminating run', { run: { for: '20s', repeat: 12 } }],
])('every interval of %s says the confidence that it guarantees, 95 %', async (_, run) => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'confidence',
      traffic: { visitors: { rate: '50/s', requests: { view: { to: 'web' } } } },
      blocks: {
        web: {
          type: 'service',
          workers: 1,
          endpoints: { view: [{ compute: 'exponential 10ms' }, { publish: 'jobs' }] },
        },
        jobs: { type: 'queue', workers: { compute: '5ms' } },
      },
      ...run,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const answer = JSON.stringify(await simulate(design, { runner, longer: false }))
  const said = [...answer.matchAll(/"confidence":([\d.]+)/g)].map(([, level]) => Number(level))
  expect(said.length).toBeGreaterThan(20)
  // What is known without error has 1.
  expect(new Set(said.filter((level) => level !== 1))).toEqual(new Set([0.95]))
})

// A variant may take away all that a design is sent, to look at what is left.
it.each([
  ['a steady run', {}, 'no source sends requests'],
  ['a terminating run', { run: { for: '1s' } }, null],
])('says of %s to which nothing comes that nothing arrives, and measures nothing', async (_, run, stopped) => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'silence',
      traffic: { visitors: { rate: '0/s', requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { view: [{ compute: '5ms' }] } } },
      ...run,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const answer = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  const sentence = 'no traffic: no source sends a request'
  expect(answer.verdict).toEqual({ outcome: 'inconclusive', nearKnee: false, sentence, overloads: [] })
  expect(answer.run.stopped).toBe(stopped)
})

it('a run ends at the precision of the mean if more than 1 % of requests get no answer', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'failures',
      traffic: { visitors: { rate: '60/s', requests: { get: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { any: [{ fail: '3%' }, { compute: 'exponential 1ms' }] } } },
      run: { until: '5%' },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const { run } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  expect([run.stopped, run.replications]).toEqual([null, 20])
})

it('a run in which no time passes ends: users without think time who are rejected at once', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'room for one',
      traffic: { bench: { users: 2, think: '0s', requests: { query: { to: 'server' } } } },
      blocks: { server: { type: 'service', workers: 1, limit: 0, endpoints: { query: [{ compute: '5ms' }] } } },
      run: { for: '1s', repeat: 2 },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const { requests, run } = await simulate(design, { runner, longer: false })
  expect(run.stopped).toBe(
    'simulated time stands still: calls fail at once at server and are retried at once; add a think time, a back-off or a link latency',
  )
  expect(requests[0]?.mean.sufficient).toBe(false)
})
