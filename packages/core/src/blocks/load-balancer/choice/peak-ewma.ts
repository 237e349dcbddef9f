import { exp } from '../../../support/elementary.ts'
import { count, duration } from '../../../support/params.ts'
import { choice } from './choice.ts'
import { leastCost } from './least-cost.ts'

/** Cost of a target that has calls outstanding and has never answered: above that of any target that has. */
const unansweredMs = 1e9

/** The peaks of the response times of one target: a longer one counts at once, a shorter one only in time. */
export class PeakEwma {
  private costMs = 0
  private sinceMs = 0
  private readonly decayMs: number

  constructor(decayMs: number) {
    this.decayMs = decayMs
  }

  observe(tookMs: number, nowMs: number): void {
    const kept = exp((this.sinceMs - nowMs) / this.decayMs)
    const decayedMs = this.costMs * kept
    this.sinceMs = nowMs
    this.costMs = tookMs > decayedMs ? tookMs : decayedMs + tookMs * (1 - kept)
  }

  /** The average as it has decayed by now, ms; 0 if nothing was observed. */
  at(nowMs: number): number {
    return this.costMs * exp((this.sinceMs - nowMs) / this.decayMs)
  }
}

export const peakEwma = choice({
  name: 'peak-ewma',
  title: 'Peak EWMA',
  summary:
    'Of a few distinct targets drawn at random, the one with the lowest average response time × (calls outstanding + 1). The average follows a longer response at once and a shorter one with `decay`.',
  source: 'Finagle, `com.twitter.finagle.loadbalancer.PeakEwma`',
  goodFor: 'targets whose speed changes: one slow answer is enough to avoid a target',
  costs: 'a target that fails fast has short response times and draws traffic; add `ejection`',
  seenIn: ['Finagle `Balancers.p2cPeakEwma`', 'Linkerd', 'Traefik `p2c`', 'ingress-nginx `load-balance: ewma`'],
  aliases: ['ewma', 'p2c-ewma'],
  params: {
    decay: duration({
      meaning: 'time in which the weight of an observation falls to 1/e',
      default: '10s',
      above: 0,
      source: 'Finagle `decayTime`',
    }),
    choices: count({ meaning: 'targets compared', default: 2, min: 2, max: 100 }),
  },
  example: { type: 'peak-ewma', decay: '5s' },
  create({ decay, choices }, targets) {
    const averages = Array.from({ length: targets.count }, () => new PeakEwma(decay))
    const costAt = (target: number, nowMs: number): number => {
      const calls = targets.outstanding[target] as number
      const costMs = (averages[target] as PeakEwma).at(nowMs)
      return costMs === 0 && calls > 0 ? unansweredMs + calls : costMs * (calls + 1)
    }
    const pick = leastCost(targets, costAt, choices)
    return {
      choose: (_call, nowMs, random) => pick(nowMs, random),
      onDone(target, { tookMs }, nowMs) {
        averages[target]?.observe(tookMs, nowMs)
      },
    }
  },
})
