import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from './histogram.ts'
import { orderingOf, pairedQuantileDifference, pairedRatioDifference } from './paired-difference.ts'
import { quantileInterval, shareHalfWidth } from './quantile-interval.ts'

/** Student's t at 97.5 % with 1, and at 95 % with 2 degrees of freedom, from tables of 30 digits. */
const [t1, t2At90] = [12.706204736174694, 2.9199855803537242]
const close = (value: number) => expect.closeTo(value, 9)
const interval = (low: number, high: number) =>
  ({ sufficient: true, point: (low + high) / 2, low, high, confidence: 0.95, replications: 3 }) as const

describe('orderingOf', () => {
  it('is significant only if the interval excludes zero', () => {
    expect(orderingOf(interval(1, 2))).toBe('higher')
    expect(orderingOf(interval(-2, -1))).toBe('lower')
    for (const [low, high] of [
      [-1, 1],
      [0, 2],
      [-2, 0],
      [0, 0],
    ] as const)
      expect(orderingOf(interval(low, high))).toBe('not significant')
    expect(orderingOf({ sufficient: false, reason: 'few', replications: 1 })).toBe('not significant')
  })
})

describe('pairedRatioDifference', () => {
  it('agrees with a hand calculation of the jackknife, with one pair left out at a time', () => {
    // 10/2 - 8/3 = 7/3 in all; 6 - 3 without the first pair, 4 - 2 without the second: pseudo-values 5/3 and 8/3.
    expect(pairedRatioDifference([2, 6], [1, 2], [4, 6], [1, 1])).toEqual({
      difference: {
        sufficient: true,
        point: close(7 / 3),
        low: close(7 / 3 - t1 / 2),
        high: close(7 / 3 + t1 / 2),
        confidence: 0.95,
        replications: 2,
      },
      verdict: 'not significant',
    })
  })
  it('uses only pairs, at the confidence requested', () => {
    const [longer, shorter] = [
      pairedRatioDifference([2, 4, 6, 1], [1, 1, 1, 1], [4, 7, 10], [1, 1, 1], 0.9),
      pairedRatioDifference([2, 4, 6], [1, 1, 1], [4, 7, 10, 1], [1, 1, 1, 1], 0.9),
    ]
    // Differences 2, 3, 4.
    const half = t2At90 / Math.sqrt(3)
    const expected = { point: close(3), low: close(3 - half), high: close(3 + half), confidence: 0.9, replications: 3 }
    expect(longer).toEqual({ difference: { sufficient: true, ...expected }, verdict: 'higher' })
    expect(shorter).toEqual(longer)
  })
  it('gives the reason if too few pairs have observations', () => {
    const reason = 'fewer than two pairs of replications have observations'
    const missing = (replications: number) => ({
      difference: { sufficient: false, reason, replications },
      verdict: 'not significant',
    })
    expect(pairedRatioDifference([], [], [], [])).toEqual(missing(0))
    expect(pairedRatioDifference([1], [1], [2], [1])).toEqual(missing(1))
    // Without its second replication the second design observed nothing.
    expect(pairedRatioDifference([1, 2], [1, 1], [0, 2], [0, 1])).toEqual(missing(2))
  })
})

describe('pairedQuantileDifference', () => {
  function latencies(short: number, long: number, longMs = 100): LatencyHistogram {
    const histogram = new LatencyHistogram()
    for (let i = 0; i < short; i += 1) histogram.record(1)
    for (let i = 0; i < long; i += 1) histogram.record(longMs)
    return histogram
  }
  const ten = (one: () => LatencyHistogram) => Array.from({ length: 10 }, one)
  // 8 or 12 of a hundred are long, turn by turn.
  const uneven = () => Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? latencies(92, 8) : latencies(88, 12)))
  const contrary = () => Array.from({ length: 10 }, (_, i) => (i % 2 === 1 ? latencies(92, 8) : latencies(88, 12)))
  const certain = () => ten(() => latencies(80, 20, 300))
  const half = (confidence = 0.95) => {
    const own = quantileInterval(uneven(), 0.9, confidence)
    return own.sufficient ? (own.high - own.low) / 2 : NaN
  }
  /** Where all are short, the 900th of 1,000: the point of `uneven`. */
  const point = 1 + 899.5 / 900 / 128

  it('is as wide as the interval of one quantile if the other has no error', () => {
    const { difference, verdict } = pairedQuantileDifference(uneven(), certain(), 0.9)
    expect(difference).toEqual({
      sufficient: true,
      point: close(300 - point),
      low: close(300 - point - half()),
      high: close(300 - point + half()),
      confidence: 0.95,
      replications: 10,
    })
    expect(verdict).toBe('higher')
    expect(pairedQuantileDifference(certain(), uneven(), 0.9)).toMatchObject({
      difference: { point: close(point - 300), high: close(point - 300 + half()) },
      verdict: 'lower',
    })
  })
  it('cancels common variation and doubles opposite variation', () => {
    expect(pairedQuantileDifference(uneven(), uneven(), 0.9)).toMatchObject({
      difference: { point: 0, low: 0, high: 0 },
      verdict: 'not significant',
    })
    expect(pairedQuantileDifference(uneven(), contrary(), 0.9)).toMatchObject({
      difference: { point: 0, low: close(-2 * half()), high: close(2 * half()) },
      verdict: 'not significant',
    })
  })
  it('allows for replications of different lengths', () => {
    // The same shares from twice as many observations in every second replication move the quantile by what differs
    // from the overall share, per mean length: over all replications these cancel.
    const lengths = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? latencies(90, 10) : latencies(180, 20)))
    const { difference } = pairedQuantileDifference(lengths, certain(), 0.9)
    const own = 300 - (1 + 1349.5 / 1350 / 128)
    expect(difference).toMatchObject({ low: close(own), high: close(own) })
  })
  it('weighs what a replication has beyond its share by what it observed', () => {
    const longer = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? latencies(92, 8) : latencies(174, 26)))
    // 1,330 of 1,500 are short, so the 1,350th is the 20th of 170 long ones.
    const threshold = 100 + 0.5 * (19.5 / 170)
    const beyond = (long: number) => (long * 150.5) / 170
    const excess = [beyond(8) - 100 * (150.5 / 1500), beyond(26) - 200 * (150.5 / 1500)].map((calls) => calls / 150)
    const error = Math.sqrt((5 * ((excess[0] as number) ** 2 + (excess[1] as number) ** 2)) / 9 / 10)
    const own = quantileInterval(longer, 0.9)
    const widthMs = own.sufficient ? own.high - own.low : NaN
    const movedMs = (error * widthMs) / (2 * shareHalfWidth(longer, threshold, 0.95))
    const { difference } = pairedQuantileDifference(longer, certain(), 0.9)
    expect(widthMs).toBeGreaterThan(90)
    expect(difference).toMatchObject({ point: 200, low: close(200 - 2.262157162798205 * movedMs) })
  })
  it('uses only pairs', () => {
    const more = [...certain(), latencies(0, 100, 5000)]
    expect(pairedQuantileDifference(uneven(), more, 0.9)).toEqual(pairedQuantileDifference(uneven(), certain(), 0.9))
    expect(pairedQuantileDifference(more, uneven(), 0.9)).toEqual(pairedQuantileDifference(certain(), uneven(), 0.9))
    expect(pairedQuantileDifference(uneven().slice(1), certain(), 0.9).difference).toEqual({
      sufficient: false,
      reason: '9 of 10 replications',
      replications: 9,
    })
  })
  it('gives the reason that either side lacks a quantile', () => {
    const few = ten(() => latencies(89, 1))
    const silent = ten(() => {
      const histogram = latencies(85, 0)
      histogram.recordUnanswered(15)
      return histogram
    })
    const missing = (reason: string) => ({
      difference: { sufficient: false, reason, replications: 10 },
      verdict: 'not significant',
    })
    const [fewer, unanswered] = [
      missing('90 of 100 tail observations'),
      missing('more than 10 % of the requests have no answer, so p90 is unknown'),
    ]
    expect(pairedQuantileDifference(few, certain(), 0.9)).toEqual(fewer)
    expect(pairedQuantileDifference(certain(), few, 0.9)).toEqual(fewer)
    expect(pairedQuantileDifference(silent, certain(), 0.9)).toEqual(unanswered)
    expect(pairedQuantileDifference(certain(), silent, 0.9)).toEqual(unanswered)
    expect(pairedQuantileDifference(few, silent, 0.9)).toEqual(fewer)
  })
  it('takes its width from the confidence requested', () => {
    const [narrow, wide] = [0.9, 0.95].map((confidence) =>
      pairedQuantileDifference(uneven(), contrary(), 0.9, confidence),
    )
    expect(narrow?.difference).toMatchObject({ high: close(2 * half(0.9)), confidence: 0.9 })
    expect(wide?.difference).toMatchObject({ confidence: 0.95 })
  })
})
