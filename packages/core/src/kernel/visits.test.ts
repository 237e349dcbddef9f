import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from '../stats/histogram.ts'
import { Call } from './call.ts'
import { failedAt, ok, reasons } from './outcome.ts'
import { Visits } from './visits.ts'

const newCall = (abandoned = false) => Object.assign(new Call(), { abandoned })

/** Three calls: one is done after 5 ms, one fails after 7, one stays from 4 on. */
function busy() {
  const visits = new Visits('api', 3)
  visits.histogram = new LatencyHistogram()
  const [done, failed, inside] = [newCall(), newCall(), newCall()]
  visits.arrive(done, 0)
  visits.arrive(failed, 2)
  visits.arrive(inside, 4)
  visits.leave(done, ok, 5)
  visits.leave(failed, failedAt(reasons.timedOut, 6), 9)
  return { visits, inside }
}

/** What one finds who counts the calls inside: the one that stayed. */
const oneSince4 = { count: 1, arrivedMs: 4 }
const nobody = { count: 0, arrivedMs: 0 }

describe('the ledger of a block', () => {
  it('counts arrivals, and departures by outcome', () => {
    const { visits, inside } = busy()
    expect(visits).toMatchObject({ block: 'api', index: 3, arrived: 3, done: 1, doneMs: 5, failures: 1, abandoned: 0 })
    expect([...visits.failed].flatMap((count, code) => (count > 0 ? [[code, count]] : []))).toEqual([
      [reasons.timedOut.code, 1],
    ])
    expect([visits.inside.value, visits.inside.max, visits.inside.areaAt(10)]).toEqual([1, 3, 5 + 7 + 6])
    // Only what was done has a time in the block.
    expect([visits.histogram?.count, visits.histogram?.sum, inside.arrivedMs]).toEqual([1, 5, 4])
    visits.check(10, oneSince4)
  })

  it('counts the abandoned calls in flight', () => {
    const visits = new Visits('api', 0)
    const [left, waited] = [newCall(true), newCall()]
    visits.arrive(left, 0)
    visits.arrive(waited, 0)
    expect(visits.abandoned).toBe(1)
    visits.check(1, { count: 2, arrivedMs: 0 })
    visits.leave(waited, ok, 1)
    expect(visits.abandoned).toBe(1)
    visits.leave(left, ok, 2)
    expect(visits.abandoned).toBe(0)
    visits.check(2, nobody)
  })

  it('detects calls that were counted twice or not at all', () => {
    for (const field of ['arrived', 'done'] as const) {
      const { visits } = busy()
      visits[field]++
      expect(() => visits.check(10, oneSince4)).toThrow(
        /^calls are not conserved at api: arrived \d, done \d, failed 1, inside 1$/,
      )
    }
    const { visits } = busy()
    visits.failed[2] = 1
    expect(() => visits.check(10, oneSince4)).toThrow('arrived 3, done 1, failed 2, inside 1')
  })

  it('detects missing calls', () => {
    const { visits } = busy()
    expect(() => visits.check(10, nobody)).toThrow('calls are not conserved at api: 1 should be inside, 0 are')
    expect(() => visits.check(10, { count: 2, arrivedMs: 4 })).toThrow('1 should be inside, 2 are')
    // The right number, but one that came at another time.
    expect(() => visits.check(10, { count: 1, arrivedMs: 5 })).toThrow("Little's law does not hold at api: 18 call·ms")
  })

  it('detects more abandoned calls than calls in flight, and negative numbers', () => {
    for (const [abandoned, right] of [
      [-1, false],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const { visits } = busy()
      visits.abandoned = abandoned
      const check = () => visits.check(10, oneSince4)
      if (right) check()
      else expect(check).toThrow('negative ledger at api')
    }
    // One left that never came.
    const { visits, inside } = busy()
    visits.leave(inside, ok, 9)
    visits.leave(inside, ok, 9)
    expect(() => visits.check(9, { count: -1, arrivedMs: -4 })).toThrow('negative ledger at api')
  })

  it('detects a difference of one part in a thousand million between time spent and time counted', () => {
    // 18 call·ms by the clock, so 18e-9 may be lost to rounding.
    for (const [wrongMs, right] of [
      [17e-9, true],
      [-17e-9, true],
      [19e-9, false],
      [-19e-9, false],
    ] as const) {
      const { visits } = busy()
      visits.doneMs += wrongMs
      const check = () => visits.check(10, oneSince4)
      if (right) check()
      else expect(check).toThrow(/^Little's law does not hold at api: 18 call·ms by time, (18|17)\.\d+ by calls$/)
    }
  })

  it('allows rounding in proportion to the clock, and to thousands of arrivals', () => {
    const idle = new Visits('api', 0)
    idle.check(0, nobody)
    idle.doneMs = 0.9e-9
    idle.check(0, nobody)
    idle.doneMs = 1.1e-9
    expect(() => idle.check(0, nobody)).toThrow("Little's law")
    idle.doneMs = 0.9e-6
    idle.check(1000, nobody)
    const much = new Visits('api', 0)
    const call = newCall()
    for (let i = 0; i < 4000; i++) {
      much.arrive(call, 1)
      much.leave(call, ok, 1)
    }
    much.doneMs = 3.9e-9
    much.check(1, nobody)
    much.doneMs = 4.1e-9
    expect(() => much.check(1, nobody)).toThrow("Little's law")
  })
})
