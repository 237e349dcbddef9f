import { describe, expect, it } from 'vitest'
import { jackknife, leavingOut } from './jackknife.ts'
import { pairedRatioDifference } from './paired-difference.ts'

/** The jackknife of a number that is computed from the replications kept. */
function jackknifed(replications: number, evaluate: (kept: readonly number[]) => number) {
  const all = Array.from({ length: replications }, (_, i) => i)
  return jackknife(evaluate(all), leavingOut(replications).map(evaluate), replications)
}

describe('the grouped jackknife', () => {
  it('is the ordinary one of a quotient where every group is one replication', () => {
    const above = [3, 5, 4, 6, 2, 7, 5, 4]
    const below = [2, 3, 2, 4, 2, 4, 3, 2]
    const sum = (values: readonly number[], kept: readonly number[]) =>
      kept.reduce((total, i) => total + (values[i] as number), 0)
    const zeros = above.map(() => 0)
    const expected = pairedRatioDifference(zeros, below, above, below).difference
    expect(jackknifed(8, (kept) => sum(above, kept) / sum(below, kept))).toEqual({
      ...expected,
      point: expect.closeTo(expected.sufficient ? expected.point : Number.NaN, 12),
      low: expect.closeTo(expected.sufficient ? expected.low : Number.NaN, 12),
      high: expect.closeTo(expected.sufficient ? expected.high : Number.NaN, 12),
    })
  })

  it('stays above 0 for a number that is not below it', () => {
    // Means without one of 0, 0 and 21: 10.5, 10.5 and 0 around 7.
    const [any, time] = (['any', 'non-negative'] as const).map((range) => jackknife(7, [10.5, 10.5, 0], 3, 0.95, range))
    expect(any?.sufficient && any.low).toBeLessThan(0)
    expect(time?.sufficient && time.low).toBeGreaterThan(0)
    expect(time?.sufficient && time.high).toBeGreaterThan(21)
  })

  it('leaves out every replication once, in at most twenty groups', () => {
    expect(leavingOut(3)).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ])
    expect(leavingOut(1)).toEqual([[]])
    const groups = leavingOut(45)
    expect(groups.length).toBe(20)
    // Group 3 is 3, 23 and 43.
    expect(groups[3]).toEqual(Array.from({ length: 45 }, (_, i) => i).filter((i) => ![3, 23, 43].includes(i)))
  })

  it('agrees with a hand calculation', () => {
    // Pseudo-values 2 × 5 - 4 = 6 and 2 × 5 - 7 = 3: error 1.5; Student's t with one degree of freedom.
    expect(jackknife(5, [4, 7], 40)).toEqual({
      sufficient: true,
      point: 5,
      low: expect.closeTo(5 - 1.5 * 12.706204736174694, 9),
      high: expect.closeTo(5 + 1.5 * 12.706204736174694, 9),
      confidence: 0.95,
      replications: 40,
    })
    expect(jackknife(5, [4, 7], 2, 0.9)).toMatchObject({
      confidence: 0.9,
      high: expect.closeTo(5 + 1.5 * 6.313751514675038, 9),
    })
  })

  it('gives the reason if there is no interval', () => {
    expect(jackknifed(1, () => 1)).toEqual({
      sufficient: false,
      reason: '1 of 2 replications',
      replications: 1,
    })
    const missing = { sufficient: false, reason: 'too few replications have observations', replications: 5 }
    expect(jackknifed(5, () => Number.NaN)).toEqual(missing)
    expect(jackknife(1, [1, 2, Infinity, 2, 1], 5)).toEqual(missing)
    expect(jackknife(Infinity, [1, 2, 1, 2, 1], 5)).toEqual(missing)
  })
})
