import { describe, expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import type { Overload } from './overload.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

async function answerOf(text: string): Promise<Answer> {
  const { design, problems } = readDesign(text, catalogue)
  expect(problems).toEqual([])
  return simulate(design as Design, { runner, longer: false })
}

const mistakesOf = (text: string) => readDesign(text, catalogue).problems.map(({ code, message }) => [code, message])

/** Ten nodes, all of whose reads are for one key: 300/s of 5 ms at one node. */
const hotNode = (objectives: string) => `loadpath: 1
name: hot node
traffic: { readers: { rate: 300/s, requests: { hot: { to: nodes.read, key: uniform over 1 } } } }
blocks:
  nodes: { type: cache, of: disk, instances: 10, capacity: 20k, compute: constant 5ms }
  disk: { type: database }
run: { for: 30s, repeat: 5 }
objectives: [${objectives}]
`

/** Two servers in turn at 95/s, one a quarter as fast: it can do 50/s of its 47.5/s. */
const uneven = (objectives: string, servers = '{ cores: 1, speed: 1 }, { cores: 1, speed: 0.25 }') => `loadpath: 1
name: uneven
traffic: { users: { rate: 95/s, requests: { get: { to: front } } } }
blocks:
  front: { type: load-balancer, targets: web, choice: round-robin }
  web: { type: service, workers: 50, instances: [${servers}], endpoints: { get: [{ compute: exponential 5ms }] } }
run: { for: 60s, repeat: 10 }
objectives: [${objectives}]
`

describe('the fullest instance', () => {
  it('decides verdict, bottleneck and objective, even if the mean is low', async () => {
    const text = hotNode('nodes.utilization < 70%, nodes.fullest.utilization > 95%, nodes.fullest.hit-ratio > 99%')
    const { verdict, bottleneck, blocks, objectives } = await answerOf(text)
    expect(verdict).toMatchObject({ outcome: 'overloaded', overloads: [{ block: 'nodes' }] })
    expect(verdict.overloads[0]?.carriesPerSecond).toBeCloseTo(200, 0)
    expect(bottleneck).toMatchObject({ block: 'nodes', instance: 'fullest', resource: 'cores' })
    expect(bottleneck?.saturationLoad).toBeCloseTo(200 / 300, 1)
    const [cores] = blocks.find(({ name }) => name === 'nodes')?.resources ?? []
    expect(cores).toMatchObject({ instance: 'fullest', mean: { sufficient: true }, utilization: { sufficient: true } })
    expect([cores?.mean, cores?.utilization].map((use) => (use?.sufficient === true ? use.point : 0))).toEqual([
      expect.closeTo(0.1, 3),
      expect.closeTo(1, 2),
    ])
    expect(objectives.map((one) => one.verdict)).toEqual(['missed', 'met', 'met'])
  })

  it('is named, and an objective can name a single instance', async () => {
    const asked =
      'web.1.utilization < 30%, web.2.utilization > 90%, web.1.p99 < 40ms, web.2.queue-length < 20, web.2.mean > 40ms'
    const { bottleneck, objectives, blocks } = await answerOf(uneven(asked))
    expect(bottleneck).toMatchObject({ block: 'web', instance: 2, resource: 'cores' })
    // 50/s of 47.5/s.
    expect(Math.abs((bottleneck?.saturationLoad ?? 0) - 1.05)).toBeLessThan(0.03)
    expect(objectives.map((one) => one.verdict)).toEqual(['met', 'met', 'met', 'met', 'met'])
    const [cores] = blocks.find(({ name }) => name === 'web')?.resources ?? []
    expect(cores?.mean).toMatchObject({ sufficient: true, point: expect.closeTo(0.594, 1) })
  })

  it('is not named where all instances are alike and differ only by chance', async () => {
    const alike = Array.from({ length: 20 }, () => '{ cores: 1 }').join(', ')
    const { bottleneck, blocks } = await answerOf(uneven('', alike).replace('choice: round-robin', 'choice: random'))
    expect(bottleneck).toMatchObject({ block: 'web', instance: null })
    expect(bottleneck?.utilization).toBeCloseTo((95 * 0.005) / 20, 2)
    expect(blocks.find(({ name }) => name === 'web')?.resources).toMatchObject([{ instance: null }, { instance: null }])
  })
})

describe('the maximum throughput of a block', () => {
  const core = (fields: string) => `loadpath: 1
name: one core
traffic: { readers: { rate: 300/s, requests: { get: { to: web } } } }
blocks: { web: { type: service, cores: 1, ${fields} } }
run: { for: 30s, repeat: 5 }
`

  it.each([
    ['a core that all calls share', 'endpoints: { get: [{ compute: constant 5ms }] }'],
    ['a worker', 'workers: 1, endpoints: { get: [{ compute: constant 5ms }] }'],
    ['a core that all calls share, with random work', 'endpoints: { get: [{ compute: exponential 5ms }] }'],
    ['an event loop', 'workers: event-loop, endpoints: { get: [{ compute: 2ms }, { wait: 10ms }, { compute: 3ms }] }'],
  ])('is its capacity: %s', async (_, fields) => {
    const { verdict, bottleneck } = await answerOf(core(fields))
    expect(verdict.overloads[0]).toMatchObject({ block: 'web', full: { resource: 'cores' } })
    expect(Math.abs((verdict.overloads[0]?.carriesPerSecond ?? 0) - 200)).toBeLessThan(4)
    expect(verdict.sentence).toMatch(/(at most|handle) 20\d\/s/)
    const [{ offeredPerSecond, finishedPerSecond, failedPerSecond, growsPerSecond }] = verdict.overloads as [Overload]
    expect(finishedPerSecond + failedPerSecond + growsPerSecond).toBeCloseTo(offeredPerSecond, 6)
    expect(Math.abs((bottleneck?.saturationLoad ?? 0) - 200 / 300)).toBeLessThan(0.015)
  })
})

describe('an objective on a measure that the block lacks', () => {
  const design = (objective: string) => `loadpath: 1
name: wrong subject
traffic: { v: { rate: 60/s, requests: { view: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { view: [{ compute: exponential 10ms }, { call: db.read }] } }
  db: { type: database }
run: { for: 100s, repeat: 10 }
objectives: ['${objective}']
`

  it.each([
    ['web.hit-ratio > 20%', 'wrong-subject', '`hit-ratio` is not a measure of `web`, a `service` with no hits'],
    ['db.occupancy < 80%', 'wrong-subject', '`occupancy` is not a measure of `db`, a `database` with no workers'],
    [
      'web.connections < 80%',
      'wrong-subject',
      '`connections` is not a measure of `web`, a `service` with no connections',
    ],
    ['mean < 1s from 200s to 300s', 'window-outside-run', 'the window starts at 200s, after the run ends at 100s'],
    ['web.3.utilization < 80%', 'unknown-instance', '`web` has no instance `3`'],
    ['db.fullest.utilization < 80%', 'unknown-instance', '`db` has no instance `fullest`'],
    ['web.fullest.p99 < 2s', 'wrong-subject', '`percentile` is not a measure of the fullest instance'],
  ])('is a mistake: %s', (objective, code, message) => {
    expect(mistakesOf(design(objective))).toEqual([[code, message]])
  })

  it('is a problem for one node if only the whole block counts the measure', () => {
    const cached = design('near.1.stale < 1%')
      .replace('to: web', 'to: near.read, key: uniform over 9')
      .replace('blocks:', 'blocks:\n  near: { type: cache, of: db, capacity: 9, instances: 2 }')
    expect(mistakesOf(cached)).toContainEqual(['wrong-subject', '`stale` is not a measure of one instance'])
  })

  it.each([
    'web.2.wait-p99 < 1s',
    'web.1.calls-per-request < 2',
    'web.2.rejected < 1%',
    'web.fullest.queue-length < 5',
    'web.1.throughput > 10/s',
    'db.connections < 90%',
  ])('is valid if the block has the measure: %s', (objective) => expect(mistakesOf(design(objective))).toEqual([]))
})

describe('the load of one instance', () => {
  const all = ['offered < 1/s', 'in-flight < 1', 'rejected < 1%', 'calls-per-request < 1']
  const of = (subject: string) => all.map((objective) => `  - ${subject}.${objective}`)
  const design = (blocks: string, to: string) => `loadpath: 1
name: instances
traffic: { v: { rate: 300/s, requests: { get: { to: ${to} } } } }
blocks:
${blocks}
run: { for: 50s, repeat: 10 }
objectives:
${['web', 'web.1', 'web.2', 'web.3'].flatMap(of).join('\n')}
`

  /** Of the block, then of each of its instances: offered, inside, refused, attempts. */
  async function measuredIn(text: string) {
    const { objectives } = await answerOf(text)
    const points = objectives.map(({ measured }) => (measured.sufficient ? measured.point : Number.NaN))
    return [0, 4, 8, 12].map((i) => points.slice(i, i + 4) as [number, number, number, number])
  }

  const servers = 'instances: [{ workers: 1 }, { workers: 1, speed: 0.5 }, { workers: 1 }]'
  const service = `  web: { type: service, ${servers}, limit: 1, endpoints: { get: [{ compute: exponential 5ms }] } }`

  it.each([
    ['the service chooses', service, 'web'],
    ['a balancer chooses', `${service}\n  front: { type: load-balancer, choice: random, targets: web }`, 'front'],
  ])('adds up to what comes to the block, and is that of M/M/1/2, where %s', async (_, blocks, to) => {
    const [web, ...each] = await measuredIn(design(blocks, to))
    const sum = (i: number) => each.reduce((total, one) => total + (one[i] as number), 0)
    expect([sum(0) / (web?.[0] ?? 0), sum(1) / (web?.[1] ?? 0), sum(3) / (web?.[3] ?? 0)]).toEqual(
      [1, 1, 1].map((one) => expect.closeTo(one, 6)),
    )
    const lost = each.reduce((total, [offered, , refused]) => total + offered * refused, 0)
    expect(lost / (web?.[0] ?? 0) / (web?.[2] ?? 0)).toBeCloseTo(1, 6)
    // A hundred a second to each: ρ is 1/2, and 1 at half the speed. With room for two, states weigh 1, ρ and ρ².
    for (const [i, rho] of [0.5, 1, 0.5].entries()) {
      const [offered, inside, refused, attempts] = each[i] as [number, number, number, number]
      const weight = 1 + rho + rho ** 2
      expect(Math.abs(offered / 100 - 1)).toBeLessThan(0.02)
      expect(Math.abs(inside - (rho + 2 * rho ** 2) / weight)).toBeLessThan(0.02)
      expect(Math.abs(refused - rho ** 2 / weight)).toBeLessThan(0.01)
      expect(Math.abs(attempts - 1 / 3)).toBeLessThan(0.005)
    }
  })

  it('adds up over the nodes of a cache and the PoPs of a CDN', async () => {
    for (const type of ['cache, instances: 3', 'cdn, pops: 3, edge-latency: 10ms']) {
      const near = `  web: { type: ${type}, of: db, capacity: 50 }\n  db: { type: database, connections: unlimited }`
      const [web, ...each] = await measuredIn(design(near, 'web.read, key: uniform over 99'))
      for (const i of [0, 1, 3]) {
        const sum = each.reduce((total, one) => total + (one[i] as number), 0)
        expect(sum / (web?.[i] ?? 0)).toBeCloseTo(1, 6)
      }
    }
  })
})
