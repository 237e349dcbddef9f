import { describe, expect, it } from 'vitest'
import { factorAtStart, Schedule } from './schedule.ts'
import { diurnal } from './shapes/diurnal.ts'

const day = (peak: number, trough: number) => diurnal.profile({ peak, trough, period: 24, 'peak-at': 5 })

describe('a lead-in', () => {
  const spike = { timesMs: [100, 100, 200, 200], factors: [1, 3, 3, 1] }
  const moments = (schedule: Schedule, count: number) => Array.from({ length: count }, () => schedule.next(1))

  it('has the rate of the start, and moves the profile by its length', () => {
    const schedule = new Schedule(spike, 0.01, { leadInMs: 150 })
    // One arrival in 100 ms, through the lead-in into the profile, then three times as many from 100 ms of it on.
    expect(moments(schedule, 4)).toEqual([100, 200, 250 + 50 / 3, 250 + 150 / 3].map((ms) => expect.closeTo(ms, 9)))
  })

  it('changes nothing of a profile that always has the same rate', () => {
    const constant = { timesMs: [0], factors: [2] }
    expect(moments(new Schedule(constant, 0.5, { leadInMs: 10 }), 30)).toEqual(moments(new Schedule(constant, 0.5), 30))
  })

  it('passes without arrivals where the rate at 0 is 0', () => {
    const ramp = { timesMs: [0, 0], factors: [0, 1] }
    expect(new Schedule(ramp, 1, { leadInMs: 500 }).next(2)).toBe(502)
  })

  it.each([
    ['a jump at 0: the factor before it', { timesMs: [0, 0], factors: [1, 5] }, 1],
    ['corners on both sides: between them', { timesMs: [-30, 10], factors: [0, 4] }, 3],
    ['a first corner later: constant before it', { timesMs: [10, 20], factors: [2, 4] }, 2],
    ['all corners before: the last', { timesMs: [-20, -10], factors: [2, 4] }, 4],
  ])('of %s', (_, profile, factor) => {
    expect(factorAtStart(profile)).toBe(factor)
  })
})

describe('a rate that repeats itself', () => {
  it('never brings anything where it is always 0', () => {
    expect(new Schedule(day(1.6, 0.4), 0).next(1)).toBe(Number.POSITIVE_INFINITY)
    expect(new Schedule(day(0, 0), 1).next(1)).toBe(Number.POSITIVE_INFINITY)
  })

  it('brings as much in a thousand periods as a thousand times one', () => {
    const perMs = 1e-6
    const schedule = new Schedule(day(1.6, 0.4), perMs)
    // Its mean factor is 1, so a period of 24 ms brings 24e-6.
    expect(schedule.next(1000 * 24 * perMs)).toBeCloseTo(24_000, 6)
    expect(schedule.next(500 * 24 * perMs)).toBeCloseTo(36_000, 6)
  })

  it('passes a billion empty periods at once', () => {
    const atMs = new Schedule(day(1.6, 0.4), 1e-12).next(1)
    expect(Math.abs(atMs / 1e12 - 1)).toBeLessThan(1e-6)
  })
})
