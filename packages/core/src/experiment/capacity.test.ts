import { describe, expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { mva } from '../theory/index.ts'
import { capacity } from './capacity.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import type { Runner } from './task.ts'

const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

/** One server of 10 ms, first in, first out, at 50/s: its response is exponential with mean 1 / (100/s - load). */
function singleServer(objectives: readonly string[], users?: number) {
  const load = users === undefined ? { rate: '50/s' } : { users, think: '1s' }
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'single server',
      traffic: { visitors: { ...load, requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: 'exponential 10ms' }] } } },
      objectives,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}

describe('capacity', () => {
  it.each([
    ['mean < 50ms', 80],
    ['p50 < 50ms', 100 - Math.LN2 / 0.05],
    ['p99 < 50ms', 100 - Math.log(100) / 0.05],
  ])('of a single server for %s is what the closed form says', async (objective, perSecond) => {
    const { criterion, holdsAt, breaksAt } = await capacity(singleServer([objective]), { runner })
    expect(criterion).toBe('objectives')
    expect(holdsAt?.offeredPerSecond).toBeLessThan(perSecond * 1.03)
    expect(breaksAt?.offeredPerSecond).toBeGreaterThan(perSecond * 0.97)
    expect((breaksAt?.factor ?? 0) / (holdsAt?.factor ?? 1)).toBeLessThan(1.021)
  })

  it('without promises is what is carried, and says where the backlog grows', async () => {
    const { criterion, holdsAt, breaksAt } = await capacity(singleServer([]), { runner })
    expect(criterion).toBe('carries')
    // At 100/s the backlog grows only with the square root of time, which is no steady growth.
    expect(holdsAt?.offeredPerSecond).toBeLessThan(102)
    expect(breaksAt?.offeredPerSecond).toBeGreaterThan(95)
    expect(breaksAt?.overloads.map(({ block }) => block)).toEqual(['web'])
  })

  it('is nothing where even a lonely request breaks the promise', async () => {
    const { holdsAt, breaksAt, points } = await capacity(singleServer(['mean < 5ms']), { runner })
    expect(holdsAt).toBe(null)
    expect(breaksAt?.factor).toBe(1 / 1024)
    expect(points.map(({ holds }) => holds)).toEqual(points.map(() => false))
  })

  it('counts the users of a closed loop', async () => {
    const { holdsAt, breaksAt } = await capacity(singleServer(['mean < 50ms'], 20), { runner })
    // The largest number of users whose mean response, by mean value analysis, is below 50 ms.
    let users = 1
    while (mva([10], 1000, users + 1).response < 50) users++
    expect(holdsAt?.factor).toBeLessThan((users * 1.04) / 20)
    expect(breaksAt?.factor).toBeGreaterThan((users * 0.96) / 20)
  })
})
