import { describe, expect, it } from 'vitest'
import { profileArea } from './profile-area.ts'
import { Schedule } from './schedule.ts'
import { SurgingSchedule } from './surging-schedule.ts'

const ramp = { timesMs: [0, 1000], factors: [1, 3] }
const wave = { timesMs: [0, 100, 300, 400], factors: [1, 1, 5, 1], periodMs: 400 }

describe('the area of a profile', () => {
  it.each([
    [ramp, 0, 1000, 2000],
    [ramp, 500, 1500, 500 * 2.5 + 500 * 3],
    [{ timesMs: [100, 100], factors: [1, 4] }, 50, 150, 50 + 200],
    [wave, 0, 400, 100 + 600 + 300],
    [wave, 100, 1100, 900 + 1000 + 700],
  ])('is that of its straight lines', (profile, fromMs, toMs, area) => {
    expect(profileArea(profile, fromMs, toMs)).toBeCloseTo(area, 9)
  })
})

describe('a surging schedule', () => {
  it.each([
    ['constant', { timesMs: [0], factors: [1] }],
    ['ramp', ramp],
    ['wave', wave],
  ])('without a surge is that of the %s profile, also if its factor changes to the same', (_, profile) => {
    const times = { leadInMs: 50 }
    const [plain, surging] = [new Schedule(profile, 0.02, times), new SurgingSchedule(profile, 0.02, times)]
    let due = 0
    for (let i = 0; i < 200; i++) {
      const gap = 0.3 + (i % 7)
      const expected = plain.next(gap)
      const before = due
      due = surging.next(gap)
      expect(due).toBeCloseTo(expected, 6)
      due = surging.change((before + due) / 2, 1)
      expect(due).toBeCloseTo(expected, 6)
    }
  })

  it('brings forward what is left of a gap by the factor', () => {
    const schedule = new SurgingSchedule({ timesMs: [0], factors: [1] }, 0.01)
    expect(schedule.next(1)).toBe(100)
    // Of 100 ms, 60 are left at the old rate: 20 at three times that.
    expect(schedule.change(40, 3)).toBeCloseTo(60, 9)
    // 15 ms have passed of these 20: 5 are left, 15 at the old rate.
    expect(schedule.change(55, 1)).toBeCloseTo(70, 9)
    expect(schedule.next(1)).toBeCloseTo(170, 9)
  })
})
