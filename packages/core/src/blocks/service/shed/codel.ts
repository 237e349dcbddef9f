import { duration } from '../../../support/params.ts'
import { type Shedder, shed } from './shed.ts'

export const codel = shed({
  name: 'codel',
  title: 'Controlled delay (CoDel)',
  summary:
    'If calls have waited longer than `target` for a whole `interval`, it drops one as its turn comes, then further ones at shorter and shorter distances until the wait is below the target.',
  source: 'K. Nichols, V. Jacobson, "Controlling Queue Delay", ACM Queue 10(5), 2012; RFC 8289',
  goodFor: 'bursts may wait, a standing queue may not; no number depends on the load',
  costs: 'reacts slowly to calls that do not slow down when one of them is dropped',
  seenIn: ['Linux `fq_codel`', 'Facebook Wangle', 'WeChat DAGOR', 'Envoy (overload manager)'],
  aliases: ['controlled-delay'],
  params: {
    target: duration({ meaning: 'wait for a worker that may last', default: '5ms', above: 0, source: 'RFC 8289' }),
    interval: duration({
      meaning:
        'time above the target after which it drops the first call; the second drop follows after this time, the third after this time / √2, drop n + 1 after this time / √n',
      default: '100ms',
      above: 0,
      source: 'RFC 8289',
    }),
  },
  create: ({ target, interval }) => new Codel(target, interval),
})

/** Drops that begin again this many intervals after the last go on where they were. */
const memory = 16

class Codel implements Shedder {
  private readonly targetMs: number
  private readonly intervalMs: number
  /** When the wait will have been above the target for an interval; Infinity while it is below. */
  private dropFromMs = Number.POSITIVE_INFINITY
  private isDropping = false
  private nextDropMs = Number.NEGATIVE_INFINITY
  /** Drops since it began to drop, and how many they were at first. */
  private drops = 0
  private dropsAtFirst = 0

  constructor(targetMs: number, intervalMs: number) {
    this.targetMs = targetMs
    this.intervalMs = intervalMs
  }

  begins(waitedMs: number, waiting: number, nowMs: number): boolean {
    const isStanding = this.isStanding(waitedMs, waiting, nowMs)
    if (!isStanding) {
      this.isDropping = false
      return true
    }
    if (this.isDropping) {
      if (nowMs < this.nextDropMs) return true
      this.drops++
      this.nextDropMs = this.after(this.nextDropMs)
      return false
    }
    this.isDropping = true
    const more = this.drops - this.dropsAtFirst
    const isSoon = nowMs - this.nextDropMs < memory * this.intervalMs
    this.drops = more > 1 && isSoon ? more : 1
    this.dropsAtFirst = this.drops
    this.nextDropMs = this.after(nowMs)
    return false
  }

  /** Whether the wait has been above the target for an interval. */
  private isStanding(waitedMs: number, waiting: number, nowMs: number): boolean {
    if (waitedMs < this.targetMs || waiting === 0) this.dropFromMs = Number.POSITIVE_INFINITY
    else if (this.dropFromMs === Number.POSITIVE_INFINITY) this.dropFromMs = nowMs + this.intervalMs
    return nowMs >= this.dropFromMs
  }

  /** The control law. */
  private after(timeMs: number): number {
    return timeMs + this.intervalMs / Math.sqrt(this.drops)
  }
}
