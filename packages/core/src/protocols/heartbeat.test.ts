import { describe, expect, it } from 'vitest'
import { heartbeat, priorityOf, silenceMs } from './heartbeat.ts'
import { TestingWorld } from './testing-host.ts'

const usual = { every: 1000, fails: 3, fencing: 'none', 'fail-back': 'automatic' } as const

function world(values: Partial<Record<keyof typeof usual, string | number>> = {}, members = 2): TestingWorld {
  return new TestingWorld(1, members, (host) => heartbeat.create({ ...usual, ...values } as never, host))
}

/** Moments from which on the address was at each member. */
const claimsOf = ({ claims }: TestingWorld) => claims.map(({ atMs, by }) => [Math.round(atMs), by])

describe('the time of silence', () => {
  it.each([
    // RFC 9568, section 6.1: three intervals and (256 - priority) / 256 of one.
    [1000, 3, 100, 3609.375],
    [1000, 3, 254, 3007.8125],
    [100, 5, 1, 599.609375],
  ])('every %i ms, %i missed, priority %i: %f ms', (every, fails, priority, expectedMs) => {
    expect(silenceMs({ every, fails }, priority)).toBe(expectedMs)
  })

  it('differs for all members of a group', () => {
    expect([0, 1].map((place) => priorityOf(place, 2))).toEqual([254, 128])
    expect([0, 1, 2].map((place) => priorityOf(place, 3))).toEqual([254, 170, 86])
  })

  it('passes after the last heartbeat before the crash: 3.5 periods for the second of two', () => {
    const pair = world()
    let beatMs = 0
    pair.passes = (from) => {
      if (from === 0) beatMs = pair.nowMs
      return true
    }
    pair.at(10_700, () => pair.crash(0))
    pair.runUntil(20_000)
    expect(claimsOf(pair)).toEqual([
      [0, 0],
      [Math.round(beatMs + 1 + 3500), 1],
    ])
  })
})

describe('fail-back', () => {
  it('gives the address back to the first member 3.008 periods after its start', () => {
    const pair = world()
    pair.at(10_000, () => pair.crash(0))
    pair.at(20_000, () => pair.start(0))
    pair.runUntil(30_000)
    expect(claimsOf(pair).slice(2)).toEqual([[23_008, 0]])
    expect(pair.active).toEqual([0])
  })

  it('with fencing makes the active member yield at its next heartbeat, and switches nobody off', () => {
    const pair = world({ fencing: 'required' })
    pair.at(10_000, () => pair.crash(0))
    pair.at(20_000, () => pair.start(0))
    pair.runUntil(30_000)
    expect([pair.isUp(0), pair.isUp(1), pair.active]).toEqual([true, true, [0]])
    const [backMs] = claimsOf(pair)[2] as [number, number]
    expect(backMs).toBeLessThanOrEqual(21_003)
  })

  it('none: the active member stays active', () => {
    const pair = world({ 'fail-back': 'none' })
    pair.at(10_000, () => pair.crash(0))
    pair.at(20_000, () => pair.start(0))
    pair.runUntil(60_000)
    expect([pair.active, claimsOf(pair)]).toEqual([
      [1],
      [
        [0, 0],
        [expect.any(Number), 1],
      ],
    ])
  })
})

describe('fencing', () => {
  it('nobody takes over as long as the way to switch others off does not work', () => {
    const pair = world({ fencing: 'required' })
    pair.conditions.fencingWorks = false
    pair.at(10_000, () => pair.cut(0, 1))
    pair.runUntil(60_000)
    expect(pair.active).toEqual([0])
    pair.conditions.fencingWorks = true
    pair.runUntil(65_000)
    expect([pair.isUp(0), pair.active]).toEqual([false, [1]])
  })

  it('a member that hears a heartbeat while it is taking over stands by again', () => {
    const pair = world({ fencing: 'required' })
    pair.conditions.fencingWorks = false
    pair.at(10_000, () => pair.cut(0, 1))
    pair.at(20_000, () => pair.join())
    pair.runUntil(22_000)
    pair.conditions.fencingWorks = true
    pair.runUntil(60_000)
    expect([pair.isUp(0), pair.active]).toEqual([true, [0]])
  })
})

it('a paused member goes on as active, and steps down at the first heartbeat of a higher one alone', () => {
  const trio = world({}, 3)
  trio.at(5000, () => trio.pause(0))
  trio.at(20_000, () => trio.resume(0))
  trio.runUntil(19_999)
  expect(trio.active).toEqual([0, 1])
  trio.runUntil(21_002)
  expect(trio.active).toEqual([0])
})
