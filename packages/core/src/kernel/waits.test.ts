import { expect, it } from 'vitest'
import { LatencyHistogram } from '../stats/histogram.ts'
import { Waits } from './waits.ts'

it('counts those who began, those who had waited, and how long', () => {
  const waits = new Waits()
  waits.none()
  waits.record(3)
  waits.record(5)
  expect(waits).toMatchObject({ begun: 3, waited: 2, totalMs: 8, histogram: null })
})

it('counts a wait of 0 s as none', () => {
  const waits = new Waits()
  waits.record(0)
  expect(waits).toMatchObject({ begun: 1, waited: 0, totalMs: 0 })
})

it('keeps each wait if somebody asks, none as zero', () => {
  const waits = new Waits()
  waits.histogram = new LatencyHistogram()
  waits.none()
  waits.record(4)
  waits.none()
  const { count, sum, smallest, largest } = waits.histogram
  expect([count, sum, smallest, largest, waits.begun]).toEqual([3, 4, 0, 4, 3])
})
