import { describe, expect, it } from 'vitest'
import { meanAndError, meanInterval, ratioInterval, studentInterval } from './mean-interval.ts'

/** Student's t at 97.5 % with 1, and at 95 % with 2 degrees of freedom, from tables of 30 digits. */
const t1 = 12.706204736174694
const t2 = 2.9199855803537242
const close = (value: number) => expect.closeTo(value, 9)

describe('meanAndError', () => {
  it('gives the mean and the standard error of it', () => {
    // Squares of distances 4 + 1 + 0 + 1 + 4 over n - 1 is 2.5, over n a half.
    expect(meanAndError([1, 2, 3, 4, 5])).toEqual({ mean: 3, error: Math.sqrt(0.5) })
    expect(meanAndError([-1, 5])).toEqual({ mean: 2, error: 3 })
  })
})

describe('studentInterval', () => {
  it('reaches t standard errors to either side, with one degree of freedom fewer than replications', () => {
    expect(studentInterval(10, 2, 3, 0.9)).toEqual({
      sufficient: true,
      point: 10,
      low: close(10 - 2 * t2),
      high: close(10 + 2 * t2),
      confidence: 0.9,
      replications: 3,
    })
  })
})

describe('meanInterval', () => {
  it('needs two replications', () => {
    expect(meanInterval([-1, 5])).toEqual({
      sufficient: true,
      point: 2,
      low: close(2 - 3 * t1),
      high: close(2 + 3 * t1),
      confidence: 0.95,
      replications: 2,
    })
    expect(meanInterval([7])).toEqual({ sufficient: false, reason: '1 of 2 replications', replications: 1 })
  })
  it('hands its confidence on', () => {
    expect(meanInterval([1, 2, 3], 0.9)).toMatchObject({ confidence: 0.9, high: close(2 + t2 / Math.sqrt(3)) })
  })
})

describe('ratioInterval', () => {
  it('agrees with a hand calculation of the jackknife', () => {
    // 8/3 in all, 3 without the first and 2 without the second: pseudo-values 7/3 and 10/3, half apart from their mean.
    expect(ratioInterval([2, 6], [1, 2])).toEqual({
      sufficient: true,
      point: 8 / 3,
      low: close(8 / 3 - t1 / 2),
      high: close(8 / 3 + t1 / 2),
      confidence: 0.95,
      replications: 2,
    })
  })
  it('is the jackknife of its definition, leaving out one replication after the other', () => {
    const above = [3, 5, 4, 6, 2, 7]
    const below = [2, 3, 0.5, 4, 2, 9]
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    const all = sum(above) / sum(below)
    const pseudo = above.map((_, i) => 6 * all - 5 * (sum(above.toSpliced(i, 1)) / sum(below.toSpliced(i, 1))))
    const mean = sum(pseudo) / 6
    const half = 2.570581835636314 * Math.sqrt(sum(pseudo.map((value) => (value - mean) ** 2)) / 5 / 6)
    expect(ratioInterval(above, below)).toMatchObject({
      point: close(all),
      low: close(all - half),
      high: close(all + half),
    })
  })
  it('needs two replications that observed something', () => {
    expect(ratioInterval([3], [2])).toEqual({
      sufficient: false,
      reason: '1 of 2 replications',
      replications: 1,
    })
    const reason = 'fewer than two replications have observations'
    expect(ratioInterval([0, 3, 0], [0, 3, 0])).toEqual({ sufficient: false, reason, replications: 3 })
    expect(ratioInterval([0, 0], [0, 0])).toEqual({ sufficient: false, reason, replications: 2 })
    expect(ratioInterval([0, 1, 2], [0, 1, 2]).sufficient).toBe(true)
  })
  it('hands its confidence on', () => {
    expect(ratioInterval([1, 2, 3], [1, 1, 1], 0.9)).toMatchObject({
      confidence: 0.9,
      high: close(2 + t2 / Math.sqrt(3)),
    })
  })
})
