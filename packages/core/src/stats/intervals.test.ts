import { describe, expect, it } from 'vitest'
import { ln } from '../support/elementary.ts'
import { testingSource } from '../support/testing-source.ts'
import { type Estimate, type Interval, relativeHalfWidth } from './estimate.ts'
import { LatencyHistogram } from './histogram.ts'
import { jackknife, leavingOut } from './jackknife.ts'
import { meanInterval, ratioInterval } from './mean-interval.ts'
import { pairedQuantileDifference, pairedRatioDifference } from './paired-difference.ts'
import { merged, quantileInterval } from './quantile-interval.ts'
import { shareInterval } from './share-interval.ts'

const known = (estimate: Estimate): Interval => {
  if (!estimate.sufficient) throw new Error(estimate.reason)
  return estimate
}
const reasonOf = (estimate: Estimate) => (estimate.sufficient ? 'enough' : estimate.reason)
const holds = (estimate: Estimate, truth: number) =>
  estimate.sufficient && estimate.low <= truth && truth <= estimate.high

describe('meanInterval', () => {
  it('agrees with the textbook interval', () => {
    const interval = known(meanInterval([1, 2, 3, 4, 5]))
    expect(interval.point).toBe(3)
    expect(interval.high - 3).toBeCloseTo(2.7764451051977934 * Math.sqrt(2.5 / 5), 9)
    expect(interval.low + interval.high).toBeCloseTo(6, 12)
    expect(relativeHalfWidth(interval)).toBeCloseTo((interval.high - 3) / 3, 12)
  })
  it('needs two replications', () => {
    expect(meanInterval([4])).toEqual({ sufficient: false, reason: '1 of 2 replications', replications: 1 })
    expect(relativeHalfWidth(meanInterval([]))).toBe(Infinity)
    expect(relativeHalfWidth(meanInterval([0, 0, 0]))).toBe(0)
  })
  it('holds the truth in 95 % of samples', () => {
    const source = testingSource(3)
    let held = 0
    for (let run = 0; run < 4000; run += 1) {
      const values = Array.from({ length: 12 }, () => source.next() + source.next() + source.next())
      if (holds(meanInterval(values), 1.5)) held += 1
    }
    expect(Math.abs(held / 4000 - 0.95)).toBeLessThan(0.012)
  })
})

describe('ratioInterval', () => {
  it('equals the mean interval if all denominators are one', () => {
    const values = [1, 5, 2, 8, 4]
    const ratio = known(ratioInterval(values, [1, 1, 1, 1, 1]))
    const mean = known(meanInterval(values))
    expect(ratio.point).toBeCloseTo(mean.point, 12)
    expect(ratio.high).toBeCloseTo(mean.high, 12)
  })
  it('has no width where every replication has the same quotient', () => {
    const ratio = known(ratioInterval([2, 4, 6], [1, 2, 3]))
    expect(ratio.point).toBe(2)
    expect(ratio.high - ratio.low).toBeLessThan(1e-12)
  })
  it('holds the truth in 95 % of samples', () => {
    const source = testingSource(4)
    let held = 0
    for (let run = 0; run < 4000; run += 1) {
      const counts = Array.from({ length: 20 }, () => 50 + Math.floor(source.next() * 100))
      const sums = counts.map((count) => count * (1.5 + source.next()))
      if (holds(ratioInterval(sums, counts), 2)) held += 1
    }
    expect(Math.abs(held / 4000 - 0.95)).toBeLessThan(0.012)
  })
  it('gives the reason if nothing was observed', () => {
    expect(reasonOf(ratioInterval([0, 0], [0, 0]))).toMatch('have observations')
    expect(reasonOf(ratioInterval([0, 3], [0, 3]))).toMatch('have observations')
  })
})

/** Replications of independent exponential latencies; their mean shared by a replication's own factor. */
function replications(count: number, size: number, seed: number, spread = 0, unanswered = 0): LatencyHistogram[] {
  const source = testingSource(seed)
  return Array.from({ length: count }, () => {
    const histogram = new LatencyHistogram()
    const factor = 1 + spread * (source.next() - 0.5)
    for (let i = 0; i < size; i += 1) histogram.record(-Math.log(source.next()) * 10 * factor)
    histogram.recordUnanswered(unanswered)
    return histogram
  })
}

describe('quantileInterval', () => {
  it('holds the true p99 of independent observations in about 95 % of samples', () => {
    let held = 0
    for (let run = 0; run < 400; run += 1) {
      const interval = quantileInterval(replications(20, 1000, run + 1), 0.99)
      if (holds(interval, 10 * Math.log(100))) held += 1
    }
    expect(held / 400).toBeGreaterThan(0.92)
    expect(held / 400).toBeLessThan(0.98)
  })
  it('widens with correlation within replications', () => {
    const alone = known(quantileInterval(replications(20, 1000, 5), 0.99))
    const together = known(quantileInterval(replications(20, 1000, 5, 1.5), 0.99))
    expect(relativeHalfWidth(together)).toBeGreaterThan(2 * relativeHalfWidth(alone))
    expect(together.low).toBeLessThanOrEqual(together.point)
    expect(together.point).toBeLessThanOrEqual(together.high)
  })
  it('gives the reason if data are insufficient', () => {
    expect(reasonOf(quantileInterval(replications(9, 5000, 1), 0.99))).toBe('9 of 10 replications')
    expect(reasonOf(quantileInterval(replications(10, 900, 1), 0.99))).toBe('90 of 100 tail observations')
    const one = replications(10, 2000, 1)
    for (let i = 0; i < 500; i += 1) one[0]?.record(1e6)
    expect(quantileInterval(one, 0.99)).toMatchObject({ high: Infinity })
  })
  it('ends at unanswered, or is unanswered, if too many observations are', () => {
    const some = known(quantileInterval(replications(10, 1100, 2, 0, 11), 0.99))
    expect([Number.isFinite(some.point), some.high]).toEqual([true, Infinity])
    const many = known(quantileInterval(replications(10, 1000, 2, 0, 40), 0.99))
    expect([many.point, many.low, many.high]).toEqual([Infinity, Infinity, Infinity])
  })
})

describe('shareInterval', () => {
  it('has the upper bound 3 / n for an event that was never seen in n tries', () => {
    expect(known(shareInterval([0, 0], [500, 500]))).toMatchObject({ point: 0, low: 0, high: 0.003 })
    expect(known(shareInterval([500, 500], [500, 500]))).toMatchObject({ point: 1, low: 0.997, high: 1 })
    expect(reasonOf(shareInterval([0], [0]))).toBe('no attempts')
  })
  it('the interval contains the true share of rare and common events', () => {
    const source = testingSource(9)
    for (const share of [0.002, 0.05, 0.5, 0.97]) {
      let held = 0
      for (let run = 0; run < 500; run += 1) {
        const events = Array.from({ length: 20 }, () => {
          let count = 0
          for (let i = 0; i < 200; i += 1) if (source.next() < share) count += 1
          return count
        })
        if (holds(shareInterval(events, Array(20).fill(200)), share)) held += 1
      }
      expect(held / 500, `${share}`).toBeGreaterThan(0.925)
    }
  })
  it('is wider if failures come together', () => {
    const tries = Array(10).fill(100)
    const apart = known(shareInterval([9, 11, 10, 10, 12, 8, 10, 9, 11, 10], tries))
    const together = known(shareInterval([100, 0, 0, 0, 0, 0, 0, 0, 0, 0], tries))
    expect(together.point).toBe(apart.point)
    expect(together.high - together.low).toBeGreaterThan(5 * (apart.high - apart.low))
    expect(together.low).toBeGreaterThanOrEqual(0)
  })
})

describe('paired differences', () => {
  it('detect a difference that the noise of each alone would hide', () => {
    const source = testingSource(6)
    const first = Array.from({ length: 20 }, () => 100 * source.next())
    const second = first.map((value) => value + 1 + 0.5 * source.next())
    const one = first.map(() => 1)
    const compared = (before: readonly number[], after: readonly number[]) =>
      pairedRatioDifference(before, one, after, one)
    expect(compared(first, second).verdict).toBe('higher')
    expect(compared(second, first).verdict).toBe('lower')
    expect(known(compared(first, second).difference).point).toBeCloseTo(1.25, 0)
    expect(compared(first, first).verdict).toBe('not significant')
    expect(pairedRatioDifference([1], [1], [2], [1]).verdict).toBe('not significant')
  })
  it('detect a difference of quantiles if each pair of replications shares a factor', () => {
    const first = replications(20, 1000, 7, 1)
    const slower = replications(20, 1000, 7, 1).map((one) => {
      const longer = new LatencyHistogram()
      longer.add(one)
      for (let i = 0; i < 20; i += 1) longer.record(200)
      return longer
    })
    const { difference, verdict } = pairedQuantileDifference(first, slower, 0.99)
    expect(verdict).toBe('higher')
    expect(known(difference).point).toBeGreaterThan(10)
    expect(pairedQuantileDifference(slower, first, 0.99).verdict).toBe('lower')
    const same = pairedQuantileDifference(first, first, 0.99)
    expect(known(same.difference)).toMatchObject({ point: 0, low: 0, high: 0 })
    expect(same.verdict).toBe('not significant')
  })
  it('contain the true difference of two p99', () => {
    let held = 0
    for (let run = 0; run < 300; run += 1) {
      const first = replications(20, 600, 2 * run + 1)
      const second = replications(20, 600, 2 * run + 2)
      if (holds(pairedQuantileDifference(first, second, 0.99).difference, 0)) held += 1
    }
    expect(held / 300).toBeGreaterThan(0.91)
  })
  it('give the reason instead of a number where a quantile is unanswered', () => {
    const answered = replications(10, 1100, 2)
    const silent = replications(10, 1000, 2, 0, 100)
    const { difference, verdict } = pairedQuantileDifference(answered, silent, 0.99)
    expect([reasonOf(difference), verdict]).toEqual([
      'more than 1 % of the requests have no answer, so p99 is unknown',
      'not significant',
    ])
  })
})

describe('the grouped jackknife', () => {
  it('contains the difference of two percentiles about as often as it says', () => {
    const truth = 2 * ln(100) - ln(100)
    let contained = 0
    const runs = 100
    for (let run = 0; run < runs; run++) {
      const source = testingSource(run + 1)
      const sample = (mean: number) => {
        const histogram = new LatencyHistogram()
        for (let i = 0; i < 600; i++) histogram.record(-mean * ln(source.next()))
        return histogram
      }
      const first = Array.from({ length: 20 }, () => sample(1))
      const second = Array.from({ length: 20 }, () => sample(2))
      const at = (of: readonly LatencyHistogram[], kept: readonly number[]) =>
        merged(kept.map((i) => of[i] as LatencyHistogram)).quantile(0.99)
      const all = Array.from({ length: 20 }, (_, i) => i)
      const between = (kept: readonly number[]) => at(second, kept) - at(first, kept)
      const found = jackknife(between(all), leavingOut(20).map(between), 20)
      if (found.sufficient && found.low <= truth && truth <= found.high) contained++
    }
    // 95 % of 100, less three standard errors.
    expect(contained).toBeGreaterThanOrEqual(88)
  })
})
