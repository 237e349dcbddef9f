import { describe, expect, it } from 'vitest'
import { mva } from '../theory/index.ts'
import { capacity } from './capacity.ts'
import type { Runner } from './task.ts'
import { againstTheory, batchServer, runner, singleServer } from './testing-capacity.ts'

describe('capacity', () => {
  it('of a single server agrees with the closed form', async () => {
    // Near 77/s, 1 % of this p99 is 0.3 % of the load.
    const { criterion, holdsAt, nextAbove, nextBelow, points } = await capacity(singleServer(['p99 < 200ms']), {
      runner,
    })
    expect([criterion, nextBelow]).toEqual(['objectives', null])
    const perSecond = 100 - Math.log(100) / 0.2
    expect(holdsAt?.offeredPerSecond).toBeLessThan(perSecond * 1.02)
    expect(nextAbove?.offeredPerSecond).toBeGreaterThan(perSecond * 0.98)
    expect((nextAbove?.factor ?? 0) / (holdsAt?.factor ?? 1)).toBeLessThan(1.021)
    expect(points.flatMap((point) => againstTheory(point, 200))).toEqual([])
  })

  it('lists the loads tried so far if it is interrupted, and is marked as interrupted', async () => {
    // In the middle of its third load, however many rounds each load takes.
    const loads = new Set<string>()
    const stopping = () => loads.size > 2
    const noting: Runner = (tasks) => {
      for (const { design } of tasks) loads.add(JSON.stringify(design.sources.map(({ values }) => values.rate)))
      return runner(tasks)
    }
    const { interrupted, points } = await capacity(singleServer(['p99 < 500ms']), { runner: noting, stopping })
    expect(interrupted).toBe(true)
    expect(points.map(({ factor, outcome }) => [factor, outcome])).toEqual([
      [1, 'holds'],
      [2, 'misses'],
    ])
  })

  it('of a batch is a whole number of requests, and its factor is relative to the batch', async () => {
    // Of n requests one after another, the last is answered after n × 10 ms and the mean after (n + 1) / 2 × 10 ms.
    const { holdsAt, nextAbove } = await capacity(batchServer({ count: 7 }), { runner })
    expect(holdsAt).toMatchObject({ batch: 38, users: null, offeredPerSecond: null, factor: 38 / 7 })
    expect(nextAbove).toMatchObject({ batch: 39, factor: 39 / 7 })
  })

  it('of a batch without objectives is what is answered within the run', async () => {
    // The server does 4,000 requests of 10 ms in 40 s; it answers the last one as the run ends.
    const { holdsAt, nextAbove } = await capacity({ ...batchServer({ count: 1000 }), objectives: [] }, { runner })
    expect(holdsAt?.batch).toBeGreaterThan(3920)
    expect(holdsAt?.batch).toBeLessThanOrEqual(4000)
    expect(nextAbove?.outcome).toBe('inconclusive')
    expect(nextAbove?.batch).toBeGreaterThanOrEqual(4000)
  })

  it('has no rate for users who send a fixed number of requests, and a rate for a periodic job', async () => {
    const users = await capacity(batchServer({ users: 2, count: 40, think: '10ms' }), { runner })
    expect(users.points.map(({ offeredPerSecond }) => offeredPerSecond)).toEqual(users.points.map(() => null))
    const job = await capacity(batchServer({ count: 20, every: '10s' }), { runner })
    expect(job.holdsAt).toMatchObject({ batch: 38, factor: 1.9, offeredPerSecond: 3.8 })
  })

  it('is a whole number of users', async () => {
    const { holdsAt, nextAbove, points } = await capacity(singleServer(['mean < 10.25ms'], 3), { runner })
    const holds = (users: number) => mva([10], 1000, users).response < 10.25
    expect([holdsAt?.users, nextAbove?.users].map((users) => holds(users ?? 0))).toEqual([true, false])
    expect((nextAbove?.users ?? 0) - (holdsAt?.users ?? 0)).toBe(1)
    expect(new Set(points.map(({ users }) => users)).size).toBe(points.length)
  })
})
