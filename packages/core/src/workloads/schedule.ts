import type { Profile } from './shapes/shape.ts'

/** Times of a schedule, ms. */
export interface ScheduleTimes {
  /** Time that passes, at the rate that the profile has at 0, before the profile does. */
  readonly leadInMs?: number
  /** The moment of the profile before which the rate is 0, also in the lead-in. */
  readonly beginsMs?: number | undefined
}

/**
 * Turns gaps at rate 1 into moments at the rate of the moment: the n-th arrival comes when the integral of the rate
 * reaches the sum of the first n gaps. Exact for any arrival process, also across jumps and through a rate of 0.
 */
export class Schedule {
  private readonly times: number[] = []
  private readonly rates: number[] = []
  private readonly periodMs: number | undefined
  /** Arrivals of one period. */
  private readonly perPeriod: number
  private piece = 0
  private offsetMs = 0
  private atMs = 0
  private readonly leadInMs: number
  /** What is left of the lead-in. */
  private leadInLeftMs: number
  private readonly leadInRate: number

  /** @param ratePerMs rate where the profile's factor is 1 */
  constructor(profile: Profile, ratePerMs: number, { leadInMs = 0, beginsMs }: ScheduleTimes = {}) {
    this.periodMs = profile.periodMs
    this.leadInMs = leadInMs
    this.leadInLeftMs = beginsMs === undefined ? leadInMs : 0
    this.leadInRate = factorAtStart(profile) * ratePerMs
    this.atMs = beginsMs ?? 0
    if (this.periodMs !== undefined) this.offsetMs = Math.floor(this.atMs / this.periodMs) * this.periodMs
    const { timesMs, factors } = profile
    for (let i = 0; i < timesMs.length; i++) {
      this.times.push(timesMs[i] as number)
      this.rates.push((factors[i] as number) * ratePerMs)
    }
    if ((this.times[0] as number) > 0) {
      this.times.unshift(0)
      this.rates.unshift(this.rates[0] as number)
    }
    this.perPeriod = this.periodMs === undefined ? 0 : this.areaUntil(this.periodMs)
  }

  /** The moment of the next arrival, `gap` (in arrivals) after the last one; Infinity if the rate stays 0. */
  next(gap: number): number {
    if (this.leadInLeftMs <= 0) return this.leadInMs + this.nextOfProfile(gap)
    const rate = this.leadInRate
    const area = this.leadInLeftMs * rate
    if (area > gap) {
      this.leadInLeftMs -= gap / rate
      return this.leadInMs - this.leadInLeftMs
    }
    this.leadInLeftMs = 0
    return this.leadInMs + this.nextOfProfile(gap - area)
  }

  /** The same, from the start of the profile. */
  private nextOfProfile(gap: number): number {
    let rest = gap
    for (;;) {
      const isLast = this.piece + 1 >= this.times.length
      const local = this.atMs - this.offsetMs
      if (isLast) {
        if (this.periodMs !== undefined) {
          if (this.perPeriod <= 0) return Number.POSITIVE_INFINITY
          // At a low rate many periods bring nothing: they are passed in one step, all but the last of them.
          const whole = Math.max(0, Math.floor(rest / this.perPeriod) - 1)
          rest -= whole * this.perPeriod
          this.offsetMs += this.periodMs * (1 + whole)
          this.atMs = this.offsetMs
          this.piece = 0
          continue
        }
        const rate = this.rates[this.piece] as number
        if (rate <= 0) return Number.POSITIVE_INFINITY
        this.atMs += rest / rate
        return this.atMs
      }
      const from = this.times[this.piece] as number
      const to = this.times[this.piece + 1] as number
      const end = this.periodMs !== undefined && to > this.periodMs ? this.periodMs : to
      const begin = local > from ? local : from
      const width = end - begin
      if (width > 0) {
        const slope = ((this.rates[this.piece + 1] as number) - (this.rates[this.piece] as number)) / (to - from)
        const rate = (this.rates[this.piece] as number) + slope * (begin - from)
        const area = width * (rate + (slope * width) / 2)
        if (area >= rest) {
          this.atMs = this.offsetMs + begin + solve(rate, slope, rest)
          return this.atMs
        }
        rest -= area
        this.atMs = this.offsetMs + end
      }
      this.piece++
    }
  }

  /** Arrivals from 0 until `endMs`, if nothing came before. */
  private areaUntil(endMs: number): number {
    let area = 0
    for (let i = 0; i + 1 < this.times.length; i++) {
      const from = this.times[i] as number
      const to = this.times[i + 1] as number
      const begin = Math.max(0, from)
      const width = Math.min(to, endMs) - begin
      if (width <= 0) continue
      const slope = ((this.rates[i + 1] as number) - (this.rates[i] as number)) / (to - from)
      area += width * ((this.rates[i] as number) + slope * (begin - from + width / 2))
    }
    return area
  }
}

/** The factor at 0; where it jumps there, that before the jump. */
export function factorAtStart({ timesMs, factors }: Profile): number {
  const next = timesMs.findIndex((timeMs) => timeMs >= 0)
  if (next < 0) return factors.at(-1) as number
  const to = timesMs[next] as number
  const last = factors[next] as number
  if (next === 0 || to === 0) return last
  const from = timesMs[next - 1] as number
  const first = factors[next - 1] as number
  return first + ((last - first) * -from) / (to - from)
}

/** Time after which a rate that begins at `rate` and changes by `slope` has brought `count` arrivals. */
function solve(rate: number, slope: number, count: number): number {
  if (slope === 0) return count / rate
  // The stable form of the quadratic's root: no difference of nearly equal numbers.
  return (2 * count) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * count)))
}
