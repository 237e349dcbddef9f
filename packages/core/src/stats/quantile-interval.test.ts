import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from './histogram.ts'
import { merged, quantileInterval, shareHalfWidth } from './quantile-interval.ts'

/** So many latencies of 1 ms, and so many of 100 ms. */
function mixture(short: number, long: number): LatencyHistogram {
  const histogram = new LatencyHistogram()
  for (let i = 0; i < short; i += 1) histogram.record(1)
  for (let i = 0; i < long; i += 1) histogram.record(100)
  return histogram
}
const times = (count: number, one: () => LatencyHistogram) => Array.from({ length: count }, one)
/** Ten replications of a hundred, of which 8 or 12 are long: 900 short ones in all. */
const uneven = () => [...times(5, () => mixture(92, 8)), ...times(5, () => mixture(88, 12))]
const close = (value: number) => expect.closeTo(value, 9)

describe('merged', () => {
  it('counts all replications together', () => {
    const all = merged([mixture(3, 1), mixture(0, 2)])
    expect([all.count, all.sum, all.countAbove(50)]).toEqual([6, 303, 3])
    expect(merged([]).count).toBe(0)
  })
})

describe('shareHalfWidth', () => {
  it('is half the width of the interval of the share beyond', () => {
    // Shares 0.08 and 0.12, five of each: deviation 0.02 √(10/9), error of the mean a third of 0.02; t(97.5 %, 9).
    expect(shareHalfWidth(uneven(), 50, 0.95)).toBeCloseTo((2.262157162798205 * 0.02) / 3, 9)
    // t(95 %, 9)
    expect(shareHalfWidth(uneven(), 50, 0.9)).toBeCloseTo((1.8331129326562365 * 0.02) / 3, 9)
  })
  it('is NaN if there is no interval', () => {
    expect(shareHalfWidth([mixture(1, 1)], 50, 0.95)).toBeNaN()
  })
})

describe('quantileInterval', () => {
  it('reads the interval of the share beyond back through all observations', () => {
    // The 900th of 1,000 is the last short one: its place is 899.5/900 of the bucket from 1 to 1 + 1/128. A half of the
    // width of the share of 0.01507 leads to the 885th, which is short like all of that bucket, and to the 916th, long.
    expect(quantileInterval(uneven(), 0.9)).toEqual({
      sufficient: true,
      point: close(1 + 899.5 / 900 / 128),
      low: 1,
      high: 100,
      confidence: 0.95,
      replications: 10,
    })
    // At 90 % it is 0.01221: the 913th.
    expect(quantileInterval(uneven(), 0.9, 0.9)).toMatchObject({ low: 1, high: 100, confidence: 0.9 })
  })
  it('is never narrower than a bucket', () => {
    // Nearly all are 1.003 ms, in the bucket from 1 to 1 + 1/128, which has place for one that is smaller.
    const atom = times(10, () => mixture(1, 0))
    for (const histogram of atom) for (let i = 0; i < 999; i += 1) histogram.record(1.003)
    expect(quantileInterval(atom, 0.5)).toMatchObject({ low: 1, high: 1.003 })
  })
  it('needs ten replications', () => {
    const reason = '9 of 10 replications'
    expect(
      quantileInterval(
        times(9, () => mixture(900, 100)),
        0.9,
      ),
    ).toEqual({ sufficient: false, reason, replications: 9 })
    expect(
      quantileInterval(
        times(10, () => mixture(900, 100)),
        0.9,
      ).sufficient,
    ).toBe(true)
  })
  it('needs a hundred observations beyond, and a hundred is enough', () => {
    expect(
      quantileInterval(
        times(10, () => mixture(90, 10)),
        0.9,
      ).sufficient,
    ).toBe(true)
    expect(quantileInterval([mixture(89, 10), ...times(9, () => mixture(90, 10))], 0.9)).toEqual({
      sufficient: false,
      reason: '99 of 100 tail observations',
      replications: 10,
    })
  })
  it('has no upper end if all tail observations come from one replication', () => {
    const one = [mixture(0, 110), ...times(9, () => mixture(110, 0))]
    expect(quantileInterval(one, 0.9)).toMatchObject({ sufficient: true, low: 1, high: Infinity })
  })
  it('has no upper end with fewer than six independent tail observations', () => {
    // A tenth of all is long. Squares of 0.1 over its error: with four in twenty half long 4.75, with five at 0.4 6.33.
    const rare = (count: number, long: number) => [
      ...times(count, () => mixture(1000 - long, long)),
      ...times(20 - count, () => mixture(1000, 0)),
    ]
    expect(quantileInterval(rare(4, 500), 0.9)).toMatchObject({ low: 1, high: Infinity })
    expect(quantileInterval(rare(5, 400), 0.9)).toMatchObject({ low: 1, high: 100 })
  })
  it('is unanswered if a smaller quantile is', () => {
    // Of 2,000 a tenth is never answered; two lie beyond the p99.9.
    const failing = times(10, () => {
      const one = mixture(180, 0)
      one.recordUnanswered(20)
      return one
    })
    for (const q of [0.95, 0.99, 0.999])
      expect(quantileInterval(failing, q)).toMatchObject({ sufficient: true, point: Infinity, high: Infinity })
    const few = times(10, () => {
      const one = mixture(195, 0)
      one.recordUnanswered(5)
      return one
    })
    expect(quantileInterval(few, 0.999)).toMatchObject({ reason: '2 of 100 tail observations' })
  })
  it('needs two replications with observations', () => {
    const reason = 'fewer than two replications have observations'
    const alone = [mixture(900, 200), ...times(9, () => new LatencyHistogram())]
    expect(quantileInterval(alone, 0.9)).toEqual({ sufficient: false, reason, replications: 10 })
  })
})

it('includes replications that are added to a list later', () => {
  const latencies = (ms: number) => {
    const histogram = new LatencyHistogram()
    for (let i = 0; i < 100; i++) histogram.record(ms)
    return histogram
  }
  const list = [latencies(1), latencies(1)]
  expect(merged(list).count).toBe(200)
  list.push(latencies(9))
  expect(merged(list).count).toBe(300)
})
