import { expect, it } from 'vitest'
import { shareInterval } from './share-interval.ts'

const close = (value: number) => expect.closeTo(value, 9)

it('a share has Wilson’s interval for the number of independent tries', () => {
  // Shares 0.1 and 0.3: error of their mean 0.1, as 0.2 × 0.8 / 0.1² = 16 tries would have; t(97.5 %, 1) = 12.7062.
  expect(shareInterval([1, 3], [10, 10])).toEqual({
    sufficient: true,
    point: 0.2,
    low: close(0.0038284774042514624),
    high: close(0.942071056311435),
    confidence: 0.95,
    replications: 2,
  })
})

it('the independent tries of a share are at most its tries', () => {
  // Hardly any scatter: 279 tries would show as much, but there were 40; t(97.5 %, 3) = 3.1824.
  expect(shareInterval([2, 2, 2, 3], [10, 10, 10, 10])).toMatchObject({
    point: 0.225,
    low: close(0.0848112510304958),
    high: close(0.47631196181932667),
  })
  // None at all: the 20 that were.
  expect(shareInterval([2, 2], [10, 10])).toMatchObject({
    low: close(0.0047453353812166865),
    high: close(0.9291198828188039),
  })
})

it('the interval of a share uses the confidence requested', () => {
  // t(95 %, 1) = 6.3138 and 20 tries: the same by the roots of (p - 0.2)² = t² p (1 - p) / n.
  const square = 6.313751514675038 ** 2 / 20
  const root = Math.sqrt((0.4 + square) ** 2 - 4 * (1 + square) * 0.04)
  expect(shareInterval([2, 2], [10, 10], 0.9)).toMatchObject({
    low: close((0.4 + square - root) / 2 / (1 + square)),
    high: close((0.4 + square + root) / 2 / (1 + square)),
    confidence: 0.9,
  })
})

it('a share of 0 or 1 in n tries is bounded by 3 / n', () => {
  const shared = { sufficient: true, confidence: 0.95, replications: 2 }
  expect(shareInterval([0, 0], [20, 40])).toEqual({ ...shared, point: 0, low: 0, high: 0.05 })
  expect(shareInterval([20, 40], [20, 40])).toEqual({ ...shared, point: 1, low: 0.95, high: 1 })
  expect(shareInterval([0, 0], [1, 1])).toEqual({ ...shared, point: 0, low: 0, high: 1 })
  expect(shareInterval([1, 1], [1, 1])).toEqual({ ...shared, point: 1, low: 0, high: 1 })
})

it('a share of 0 is bounded by the independent tries if several go alike', () => {
  expect(shareInterval([0, 0], [2000, 4000], 0.95, 60)).toMatchObject({ low: 0, high: 0.05 })
  expect(shareInterval([2000, 4000], [2000, 4000], 0.95, 60)).toMatchObject({ low: 0.95, high: 1 })
  expect(shareInterval([0, 0], [20, 40], 0.95, 100)).toMatchObject({ low: 0, high: 0.05 })
  // Where it did happen, the scatter of replications shows how much goes alike.
  expect(shareInterval([1, 3], [10, 10], 0.95, 1)).toEqual(shareInterval([1, 3], [10, 10]))
})

it('the interval of a share gives the reason if data are insufficient', () => {
  expect(shareInterval([0, 0], [0, 0])).toEqual({ sufficient: false, reason: 'no attempts', replications: 2 })
  expect(shareInterval([1], [2])).toEqual({
    sufficient: false,
    reason: '1 of 2 replications',
    replications: 1,
  })
  expect(shareInterval([0, 1], [0, 5])).toMatchObject({ reason: 'fewer than two replications have observations' })
})
