import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { adaptiveLimit } from './adaptive-limit.ts'
import { byPriority } from './by-priority.ts'
import { codel } from './codel.ts'
import { sheds } from './index.ts'
import type { Shedder } from './shed.ts'

describe.each(sheds.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  const created = (): Shedder => member.create(chosenAsItSays(member).values as never)

  it('lets calls in and begins them while nobody waits', () => {
    const shedder = created()
    for (let nowMs = 0; nowMs < 1e5; nowMs += 10) {
      expect(shedder.admits?.(9, 0, 0)).not.toBe(false)
      expect(shedder.begins?.(0, 0, nowMs)).not.toBe(false)
      shedder.answered?.(5, 1)
    }
  })

  it('sheds no call of higher priority in place of a lower one', () => {
    const shedder = created()
    for (let waiting = 0; waiting < 200; waiting++) {
      const admitted = Array.from({ length: 10 }, (_, priority) => shedder.admits?.(priority, waiting, waiting) ?? true)
      expect(admitted).toEqual([...admitted].sort((a, b) => Number(b) - Number(a)))
    }
  })
})

/** Whether it gives up a call of the least priority under ever more load, and takes one when the load is over. */
function underLoad(shedder: Shedder): readonly [gaveUp: boolean, takesAgain: boolean] {
  let gaveUp = false
  for (let i = 1; i <= 2000; i++) {
    const isAdmitted = shedder.admits?.(9, 10 * i, 10 * i) ?? true
    const isBegun = shedder.begins?.(10 * i, 10 * i, 10 * i) ?? true
    if (!isAdmitted || !isBegun) gaveUp = true
  }
  return [gaveUp, (shedder.admits?.(9, 0, 0) ?? true) && (shedder.begins?.(0, 0, 1e6) ?? true)]
}

it.each(sheds.members.map((member) => [member.name, member] as const))(
  '%s gives up calls under overload, except `none`, and takes calls again afterwards',
  (name, member) => {
    expect(underLoad(member.create(chosenAsItSays(member).values as never))).toEqual([name !== 'none', true])
  },
)

it('a rule that never sheds, or stays shut, is caught', () => {
  let isShut = false
  const shutForEver: Shedder = {
    admits(_priority, _inside, waiting) {
      isShut ||= waiting > 100
      return !isShut
    },
  }
  expect([underLoad({ admits: () => true }), underLoad(shutForEver)]).toEqual([
    [false, true],
    [true, false],
  ])
})

describe('codel', () => {
  /** Takes calls that have waited for so long every ms. @returns when it drops one */
  function drops(shedder: Shedder, fromMs: number, toMs: number, waitedMs = 20): readonly number[] {
    const dropped: number[] = []
    for (let nowMs = fromMs; nowMs < toMs; nowMs++) {
      if (shedder.begins?.(waitedMs, 50, nowMs) === false) dropped.push(nowMs)
    }
    return dropped
  }
  const created = () => codel.create({ target: 5, interval: 100 })

  it('drops at the times of the published control law: after an interval, then after interval / √count', () => {
    const expected: number[] = []
    for (let [nextMs, count] = [100, 1]; nextMs < 900; nextMs += 100 / Math.sqrt(count++)) {
      expected.push(Math.ceil(nextMs - 1e-9))
    }
    expect(expected.slice(0, 4)).toEqual([100, 200, 271, 329])
    expect(drops(created(), 0, 900)).toEqual(expected)
  })

  it('stops as soon as one call has waited less than the target', () => {
    const shedder = created()
    drops(shedder, 0, 500)
    expect(drops(shedder, 500, 1000, 4)).toEqual([])
    // It drops again after an interval above the target, and nearly as often as before.
    const again = drops(shedder, 1000, 1200)
    expect(again[0]).toBe(1100)
    expect((again[1] as number) - 1100).toBeLessThan(50)
  })

  it('leaves a burst alone that is worked off within an interval', () => {
    const shedder = created()
    expect([...drops(shedder, 0, 99), ...drops(shedder, 99, 120, 1), ...drops(shedder, 120, 219)]).toEqual([])
  })
})

describe('adaptive-limit', () => {
  const limitOf = (shedder: Shedder) => {
    let inside = 0
    while (shedder.admits?.(5, inside, 0) === true) inside++
    return inside
  }
  const created = () => adaptiveLimit.create({ min: 10, max: 100, tolerance: 1.5 })

  it('rises to its highest while calls take as long as ever, if it is used', () => {
    const shedder = created()
    for (let i = 0; i < 1000; i++) shedder.answered?.(10, 4)
    expect(limitOf(shedder)).toBe(10)
    for (let i = 0; i < 1000; i++) shedder.answered?.(10, 1000)
    expect(limitOf(shedder)).toBe(100)
  })

  it('falls to where the time allows the gradient of the paper: limit = allowance / (1 - gradient)', () => {
    const shedder = created()
    for (let i = 0; i < 10_000; i++) shedder.answered?.(10, 1000)
    for (let i = 0; i < 20; i++) shedder.answered?.(40, 1000)
    // Twenty calls of 40 ms raise the usual 10 ms to less than 12: the gradient is at its least, 0.5.
    expect(limitOf(shedder)).toBeGreaterThanOrEqual(10)
    expect(limitOf(shedder)).toBeLessThan(25)
  })
})

it('by-priority refuses the least urgent first, the most urgent last', () => {
  const { admits } = byPriority.create({ room: 100 })
  const refusedFrom = (priority: number) =>
    Array.from({ length: 200 }, (_, waiting) => waiting).find(
      (waiting) => admits?.(priority, waiting, waiting) === false,
    )
  expect([0, 5, 9].map(refusedFrom)).toEqual([100, 50, 10])
})
