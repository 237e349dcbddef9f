import { expect, it } from 'vitest'
import { insufficientData, relativeHalfWidth } from './estimate.ts'

const interval = (low: number, point: number, high: number) =>
  ({ sufficient: true, point, low, high, confidence: 0.95, replications: 4 }) as const

it('the relative width of an estimate is relative to the absolute value of its point', () => {
  expect(relativeHalfWidth(interval(98, 100, 102))).toBe(0.02)
  expect(relativeHalfWidth(interval(-102, -100, -98))).toBe(0.02)
  // Not half of the one end and half of the other: a point need not be in the middle.
  expect(relativeHalfWidth(interval(4, 5, 10))).toBe(0.6)
})

it('an estimate without an end or interval is infinitely wide; an exact zero has no width', () => {
  expect(relativeHalfWidth(interval(1, 2, Infinity))).toBe(Infinity)
  expect(relativeHalfWidth(interval(Infinity, Infinity, Infinity))).toBe(Infinity)
  expect(relativeHalfWidth(interval(-1, 0, 1))).toBe(Infinity)
  expect(relativeHalfWidth(interval(0, 0, 0))).toBe(0)
  expect(relativeHalfWidth(insufficientData('few', 3))).toBe(Infinity)
})
