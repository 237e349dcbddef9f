import { describe, expect, it } from 'vitest'
import { mva } from '../theory/index.ts'
import { capacity } from './capacity.ts'
import { runner, singleServer } from './testing-capacity.ts'

describe('capacity', () => {
  it('of a single server is what the closed form says', async () => {
    const perSecond = 100 - Math.log(100) / 0.05
    const { criterion, holdsAt, breaksAt } = await capacity(singleServer(['p99 < 50ms']), { runner })
    expect(criterion).toBe('objectives')
    expect(holdsAt?.offeredPerSecond).toBeLessThan(perSecond * 1.03)
    expect(breaksAt?.offeredPerSecond).toBeGreaterThan(perSecond * 0.97)
    expect((breaksAt?.factor ?? 0) / (holdsAt?.factor ?? 1)).toBeLessThan(1.021)
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
