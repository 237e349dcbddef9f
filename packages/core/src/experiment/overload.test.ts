import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

async function answerOf(text: string): Promise<Answer> {
  const { design, problems } = readDesign(text, catalogue)
  expect(problems).toEqual([])
  if (design === undefined) throw new Error('the design is refused')
  return simulate(design, { runner, longer: false })
}

/**
 * One key that expires each second and takes 20 ms to load: all misses of the first load wait for 100 connections. They
 * are loaded at 200/s in 10 s, after which the key expires and as many wait again. The mean load is below the capacity.
 * Each replication is at a moment of its own of these waves: four do not show them on half of all seeds, ten do.
 */
const stampede = (seconds: number) => `loadpath: 1
name: stampede
traffic: { visitors: { rate: 5000/s, requests: { page: { to: hot.read, key: uniform over 1 } } } }
blocks:
  hot: { type: cache, of: store, update: read-through, capacity: 10, ttl: 1s, compute: 10us, cores: 4 }
  store: { type: database, connections: 100, cores: 4, read: constant 20ms }
run: { for: ${seconds}s, repeat: 10 }
objectives: [store.offered < 1000/s, page.p50 < 1ms]
`

const single = (rate: string, seconds: number, repeat: number) => `loadpath: 1
name: one core that serves 100/s
traffic: { visitors: { rate: ${rate}, requests: { page: { to: web } } } }
blocks: { web: { type: service, cores: 1, workers: 1, endpoints: { page: [{ compute: exponential 10ms }] } } }
run: { for: ${seconds}s, repeat: ${repeat} }
`

const filling = (run: string) => `loadpath: 1
name: work that lasts
traffic: { visitors: { rate: 1000/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, cores: 16, workers: 12000, endpoints: { page: [{ wait: exponential 10s }] } } }
${run}
`

const behindConnections = `loadpath: 1
name: connections
traffic: { visitors: { rate: 120/s, requests: { page: { to: web } } } }
blocks:
  web: { type: service, cores: 16, endpoints: { page: [{ call: db }] } }
  db: { type: database, connections: 20, cores: 1, read: exponential 10ms }
run: { bounds: { events: 3M } }
`

describe('a backlog that grows', () => {
  it.each([15, 20])('is too short to tell if it grows in waves, at %i s', async (seconds) => {
    const { verdict, objectives } = await answerOf(stampede(seconds))
    expect(verdict).toMatchObject({ outcome: 'inconclusive', overloads: [] })
    expect(verdict.sentence).toMatch(/the run is too short for a verdict on this load: the backlog at \w+ grows/)
    expect(verdict.sentence).toContain(`set run.for to at least ${2 * seconds}s`)
    // Half of the requests are hits, and wait only in a backlog before the cache itself: where that grows it is inconclusive.
    const grows = /backlog at (\w+) grows/.exec(verdict.sentence)?.[1]
    expect(objectives.map((one) => one.verdict)).toEqual(['met', grows === 'hot' ? 'inconclusive' : 'met'])
  })

  it('is too short to tell if no more arrives than can be served', async () => {
    const { verdict } = await answerOf(single('99/s', 20, 300))
    expect(verdict.outcome).toBe('inconclusive')
  })

  it('is too short to tell if more arrives than can be served but growth is not yet significant', async () => {
    const outcomes: string[] = []
    for (const rate of [104, 106, 108, 110]) {
      const { verdict, bottleneck } = await answerOf(single(`${rate}/s`, 20, 10))
      outcomes.push(verdict.outcome)
      // What is carried is not full at a lower load.
      if (verdict.outcome === 'carries') expect(bottleneck?.saturationLoad).toBeGreaterThanOrEqual(1)
    }
    expect(outcomes).toContain('inconclusive')
  })

  it('leaves availability a lower bound only, however few requests are in flight at the end', async () => {
    const text = single('102/s', 60, 10).replace(/run: .*/, 'run: { bounds: { events: 3M } }')
    const { requests, objectives } = await answerOf(`${text}objectives: [availability >= 99%, availability >= 50%]\n`)
    const { availability } = requests[0] as Answer['requests'][number]
    expect(availability).toMatchObject({ sufficient: false, atLeast: expect.any(Number) })
    // At least 96 % are answered, which decides the second.
    expect(objectives.map((one) => one.verdict)).toEqual(['missed', 'met'])
  })

  // 1,000/s of 10 s fill 10,000 of 12,000 workers (Erlang), and pilots are shorter than 10 s.
  it('is not an overload if work longer than the run fills free workers', async () => {
    const { verdict } = await answerOf(filling('run: { bounds: { events: 1M } }'))
    expect(verdict).toMatchObject({ outcome: 'inconclusive', overloads: [] })
    expect(verdict.sentence).toMatch(/set run\.bounds\.events to at least \d+M$/)
    const terminating = await answerOf(filling('run: { for: 4s, repeat: 10 }'))
    expect(terminating.verdict).toMatchObject({ outcome: 'inconclusive', overloads: [] })
    expect(terminating.verdict.sentence).toContain('set run.for to at least 8s')
  })

  it.each([10, 20])('is none if a hung instance keeps calls that timed out, at %i s', async (seconds) => {
    const { verdict, requests } = await answerOf(`loadpath: 1
name: hung for good
traffic: { visitors: { rate: 100/s, requests: { page: { to: app, timeout: 200ms } } } }
blocks:
  app: { type: load-balancer, targets: web, choice: round-robin, health-check: none }
  web: { type: service, instances: 20, endpoints: { page: [{ wait: constant 10ms }] } }
faults: [{ hang: web.3, at: 1s }]
run: { for: ${seconds}s, repeat: 4 }
`)
    // One of twenty instances answers nothing: 5 calls a second stay there, and nobody waits for them.
    expect([verdict.outcome, verdict.overloads]).toEqual(['carries', []])
    expect(verdict.sentence).toMatch(/^carries this load, but only 9\d.* of requests are answered in time; .* time-out/)
    const { ledger } = requests[0] as Answer['requests'][number]
    const timedOut = ledger.reasons.reduce((sum, { count }) => sum + count, 0)
    expect(Math.abs(timedOut / ledger.offered / (0.05 * (1 - 1 / seconds)) - 1)).toBeLessThan(0.05)
  })

  it('is an overload if calls wait for connections to the next block', async () => {
    const { verdict } = await answerOf(behindConnections)
    expect(verdict).toMatchObject({ outcome: 'overloaded', overloads: [{ block: 'web', full: null }] })
  })

  it('is an overload if slightly more arrives than can be served', async () => {
    const { verdict } = await answerOf(single('105/s', 100, 20))
    expect(verdict).toMatchObject({ outcome: 'overloaded', overloads: [{ block: 'web', full: { resource: 'cores' } }] })
  })
})

it('a source is overloaded if its calls wait for the connections of a database', async () => {
  const { verdict, bottleneck } = await answerOf(`loadpath: 1
name: few connections
traffic: { v: { rate: 150/s, requests: { view: { to: db.read } } } }
blocks:
  db: { type: database, connections: 5, cores: 1, read: exponential 10ms }
`)
  const [overload] = verdict.overloads
  expect(verdict.outcome).toBe('overloaded')
  expect(overload).toMatchObject({ block: 'db' })
  expect(Math.abs((overload?.growsPerSecond ?? 0) - 50)).toBeLessThan(5)
  expect(Math.abs((overload?.carriesPerSecond ?? 0) - 100)).toBeLessThan(5)
  expect(Math.abs((bottleneck?.saturationLoad ?? 0) - 1 / 1.5)).toBeLessThan(0.03)
})
