import type { MeasureDifference } from '@loadpath/core'
import { expect, test } from 'vitest'
import { between, missing } from '../print/sample-answer.ts'
import { timesFirst } from './differences.ts'

const one: MeasureDifference = {
  measure: 'p99',
  dimension: 'duration',
  first: 20,
  second: 30,
  difference: between(5, 10, 15),
  verdict: 'higher',
}

test('a difference becomes a ratio with its interval', () => {
  expect(timesFirst(one)).toEqual({ low: 1.25, point: 1.5, high: 1.75 })
  expect(timesFirst({ ...one, difference: between(-30, -10, 10) })).toEqual({ low: 0, point: 0.5, high: 1.5 })
})

test.each([
  ['the data are insufficient', { ...one, difference: missing('7 of 10 replications') }],
  ['the first is zero', { ...one, first: 0 }],
  ['the first is unanswered', { ...one, first: Infinity, difference: between(-Infinity, -Infinity, 0) }],
])('the ratio is undefined if %s', (_, difference) => {
  expect(timesFirst(difference)).toBe(null)
})
