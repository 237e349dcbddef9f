import { describe, expect, it } from 'vitest'
import { skewedEnds } from './skewed-interval.ts'

/** Student's t at 97.5 % with 4 degrees of freedom, from a table of 30 digits. */
const t = 2.7764451051977987

describe('skewedEnds', () => {
  it("is Student's interval where observations are symmetric, and where there are two", () => {
    const { low, high } = skewedEnds(3, 0.5, [1, 2, 3, 4, 5], 0.95)
    expect([low, high]).toEqual([expect.closeTo(3 - t / 2, 9), expect.closeTo(3 + t / 2, 9)])
    const two = skewedEnds(2, 3, [-1, 5], 0.95)
    expect(two.low + two.high).toBeCloseTo(4, 9)
  })
  it("solves Hall's cubic for Student's t on either side", () => {
    // Distances -2, -2, -1, 0 and 5: moments 34/5 and 108/5, skewness 108/5 / (34/5)^1.5 × √20 / 3.
    const lean = ((108 / 5 / (34 / 5) ** 1.5) * Math.sqrt(20)) / 3 / Math.sqrt(5)
    const { low, high } = skewedEnds(0, 1, [1, 1, 2, 3, 8], 0.95)
    const cubic = (x: number) => x + (lean * x ** 2) / 3 + (lean ** 2 * x ** 3) / 27 + lean / 6
    expect([cubic(-low), cubic(-high)]).toEqual([expect.closeTo(t, 9), expect.closeTo(-t, 9)])
    expect(high).toBeGreaterThan(-low)
  })
  it('are mirrored if the observations are skewed to the other side', () => {
    const right = skewedEnds(0, 1, [1, 1, 2, 3, 8], 0.95)
    const left = skewedEnds(0, 1, [-1, -1, -2, -3, -8], 0.95)
    expect([left.low, left.high]).toEqual([expect.closeTo(-right.high, 12), expect.closeTo(-right.low, 12)])
  })
  it('has no width without an error', () => {
    expect(skewedEnds(5, 0, [5, 5, 5], 0.95)).toEqual({ low: 5, high: 5 })
  })
})
