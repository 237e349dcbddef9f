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

test('a difference as a factor, with its interval', () => {
  expect(timesFirst(one)).toEqual({ low: 1.25, point: 1.5, high: 1.75 })
  expect(timesFirst({ ...one, difference: between(-30, -10, 10) })).toEqual({ low: 0, point: 0.5, high: 1.5 })
})

test.each([
  ['there is not enough', { ...one, difference: missing('7 of 10 replications') }],
  ['the first is zero', { ...one, first: 0 }],
  ['the first was not answered', { ...one, first: Infinity, difference: between(-Infinity, -Infinity, 0) }],
])('none where %s', (_, difference) => {
  expect(timesFirst(difference)).toBe(null)
})
