import { count, factor } from '../../../support/params.ts'
import { type Shedder, shed } from './shed.ts'

export const adaptiveLimit = shed({
  name: 'adaptive-limit',
  title: 'Adaptive concurrency limit',
  summary:
    'Limits the calls inside an instance. The limit falls when calls take longer than they did in the long run, and rises otherwise.',
  source: 'Netflix concurrency-limits, `Gradient2Limit` (its defaults too), 2018',
  goodFor: 'capacity that changes: nobody has to know the right limit',
  costs: 'a load that stays too high for long is taken for the usual one',
  seenIn: ['Netflix concurrency-limits', 'Envoy adaptive concurrency', 'Uber Cinnamon'],
  aliases: ['adaptive-concurrency', 'gradient'],
  params: {
    min: count({ meaning: 'lowest limit', default: 20, min: 1 }),
    max: count({ meaning: 'highest limit', default: 200, min: 1 }),
    tolerance: factor({
      meaning: 'how many times as long as in the long run calls may take before the limit falls',
      default: 1.5,
      min: 1,
    }),
  },
  check({ min, max }, report) {
    if (min > max) report('min', `\`min\` is ${min}, above \`max\`, ${max}`, `write \`min: ${max}\` or less`)
  },
  create: ({ min, max, tolerance }) => new Gradient(min, max, tolerance),
})

/** Answers over which the usual time is an exponential mean; the first few have equal weights. */
const longRun = 600
const warmUp = 10
/** Calls that may wait besides those in work, and the weight of a new limit. */
const allowance = 4
const smoothing = 0.2

class Gradient implements Shedder {
  private readonly min: number
  private readonly max: number
  private readonly tolerance: number
  private limit: number
  private usualMs = 0
  private answers = 0

  constructor(min: number, max: number, tolerance: number) {
    this.min = min
    this.max = max
    this.tolerance = tolerance
    this.limit = min
  }

  admits(_priority: number, inside: number): boolean {
    return inside < Math.floor(this.limit)
  }

  answered(tookMs: number, inside: number): void {
    this.learn(tookMs)
    // A limit that is half unused says nothing of a higher one.
    if (inside < this.limit / 2 || tookMs === 0) return
    const gradient = Math.max(0.5, Math.min(1, (this.tolerance * this.usualMs) / tookMs))
    const next = this.limit * gradient + allowance
    this.limit = Math.max(this.min, Math.min(this.max, this.limit * (1 - smoothing) + next * smoothing))
  }

  private learn(tookMs: number): void {
    this.answers++
    const weight = this.answers <= warmUp ? 1 / this.answers : 2 / (longRun + 1)
    this.usualMs += (tookMs - this.usualMs) * weight
    // Recovers from a long overload.
    if (this.usualMs > 2 * tookMs) this.usualMs *= 0.95
  }
}
