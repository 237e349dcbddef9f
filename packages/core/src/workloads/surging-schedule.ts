import { profileArea } from './profile-area.ts'
import { factorAtStart, Schedule, type ScheduleTimes } from './schedule.ts'
import type { Profile } from './shapes/shape.ts'

/**
 * A schedule whose rate is multiplied by a factor that changes at any moment. Of the gap to the arrival that is due, the part
 * that has passed stays passed: the n-th arrival comes when the integral of the rate reaches the sum of the first n gaps.
 */
export class SurgingSchedule {
  private readonly profile: Profile
  private readonly ratePerMs: number
  private readonly leadInMs: number
  private readonly beginsMs: number | undefined
  private schedule: Schedule
  /** Time on the clock at which that schedule was made in the lead-in; 0 for one that was made later. */
  private offsetMs = 0
  private factor = 1
  /** From when the gap to the arrival that is due is counted, on the clock. */
  private fromMs: number
  /** What is left of it then, in arrivals. */
  private gap = 0
  /** The moment of the arrival that is due, or was last. */
  dueMs = 0

  constructor(profile: Profile, ratePerMs: number, { leadInMs = 0, beginsMs }: ScheduleTimes = {}) {
    this.profile = profile
    this.ratePerMs = ratePerMs
    this.leadInMs = leadInMs
    this.beginsMs = beginsMs
    this.schedule = new Schedule(profile, ratePerMs, { leadInMs, beginsMs })
    this.fromMs = beginsMs === undefined ? 0 : leadInMs + beginsMs
    this.dueMs = this.fromMs
  }

  /** The moment of the next arrival, `gap` (in arrivals) after the last one; Infinity if the rate stays 0. */
  next(gap: number): number {
    this.fromMs = this.dueMs
    this.gap = gap
    this.dueMs = this.offsetMs + this.schedule.next(gap / this.factor)
    return this.dueMs
  }

  /** The factor changes now. @returns the new moment of the arrival that is due */
  change(nowMs: number, factor: number): number {
    if (nowMs > this.fromMs) {
      this.gap = Math.max(0, this.gap - this.factor * this.arrivalsBetween(this.fromMs, nowMs))
      this.fromMs = nowMs
    }
    this.factor = factor
    this.restart(this.fromMs)
    this.dueMs = this.offsetMs + this.schedule.next(this.gap / factor)
    return this.dueMs
  }

  /** Expected arrivals where the factor is 1. */
  private arrivalsBetween(fromMs: number, toMs: number): number {
    const { leadInMs, profile, ratePerMs } = this
    const before = Math.max(0, Math.min(toMs, leadInMs) - fromMs) * factorAtStart(profile)
    const [begin, end] = [Math.max(fromMs, leadInMs) - leadInMs, Math.max(toMs, leadInMs) - leadInMs]
    return ratePerMs * (before + profileArea(profile, begin, end))
  }

  /** A schedule that begins at this moment. */
  private restart(ms: number): void {
    const { profile, ratePerMs, leadInMs } = this
    const isInLeadIn = ms < leadInMs && this.beginsMs === undefined
    this.offsetMs = isInLeadIn ? ms : 0
    this.schedule = isInLeadIn
      ? new Schedule(profile, ratePerMs, { leadInMs: leadInMs - ms })
      : new Schedule(profile, ratePerMs, { leadInMs, beginsMs: ms - leadInMs })
  }
}
