import { describe, expect, it } from 'vitest'
import { expectBroken, expectEachBroken } from '../support/testing-promises.ts'
import { failovers } from './index.ts'
import type { Protocol } from './protocol.ts'
import { TestingWorld } from './testing-host.ts'
import { groupsOf, heartbeatValues, promises, wrong } from './testing-promises.ts'
import { expectNeverTwo, expectOneActive } from './testing-schedules.ts'

/** More of them are tried in `contract.slow.ts`. */
const seeds = Array.from({ length: 6 }, (_, i) => i + 1)

describe.each(failovers.members.filter(({ takeoverMs }) => takeoverMs !== undefined))('$name', (member) => {
  it.each(Object.keys(promises))('%s', (promise) => promises[promise]?.(member, seeds))
})

describe.each(failovers.members.filter(({ takeoverMs }) => takeoverMs === undefined))('$name', (member) => {
  it('has one active member at most at any moment, and one once all is well', () => {
    for (const group of groupsOf(member, [{}])) {
      for (const seed of seeds) {
        expectNeverTwo(seed, group)
        expectOneActive(seed, group)
      }
    }
  })
})

it('without fencing a cut makes two members active, until the lower one hears the higher one again', () => {
  const { create } = failovers.get('heartbeat')
  const world = new TestingWorld(1, 2, (host) => create(heartbeatValues, host))
  world.runUntil(5000)
  world.cut(0, 1)
  world.cut(1, 0)
  world.runUntil(9000)
  expect(world.active).toEqual([0, 1])
  world.join()
  // A heartbeat is sent each second, and takes 1 ms.
  world.runUntil(10_001)
  expect([world.active, world.holder]).toEqual([[0], 0])
})

describe('a member that is wrong', () => {
  it('breaks each promise', () => expectEachBroken(promises, wrong))

  it.each(wrong)('%s: %s', (promise, _mistake, member) => {
    expectBroken<[Protocol, readonly number[]]>(promises, promise, member, seeds)
  })
})
