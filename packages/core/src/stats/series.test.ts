import { describe, expect, it } from 'vitest'
import { testingSource } from '../support/testing-source.ts'
import { meanInterval } from './mean-interval.ts'
import { firstRound, lengthening, look, replicationAfter } from './stopping.ts'
import { trend } from './trend.ts'
import { averagedOver, warmUp } from './warm-up.ts'
import { worldRange } from './worlds.ts'

const noise = (seed: number) => {
  const source = testingSource(seed)
  return () => source.next() + source.next() - 1
}
const series = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i))

describe('warmUp', () => {
  it('ends when a decaying start falls below the noise', () => {
    const draw = noise(1)
    const replications = Array.from({ length: 20 }, () => series(1000, (i) => 5 + 4 * Math.exp(-i / 40) + draw()))
    const { cut, longEnough } = warmUp(averagedOver(replications))
    expect(longEnough).toBe(true)
    expect(cut).toBeGreaterThan(80)
    expect(cut).toBeLessThan(300)
  })
  it('agrees with a direct computation of its definition', () => {
    for (let seed = 1; seed < 30; seed += 1) {
      const draw = noise(seed)
      const values = series(300, (i) => Math.exp(-i / 30) + draw())
      const means = series(60, (i) => values.slice(5 * i, 5 * i + 5).reduce((sum, x) => sum + x, 0) / 5)
      let [best, bestCut] = [Infinity, 0]
      for (let cut = 0; cut <= 55; cut += 1) {
        const rest = means.slice(cut)
        const mean = rest.reduce((sum, x) => sum + x, 0) / rest.length
        const error = rest.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rest.length ** 2
        if (error < best) [best, bestCut] = [error, 5 * cut]
      }
      expect(warmUp(values)).toEqual({ cut: bestCut, longEnough: bestCut <= 150 })
    }
  })
  it('is 0 for a steady series, and unknown for a series that is too short', () => {
    expect(warmUp(series(100, () => 3))).toEqual({ cut: 0, longEnough: true })
    // A constant but for its rounding, which happens to be less later on.
    expect(warmUp(series(200, (i) => 3 + (i < 150 ? 1e-15 * ((i >> 3) % 4) : 0)))).toEqual({ cut: 0, longEnough: true })
    expect(warmUp(series(20, () => 3)).longEnough).toBe(false)
    expect(warmUp(series(200, (i) => Math.exp(-i / 100))).longEnough).toBe(false)
    expect([
      ...averagedOver([
        [1, 2, 3],
        [3, 4],
      ]),
    ]).toEqual([2, 3])
    expect(averagedOver([]).length).toBe(0)
  })
  it('takes fifty values, and a cut after the first half of them', () => {
    expect(warmUp(series(49, () => 3))).toEqual({ cut: 0, longEnough: false })
    expect(warmUp(series(50, () => 3))).toEqual({ cut: 0, longEnough: true })
    // The last five batches are the fewest that may remain, and half of ten.
    expect(warmUp(series(50, (i) => (i < 25 ? 9 - (i % 2) : 3)))).toEqual({ cut: 25, longEnough: true })
    // Of eleven batches six are left out: more than half.
    expect(warmUp(series(55, (i) => (i < 30 ? 9 - i : 3)))).toEqual({ cut: 30, longEnough: false })
  })
})

describe('trend', () => {
  it('finds a backlog that grows, with its slope', () => {
    const draw = noise(2)
    const replications = Array.from({ length: 20 }, () => series(400, (i) => 0.05 * i + 3 * draw()))
    const { slope, direction } = trend(replications)
    expect(direction).toBe('growing')
    expect(slope.sufficient && Math.abs(slope.point - 0.05)).toBeLessThan(0.005)
    expect(trend(replications.map((one) => one.map((x) => -x))).direction).toBe('falling')
  })
  it('ignores a warm-up that has ended, and levels that wander', () => {
    expect(trend([1, 2, 3, 4].map(() => series(100, (i) => Math.min(i, 20)))).direction).toBe('steady')
    let wrong = 0
    for (let run = 0; run < 300; run += 1) {
      const draw = noise(run + 1)
      const replications = Array.from({ length: 20 }, () => {
        let level = 0
        return series(200, () => {
          level = 0.95 * level + draw()
          return level
        })
      })
      if (trend(replications).direction !== 'steady') wrong += 1
    }
    expect(wrong).toBeLessThanOrEqual(3)
  })
  it('is the least-squares slope of the second half', () => {
    // Of 1, 3, 2 at steps -1, 0, 1 from their centre: (2 - 1) / 2; the first half does not count.
    expect(
      trend([
        [90, 90, 90, 1, 3, 2],
        [0, 0, 0, 1, 3, 2],
      ]).slope,
    ).toMatchObject({ point: 0.5, low: 0.5, high: 0.5, confidence: 0.999, replications: 2 })
    // One value has no slope, of whatever level.
    expect(trend([[4], [9]])).toMatchObject({ slope: { point: 0, low: 0, high: 0 }, direction: 'steady' })
    expect(
      trend(
        [
          [0, 1, 0, 1],
          [0, 2, 0, 2],
        ],
        0.9,
      ).slope,
    ).toMatchObject({ point: 1.5, confidence: 0.9 })
  })
  it('is significant only if its interval excludes zero', () => {
    expect(
      trend([
        [0, 0, 0, 1],
        [0, 0, 0, 1],
      ]).direction,
    ).toBe('growing')
    expect(
      trend([
        [0, 0, 1, 0],
        [0, 0, 1, 0],
      ]).direction,
    ).toBe('falling')
    expect(
      trend([
        [0, 0, 0, 1],
        [0, 0, 1, 0],
      ]).direction,
    ).toBe('steady')
  })
  it('is unknown for one replication', () => {
    expect(trend([[1, 2, 3]])).toMatchObject({ slope: { sufficient: false }, direction: 'steady' })
    expect(trend([[], []]).direction).toBe('steady')
  })
})

describe('worldRange', () => {
  it('leaves a twentieth of the worlds on either side', () => {
    const range = worldRange(series(1001, (i) => (i * 7919) % 1001))
    expect(range).toEqual({ median: 500, low: expect.closeTo(49.4, 9), high: expect.closeTo(950.6, 9), worlds: 1001 })
  })
  it('interpolates from twenty worlds on', () => {
    // Definition 8: place (20 + 1/3) / 20 + 1/3 = 1.35 from the bottom, and as far from the top.
    const even = (count: number) => worldRange(series(count, (i) => 2 * (count - i)))
    expect(even(20)).toEqual({ median: 21, low: expect.closeTo(2.7, 12), high: expect.closeTo(39.3, 12), worlds: 20 })
    expect(even(19)).toEqual({ median: 20, low: 2, high: 38, worlds: 19 })
  })
  it('spans all worlds if there are few, and includes worlds without an answer', () => {
    expect(worldRange([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3, worlds: 3 })
    expect(worldRange([1, Infinity, Infinity])).toEqual({ median: Infinity, low: 1, high: Infinity, worlds: 3 })
    expect(worldRange([])).toBeUndefined()
    expect(worldRange([7])).toEqual({ median: 7, low: 7, high: 7, worlds: 1 })
  })
})

describe('look', () => {
  const spread = (count: number, width: number) => meanInterval(series(count, (i) => 100 + (i % 2 ? width : -width)))
  it('ends the run when the mean and every percentile are narrow enough', () => {
    expect(look(spread(20, 1), [], 0.02)).toEqual({ done: true, next: 40 })
    expect(look(spread(20, 10), [], 0.02).done).toBe(false)
    expect(look(spread(40, 1), [spread(40, 10)], 0.02).done).toBe(true)
    expect(look(spread(40, 1), [spread(40, 30)], 0.02).done).toBe(false)
  })
  it('ends the run at exactly the width requested', () => {
    const width = (half: number) =>
      ({ sufficient: true, point: 100, low: 100 - half, high: 100 + half, confidence: 0.95, replications: 20 }) as const
    expect(look(width(2), [width(5)], 0.02).done).toBe(true)
    expect(look(width(2.1), [width(5)], 0.02).done).toBe(false)
    expect(look(width(2), [width(5), width(5.1)], 0.02).done).toBe(false)
  })
  it('plans as many replications as the widest interval needs, between 1.25 and 4 times as many', () => {
    const width = (half: number) =>
      ({ sufficient: true, point: 100, low: 100 - half, high: 100 + half, confidence: 0.95, replications: 20 }) as const
    const next = (mean: number, p99: number) => look(width(mean), [width(p99)], 0.02).next
    // 20 × (3 / 2)² = 45, and a little more, so that the interval is not too wide by a hair.
    expect([next(3, 5), next(1, 7.5), next(2.01, 5), next(20, 5)]).toEqual([48, 48, 25, 80])
  })
  it('counts the replications behind batches', () => {
    expect(look(spread(20, 1), [], 0.02, 400)).toEqual({ done: true, next: 800 })
  })
  it('never ends on too few replications or without an interval', () => {
    expect(look(spread(10, 0), [], 0.02)).toEqual({ done: false, next: firstRound })
    expect(look(meanInterval([1]), [], 0.02)).toEqual({ done: false, next: firstRound })
    const missing = { sufficient: false, reason: 'few', replications: 20 } as const
    expect(look(spread(20, 1), [missing], 0.02).done).toBe(false)
  })
  it('leaves out twice the warm-up, and ten times that is a replication', () => {
    expect(replicationAfter(1000, 20, 1)).toEqual({ leftOut: 40, length: 1000 })
    expect(replicationAfter(1000, 400, 1)).toEqual({ leftOut: 800, length: 8000 })
  })
  it('leaves out ten relaxation times, and measures 60', () => {
    expect(replicationAfter(1000, 20, 100)).toEqual({ leftOut: 1000, length: 7000 })
  })
  it('requests longer replications where they hold significantly fewer than 20 relaxation times', () => {
    expect([lengthening(20, 801), lengthening(19.1, 801), lengthening(16, 801)]).toEqual([1, 1, 3.75])
    expect([lengthening(15.2, 20), lengthening(8, 20), lengthening(0.1, 20)]).toEqual([1, 7.5, 8])
  })
})
