import type { UniformSource } from '../support/distributions/distribution.ts'
import { ln } from '../support/elementary.ts'
import { testingSource } from '../support/testing-source.ts'
import { giM1, interruptedPoissonGaps } from '../theory/gi-m-1.ts'
import { LatencyHistogram } from './histogram.ts'
import { ratioInterval } from './mean-interval.ts'
import { quantileInterval } from './quantile-interval.ts'
import { computedConfidence, firstRound, look } from './stopping.ts'

/** A queue with exponential service of mean 1 whose response times are known. */
export interface KnownQueue {
  readonly mean: number
  readonly p99: number
  /** A source of the gaps between arrivals, in its steady state. */
  gaps(source: UniformSource): () => number
}

export function poissonQueue(load: number): KnownQueue {
  return {
    mean: 1 / (1 - load),
    p99: ln(100) / (1 - load),
    gaps: (source) => () => -ln(source.next()) / load,
  }
}

/** Arrivals at 1.2 while on; on and off for 20 on average: a load of 0.6 in bursts of 24. */
export function onOffQueue(): KnownQueue {
  const rate = 1.2
  const period = 20
  const { meanResponse, responseQuantile } = giM1(interruptedPoissonGaps(rate, 1 / period, 1 / period), 1)
  return {
    mean: meanResponse,
    p99: responseQuantile(0.99),
    gaps(source) {
      let on = source.next() < 0.5
      let left = -period * ln(source.next())
      return () => {
        let gap = 0
        for (;;) {
          const wait = on ? -ln(source.next()) / rate : Infinity
          if (wait < left) {
            left -= wait
            return gap + wait
          }
          gap += left
          on = !on
          left = -period * ln(source.next())
        }
      }
    },
  }
}

/** One replication by Lindley's recursion: from empty, the first `warmUp` customers not counted. */
function replicate(queue: KnownQueue, source: UniformSource, warmUp: number, customers: number): LatencyHistogram {
  const gap = queue.gaps(source)
  const histogram = new LatencyHistogram()
  let wait = 0
  for (let i = -warmUp; i < customers; i += 1) {
    const response = wait - ln(source.next())
    if (i >= 0) histogram.record(response)
    wait = Math.max(0, response - gap())
  }
  return histogram
}

export interface StudySettings {
  readonly runs: number
  /** Relative half-width of the mean at which a run ends. */
  readonly target: number
  readonly warmUp: number
  /** Customers counted in a replication. */
  readonly customers: number
}

export interface Coverage {
  /** Share of runs whose interval held the true mean; of those that gave one. */
  readonly mean: number
  readonly p99: number
  /** Share of runs that gave no interval for the p99. */
  readonly insufficient: number
  readonly meanReplications: number
}

/** How often intervals hold the truth when runs end by the stopping rule: the rule's proof. */
export function coverageOf(queue: KnownQueue, settings: StudySettings): Coverage {
  let [meanHeld, p99Held, p99Given, replications] = [0, 0, 0, 0]
  for (let run = 0; run < settings.runs; run += 1) {
    const source = testingSource(1 + run * 7919)
    const histograms: LatencyHistogram[] = []
    for (let wanted = firstRound; ; ) {
      while (histograms.length < wanted) histograms.push(replicate(queue, source, settings.warmUp, settings.customers))
      const sums = histograms.map((one) => one.sum)
      const counts = histograms.map((one) => one.count)
      const mean = ratioInterval(sums, counts, computedConfidence, 'non-negative')
      const p99 = quantileInterval(histograms, 0.99, computedConfidence)
      const { done, next } = look(mean, [p99], settings.target)
      wanted = next
      if (!done && histograms.length < 2560) continue
      if (mean.sufficient && mean.low <= queue.mean && queue.mean <= mean.high) meanHeld += 1
      if (p99.sufficient) p99Given += 1
      if (p99.sufficient && p99.low <= queue.p99 && queue.p99 <= p99.high) p99Held += 1
      replications += histograms.length
      break
    }
  }
  return {
    mean: meanHeld / settings.runs,
    p99: p99Given === 0 ? 1 : p99Held / p99Given,
    insufficient: 1 - p99Given / settings.runs,
    meanReplications: replications / settings.runs,
  }
}
