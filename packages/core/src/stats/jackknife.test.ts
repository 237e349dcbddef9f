import { describe, expect, it } from 'vitest'
import { ln } from '../support/elementary.ts'
import { testingSource } from '../support/testing-source.ts'
import { LatencyHistogram } from './histogram.ts'
import { jackknife, leavingOut } from './jackknife.ts'
import { pairedRatioDifference } from './paired-difference.ts'
import { merged } from './quantile-interval.ts'

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
      point: expect.closeTo(expected.enough ? expected.point : Number.NaN, 12),
      low: expect.closeTo(expected.enough ? expected.low : Number.NaN, 12),
      high: expect.closeTo(expected.enough ? expected.high : Number.NaN, 12),
    })
  })

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
      const found = jackknifed(20, (kept) => at(second, kept) - at(first, kept))
      if (found.enough && found.low <= truth && truth <= found.high) contained++
    }
    // 95 % of 100, less three standard errors.
    expect(contained).toBeGreaterThanOrEqual(88)
  })

  it('says why there is no interval', () => {
    expect(jackknifed(1, () => 1)).toEqual({
      enough: false,
      reason: '1 replications of the 2 needed',
      replications: 1,
    })
    expect(jackknifed(5, () => Number.NaN)).toEqual({
      enough: false,
      reason: 'too few replications observed anything',
      replications: 5,
    })
  })
})
