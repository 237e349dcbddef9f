import { expect, it } from 'vitest'
import { LatencyHistogram } from '../stats/histogram.ts'
import { Waits } from './waits.ts'

it('waits count the calls that began, the calls that waited, and their waits', () => {
  const waits = new Waits()
  waits.none()
  waits.record(3)
  waits.record(5)
  expect(waits).toMatchObject({ begun: 3, waited: 2, totalMs: 8, histogram: null })
})

it('a wait of 0 s does not count as a wait', () => {
  const waits = new Waits()
  waits.record(0)
  expect(waits).toMatchObject({ begun: 1, waited: 0, totalMs: 0 })
})

it('single waits are kept on request, with zero for calls that did not wait', () => {
  const waits = new Waits()
  waits.histogram = new LatencyHistogram()
  waits.none()
  waits.record(4)
  waits.none()
  const { count, sum, smallest, largest } = waits.histogram
  expect([count, sum, smallest, largest, waits.begun]).toEqual([3, 4, 0, 4, 3])
})
