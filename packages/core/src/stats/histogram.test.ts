import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from './histogram.ts'

const of = (values: readonly number[], unanswered = 0) => {
  const histogram = new LatencyHistogram()
  for (const value of values) histogram.record(value)
  if (unanswered > 0) histogram.recordUnanswered(unanswered)
  return histogram
}
/** The brute-force twin: all observations, sorted. */
const exactQuantile = (values: readonly number[], unanswered: number, q: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(q * (values.length + unanswered))) - 1] ?? Infinity
}
const latency = fc.double({ min: 1e-6, max: 1e12, noNaN: true })
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 })

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
  it('is exact where all observations are the same', () => {
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
  it('adds as if all had been recorded in one', () => {
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
  it('survives the way to another thread', () => {
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
    expect(of([0.5, 2]).encode().length).toBe(6 + 2 * 128 + 1)
    expect(() => LatencyHistogram.decode(new Float64Array(2))).toThrow('no histogram')
  })
  it('puts the unanswered behind every answer', () => {
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
