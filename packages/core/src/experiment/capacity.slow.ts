import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { mva } from '../theory/index.ts'
import { capacity } from './capacity.ts'
import { catalogue } from './catalogue.ts'
import { againstTheory, publisher, runner, singleServer } from './testing-capacity.ts'

describe('capacity near the knee', () => {
  it.each([
    ['mean < 50ms', 80],
    ['p50 < 50ms', 100 - Math.LN2 / 0.05],
  ])('of a single server for %s is what the closed form says', async (objective, perSecond) => {
    const { criterion, holdsAt, nextAbove } = await capacity(singleServer([objective]), { runner })
    expect(criterion).toBe('objectives')
    expect(holdsAt?.offeredPerSecond).toBeLessThan(perSecond * 1.03)
    expect(nextAbove?.offeredPerSecond).toBeGreaterThan(perSecond * 0.97)
    expect((nextAbove?.factor ?? 0) / (holdsAt?.factor ?? 1)).toBeLessThan(1.021)
  })

  it('is known no better than the percentile at it, where one load is much like another for that', async () => {
    // Near 8/s, 1 % of this p99 is 12 % of the load.
    const { holdsAt, nextAbove, points } = await capacity(singleServer(['p99 < 50ms']), { runner })
    expect([holdsAt?.certain, nextAbove?.certain]).toEqual([false, false])
    expect(points.flatMap((point) => againstTheory(point, 50))).toEqual([])
  })

  it('gets as many replications as a rare percentile needs, and takes too few for no answer', async () => {
    const { holdsAt, points } = await capacity(singleServer(['p99.9 < 500ms']), { runner })
    const perSecond = 100 - Math.log(1000) / 0.5
    expect(holdsAt?.offeredPerSecond).toBeGreaterThan(perSecond * 0.95)
    expect(points.filter(({ factor, outcome }) => factor <= 1 && outcome !== 'holds')).toEqual([])
  })

  it('without objectives is what is carried, and says where the backlog grows', async () => {
    const { criterion, holdsAt, nextAbove, points } = await capacity(singleServer([]), { runner })
    expect(criterion).toBe('carries')
    // At 100/s the backlog grows only with the square root of time: what comes next is inconclusive or an overload.
    expect(holdsAt?.offeredPerSecond).toBeLessThan(102)
    expect(nextAbove?.offeredPerSecond).toBeGreaterThan(95)
    const broken = points.find(({ outcome }) => outcome === 'misses')
    expect(broken?.overloads.map(({ block }) => block)).toEqual(['web'])
  })
})

it('a load at which replications have to be longer is judged by those', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: a pool of two
traffic: { people: { rate: 190.2/s, requests: { page: { to: app } } } }
blocks:
  app: { type: service, cores: 4, calls: { pg: { pool: 2 } }, endpoints: { page: [{ call: pg.read }] } }
  pg: { type: database, connections: 4, cores: 64, read: exponential 10ms }
`,
    catalogue,
  )
  const { points, holdsAt } = await capacity(design as never, { runner })
  // An M/M/2 queue carries up to 200/s, and at 95 % of it all are answered.
  expect(points.filter(({ verdict }) => verdict.outcome === 'failing')).toEqual([])
  expect(points.find(({ factor }) => factor === 1)?.outcome).toBe('holds')
  expect(holdsAt?.offeredPerSecond).toBeGreaterThan(190)
})

describe('capacity of other kinds', () => {
  it('counts the users of a closed loop', async () => {
    const { holdsAt, nextAbove } = await capacity(singleServer(['mean < 50ms'], 20), { runner })
    // The largest number of users whose mean response, by mean value analysis, is below 50 ms.
    let users = 1
    while (mva([10], 1000, users + 1).response < 50) users++
    expect(holdsAt?.users).toBeLessThan(users * 1.04)
    expect(nextAbove?.users).toBeGreaterThan(users * 0.96)
    // They offer what they get answered, and not what they would if answers took no time.
    const offered = mva([10], 1000, holdsAt?.users ?? 0).throughput * 1000
    expect(Math.abs((holdsAt?.offeredPerSecond ?? 0) / offered - 1)).toBeLessThan(0.02)
  })

  it('finds no load where even a lone request misses the objective', async () => {
    const { holdsAt, nextAbove, points } = await capacity(singleServer(['mean < 5ms']), { runner })
    expect([holdsAt, nextAbove]).toEqual([null, null])
    expect(points[0]?.factor).toBe(1 / 1024)
    // At 100/s exactly nothing settles, and nobody can say.
    const others = points.filter(({ offeredPerSecond }) => offeredPerSecond !== 100)
    expect(others.map(({ outcome }) => outcome)).toEqual(others.map(() => 'misses'))
  })

  it('has a least load where a throughput is requested', async () => {
    const answer = await capacity(singleServer(['mean < 50ms', 'throughput >= 62/s']), { runner })
    const { holdsFrom, nextBelow, holdsAt, nextAbove } = answer
    expect(holdsFrom?.offeredPerSecond).toBeLessThan(62 * 1.03)
    expect(nextBelow?.offeredPerSecond).toBeGreaterThan(62 * 0.97)
    expect(holdsAt?.offeredPerSecond).toBeLessThan(80 * 1.03)
    expect(nextAbove?.offeredPerSecond).toBeGreaterThan(80 * 0.97)
  })

  it('is not kept where a backlog grows that no request waits for', async () => {
    const { holdsAt, points } = await capacity(publisher(), { runner })
    // Close to 100/s a load may be inconclusive: its queue settles too slowly for the events of one load.
    const broken = points.find(({ outcome }) => outcome === 'misses')
    expect(broken?.overloads.map(({ block }) => block)).toEqual(['jobs'])
    expect(broken?.objectives.map(({ verdict }) => verdict)).toEqual(['met'])
    expect(holdsAt?.offeredPerSecond).toBeGreaterThan(95)
    expect(broken?.offeredPerSecond).toBeLessThan(110)
  })
})
