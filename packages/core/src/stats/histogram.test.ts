import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from './histogram.ts'

const of = (values: readonly number[], unanswered = 0) => {
  const histogram = new LatencyHistogram()
  for (const value of values) histogram.record(value)
  if (unanswered > 0) histogram.recordUnanswered(unanswered)
  return histogram
}
/** The brute-force reference implementation: all observations, sorted. */
const exactQuantile = (values: readonly number[], unanswered: number, q: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(q * (values.length + unanswered))) - 1] ?? Infinity
}
const latency = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 })

/** The buckets reach from here to here, and are 1/128 of their octave wide. */
const [lowest, highest] = [2 ** -20, 2 ** 40]

describe('the buckets of a histogram', () => {
  it('begin at a representable number and spread their observations evenly', () => {
    // Four in the bucket from 1 to 1 + 1/128, one in that from 3 (an octave of 2, so 2/128 wide).
    const histogram = of([1, 1, 1, 1, 3])
    const places = [0, 0.2, 0.21, 0.4, 0.8, 0.81, 1].map((q) => histogram.threshold(q))
    const ones = [0.5, 1.5, 3.5].map((rank) => 1 + rank / 4 / 128)
    expect(places).toEqual([ones[0], ones[0], ones[1], ones[1], ones[2], 3 + 0.5 * (2 / 128), 3 + 0.5 * (2 / 128)])
    const above = [0.99, 1, 1 + 1 / 512, 1 + 1 / 128, 2.9, 3, 3 + 1 / 128, 3 + 1 / 64, 4]
    expect(above.map((ms) => histogram.countAbove(ms))).toEqual([5, 5, 4, 1, 1, 1, 0.5, 0, 0])
  })
  it('count what lies above the place of a quantile as the rest of its rank', () => {
    const histogram = of([0.5, 1, 1, 1, 7, 7, 900], 2)
    for (let rank = 1; rank <= 7; rank += 1) {
      const place = histogram.threshold(rank / 9)
      expect(histogram.countAbove(place)).toBeCloseTo(9 - rank + 0.5, 9)
    }
  })
  it('have one below them all, from zero to their lowest edge', () => {
    const histogram = of([0, lowest / 2, lowest * (1 - 2 ** -20), lowest])
    expect([0, 0.5, 0.75].map((q) => histogram.threshold(q))).toEqual([lowest / 6, lowest / 2, (lowest * 5) / 6])
    expect(histogram.threshold(1)).toBe(lowest * (1 + 0.5 / 128))
    expect([-1, 0, lowest / 4, lowest / 2, lowest].map((ms) => histogram.countAbove(ms))).toEqual([4, 4, 3.25, 2.5, 1])
  })
  it('put what is beyond their highest edge into the last', () => {
    const last = highest * (1 - 1 / 256)
    const histogram = of([last, highest, 1e14])
    expect(histogram.threshold(0.5)).toBe(last + (highest / 256) * 0.5)
    expect([last - 1e10, last, last + highest / 512, highest, 1e14].map((ms) => histogram.countAbove(ms))).toEqual([
      3, 3, 1.5, 0, 0,
    ])
    expect([histogram.smallest, histogram.largest, histogram.quantile(1), histogram.sum]).toEqual([
      last,
      1e14,
      last + (highest / 256) * (2.5 / 3),
      last + highest + 1e14,
    ])
  })
  it('hold a quantile to the smallest and the largest observation', () => {
    const histogram = of([1.004, 1.0041])
    expect(histogram.threshold(0)).toBe(1 + 0.25 / 128)
    expect([histogram.quantile(0), histogram.quantile(1)]).toEqual([1.004, 1.0041])
  })
  it('are encoded from the first to the last that is not empty', () => {
    const firsts = of([2, 2, 3, 1e-9], 5).encode()
    // 2^1 is 21 octaves above the lowest edge, 3 half an octave later.
    expect([...firsts.subarray(0, 8)]).toEqual([21 * 128, 1, 5, 7.000000001, 1e-9, 3, 65, 2])
    expect([firsts.length, firsts[7 + 64]]).toEqual([7 + 65, 1])
    const ends = LatencyHistogram.decode(of([lowest, 1e14]).encode())
    expect([ends.count, ends.countAbove(1), ends.smallest, ends.largest]).toEqual([2, 1, lowest, 1e14])
    expect(of([], 2).encode().length).toBe(7)
    expect(LatencyHistogram.decode(of([], 2).encode()).unanswered).toBe(2)
  })
  it('are not decoded from invalid data', () => {
    const buckets = 60 * 128
    expect(() => LatencyHistogram.decode(new Float64Array(6))).toThrow('this array holds no histogram')
    expect(LatencyHistogram.decode(new Float64Array(7)).count).toBe(0)
    const words = (first: number, length: number, counts: number) => {
      const encoded = new Float64Array(7 + counts)
      encoded.set([first, 0, 0, 0, 0, 0, length])
      return () => LatencyHistogram.decode(encoded).count
    }
    expect(words(0, buckets, buckets)()).toBe(0)
    for (const wrong of [words(0, buckets + 1, buckets + 1), words(1, buckets, buckets), words(0, 2, 1)])
      expect(wrong).toThrow('this array holds no histogram')
  })
  it('are added with all that was counted beside them', () => {
    const sum = of([5], 1)
    sum.add(of([1e-9, 7], 2))
    expect([sum.count, sum.unanswered, sum.sum, sum.smallest, sum.largest]).toEqual([6, 3, 12.000000001, 1e-9, 7])
    expect([sum.countAbove(6), sum.countAbove(lowest), sum.countAbove(0)]).toEqual([4, 5, 6])
    sum.recordUnanswered()
    expect([sum.count, sum.unanswered]).toEqual([7, 4])
  })
})

describe('LatencyHistogram', () => {
  it('gives every quantile within 1 % of the sorted observations', () => {
    fc.assert(
      fc.property(latencies, fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (values, unanswered, q) => {
        const exact = exactQuantile(values, unanswered, q)
        const found = of(values, unanswered).quantile(q)
        return exact === Infinity ? found === Infinity : Math.abs(found / exact - 1) <= 0.01
      }),
      { seed: 1, numRuns: 2000 },
    )
  })
  it('is exact if all observations are the same', () => {
    for (const value of [0, 1e-9, 0.1, 5, 1e11, 1e14]) {
      expect(of([value, value, value]).quantile(0.99)).toBe(value)
      expect(of([value]).quantile(0)).toBe(value)
    }
  })
  it('counts what lies above a value as the sorted observations do, but for the bucket it lies in', () => {
    fc.assert(
      fc.property(latencies, fc.nat(5), latency, (values, unanswered, ms) => {
        const found = of(values, unanswered).countAbove(ms)
        const surely = values.filter((value) => value > ms * 1.0079).length + unanswered
        const perhaps = values.filter((value) => value > ms / 1.0079).length + unanswered
        return surely - 1e-9 <= found && found <= perhaps + 1e-9
      }),
      { seed: 2, numRuns: 2000 },
    )
  })
  it('adds histograms as if all observations were recorded in one', () => {
    fc.assert(
      fc.property(latencies, latencies, (first, second) => {
        const sum = of(first, 1)
        sum.add(of(second, 2))
        const whole = of([...first, ...second], 3)
        expect(sum.count).toBe(whole.count)
        expect(sum.sum).toBeCloseTo(whole.sum, -3)
        for (const q of [0, 0.5, 0.9, 0.99, 1]) expect(sum.quantile(q)).toBe(whole.quantile(q))
      }),
      { seed: 3, numRuns: 200 },
    )
  })
  it('is the same after encoding and decoding', () => {
    fc.assert(
      fc.property(fc.array(latency, { maxLength: 300 }), fc.nat(9), (values, unanswered) => {
        const before = of(values, unanswered)
        const after = LatencyHistogram.decode(structuredClone(before.encode()))
        expect(after).toEqual(before)
        for (const q of [0, 0.5, 0.99, 1]) expect(after.quantile(q)).toBe(before.quantile(q))
        expect([after.count, after.unanswered, after.sum]).toEqual([before.count, unanswered, before.sum])
      }),
      { seed: 4, numRuns: 200 },
    )
    expect(of([0.5, 2]).encode().length).toBe(7 + 2 * 128 + 1)
    expect(() => LatencyHistogram.decode(new Float64Array(2))).toThrow('no histogram')
  })
  it('counts an open observation at its age, or behind every answer', () => {
    const histogram = of([1, 2, 9], 1)
    for (const ageMs of [4, 5]) histogram.recordOpen(ageMs)
    const other = of([3])
    other.recordOpen(6)
    histogram.add(LatencyHistogram.decode(other.encode()))
    expect([histogram.count, histogram.open, histogram.unanswered]).toEqual([8, 3, 1])
    expect([0.5, 0.75, 0.875].map((q) => Math.round(histogram.quantile(q)))).toEqual([4, 6, 9])
    const late = LatencyHistogram.decode(histogram.encode()).ifNeverAnswered()
    expect([late.count, late.open, late.unanswered, late.sum]).toEqual([8, 0, 4, 15])
    expect([0.375, 0.5, 0.501].map((q) => Math.round(late.quantile(q)))).toEqual([3, 9, Infinity])
    expect(of([1]).ifNeverAnswered()).toEqual(of([1]))
  })
  it('places unanswered observations after every answer', () => {
    const histogram = of([1, 2, 3], 1)
    expect(histogram.quantile(0.75)).toBe(3)
    expect(histogram.quantile(0.76)).toBe(Infinity)
    expect([histogram.count, histogram.unanswered, histogram.smallest, histogram.largest]).toEqual([4, 1, 1, 3])
    expect(histogram.countAbove(Infinity)).toBe(1)
  })
  it('knows when it is empty', () => {
    const empty = new LatencyHistogram()
    expect([empty.quantile(0.5), empty.smallest, empty.largest]).toEqual([NaN, NaN, NaN])
    expect(LatencyHistogram.decode(empty.encode()).count).toBe(0)
    expect(of([], 3).quantile(0.1)).toBe(Infinity)
  })
})
