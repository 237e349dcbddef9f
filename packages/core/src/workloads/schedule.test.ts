import { describe, expect, it } from 'vitest'
import { Schedule } from './schedule.ts'
import { diurnal } from './shapes/diurnal.ts'

const day = (peak: number, trough: number) => diurnal.profile({ peak, trough, period: 24, 'peak-at': 5 })

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
