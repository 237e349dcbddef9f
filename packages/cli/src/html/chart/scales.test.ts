import { expect, test } from 'vitest'
import { between, byNines, fromZero, logarithmic } from './scales.ts'

const range = [0, 100] as const

test.each([
  ['nothing', []],
  ['only zeros', [0, 0]],
  ['only unanswered', [Infinity, NaN]],
])('a scale from zero of %s is one from 0 to 1', (_, values) => {
  const scale = fromZero(values, range)
  expect([scale(0), scale(1), scale.ticks.at(-1)]).toEqual([0, 100, 1])
})

test('a scale from zero ends at a round number and clamps values', () => {
  const scale = fromZero([3, 970], range)
  expect([scale(1000), scale(5000), scale(-1)]).toEqual([100, 100, 0])
})

test.each([
  ['nothing', [], [1, 2, 5, 10]],
  ['zero and unanswered', [0, Infinity], [1, 2, 5, 10]],
  ['one value', [7], [5, 10, 20, 50]],
  ['two decades', [0.3, 12], [0.2, 0.5, 1, 2, 5, 10, 20]],
  ['many decades', [0.001, 500], [0.001, 0.01, 0.1, 1, 10, 100]],
])('a logarithmic scale of %s', (_, values, ticks) => {
  const scale = logarithmic(values, range)
  expect(scale.ticks.map((tick) => Number(tick.toPrecision(6)))).toEqual(ticks)
  expect(scale(0)).toBe(0)
  for (const value of values) expect(Number.isNaN(scale(value))).toBe(false)
})

test('a logarithmic scale leaves out the bucket of no time at all', () => {
  expect(logarithmic([1e-6, 3, 40], range).ticks[0]).toBe(2)
})

test('each further nine of a percentile has the same length', () => {
  const scale = byNines([0, 300], 99.9)
  expect([0, 90, 99, 99.9].map((percentile) => Math.round(scale(percentile)))).toEqual([0, 100, 200, 300])
  expect(scale.ticks).toEqual([0, 50, 90, 99, 99.9])
  expect(scale(100)).toBe(scale(99.9))
})

test('a scale between equal ends maps its end', () => {
  expect(between(5, 5, range)(5)).toBe(0)
})
