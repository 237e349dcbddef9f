import { describe, expect, it } from 'vitest'
import { Stream } from '../../kernel/random.ts'
import { random } from './choice/random.ts'
import { roundRobin } from './choice/round-robin.ts'
import { Rotation, shut } from './rotation.ts'
import { SlowStart } from './slow-start.ts'
import { subsetOf } from './subset.ts'

const call = { key: 1, session: 1, client: 1, priority: 5 }
const stream = () => new Stream(1, 0, 'rotation')

describe('a split of 19 to 1 between two blocks of two', () => {
  const rotation = () =>
    new Rotation({
      parts: [
        { members: [0, 1], weight: 19 },
        { members: [2, 3], weight: 1 },
      ],
      weights: [1, 1, 1, 1],
      salt: 1,
      createChooser: (targets) => roundRobin.create({}, targets),
    })
  const countsOf = (targets: Rotation, calls: number) => {
    const [counts, numbers] = [[0, 0, 0, 0], stream()]
    for (let i = 0; i < calls; i++) {
      const target = targets.choose(call, 0, numbers)
      counts[target] = (counts[target] as number) + 1
    }
    return counts
  }

  it('sends every twentieth call to the second', () => {
    expect(countsOf(rotation(), 400)).toEqual([190, 190, 10, 10])
  })

  it('sends the share of an instance that is down to the others of its block', () => {
    const targets = rotation()
    targets.set(2, shut.unhealthy, true)
    expect(countsOf(targets, 400)).toEqual([190, 190, 0, 20])
  })

  it('sends all to the first if the second is down, and is empty if both are', () => {
    const targets = rotation()
    targets.set(2, shut.unhealthy, true)
    targets.set(3, shut.ejected, true)
    expect(countsOf(targets, 400)).toEqual([200, 200, 0, 0])
    targets.set(0, shut.full, true)
    targets.set(1, shut.unhealthy, true)
    expect([targets.isEmpty, targets.isAnyWell]).toEqual([true, true])
    targets.set(0, shut.unhealthy, true)
    expect(targets.isAnyWell).toBe(false)
  })
})

it('slow start: a target that has been back for a share of the window takes part in that share of the choices', () => {
  const rotation = new Rotation({
    parts: [{ members: [0, 1], weight: 1 }],
    weights: [1, 1],
    salt: 1,
    createChooser: (targets) => random.create({}, targets),
  })
  const numbers = stream()
  const slowStart = new SlowStart(rotation, 30_000, numbers)
  slowStart.onBack(1, 0)
  const shareAt = (nowMs: number) => {
    let calls = 0
    for (let i = 0; i < 20_000; i++) {
      slowStart.draw(nowMs)
      calls += rotation.choose(call, nowMs, numbers)
    }
    return calls / 20_000
  }
  expect(shareAt(0)).toBe(0)
  expect(Math.abs(shareAt(15_000) - 0.25)).toBeLessThan(0.01)
  expect(Math.abs(shareAt(30_000) - 0.5)).toBeLessThan(0.012)
  slowStart.onBack(1, 40_000)
  rotation.set(0, shut.unhealthy, true)
  slowStart.draw(40_000)
  expect(rotation.isEmpty).toBe(false)
})

describe('a subset of 5 of 20 targets', () => {
  const all = Array.from({ length: 20 }, (_, target) => target)

  it('is the same for the same balancer, and another for another one', () => {
    expect(subsetOf('lb-1', all, 5)).toEqual(subsetOf('lb-1', all, 5))
    expect(subsetOf('lb-1', all, 5)).toHaveLength(5)
    expect(subsetOf('lb-1', all, 5)).not.toEqual(subsetOf('lb-2', all, 5))
  })

  it('uses every target alike over a thousand balancers', () => {
    const counts = all.map(() => 0)
    for (let i = 0; i < 1000; i++)
      for (const target of subsetOf(`lb-${i}`, all, 5)) counts[target] = (counts[target] as number) + 1
    // Four standard deviations of a binomial: 1,000 draws of a quarter.
    for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(4 * Math.sqrt(1000 * 0.25 * 0.75))
  })

  it('changes by one target at most when one is added', () => {
    for (let i = 0; i < 100; i++) {
      const [before, after] = [subsetOf(`lb-${i}`, all, 5), subsetOf(`lb-${i}`, [...all, 20], 5)]
      expect(before.filter((target) => !after.includes(target)).length).toBeLessThanOrEqual(1)
    }
  })
})
