import { expect, it } from 'vitest'
import { Stream } from '../../../kernel/chance.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { exp, pow } from '../../../support/elementary.ts'
import { hashKey } from '../key-table.ts'
import { Sketch } from './sketch.ts'

/** Counts requests by sketch and by heart; how often each key was asked for, up to 15. */
function counted(entries: number, requests: number, period: number) {
  const sketch = new Sketch(period)
  sketch.hold(entries)
  const truth = new Map<number, number>()
  const stream = new Stream(1, 0, 'keys')
  const zipf = new Zipf(0.8, 20 * entries)
  for (let i = 0; i < requests; i++) {
    const key = zipf.sample(stream)
    sketch.count(hashKey(key))
    truth.set(key, (truth.get(key) ?? 0) + 1)
  }
  return { sketch, truth }
}

it('never counts too few, and too many as often as other keys fall on all four counters of a key', () => {
  const { sketch, truth } = counted(1000, 9000, 10)
  const excess = [...truth].map(([key, count]) => sketch.countOf(hashKey(key)) - Math.min(15, count))
  expect(Math.min(...excess)).toBe(0)
  const tooMany = excess.filter((more) => more > 0).length / excess.length
  const expected = pow(1 - exp(-truth.size / 4096), 4)
  expect(Math.abs(tooMany - expected)).toBeLessThan(0.02)
})

it('halves all counts after so many requests, and begins in the middle of the next period', () => {
  const sketch = new Sketch(10)
  sketch.hold(10)
  for (let i = 0; i < 99; i++) sketch.count(hashKey(i % 9))
  expect(sketch.countOf(hashKey(3))).toBe(11)
  sketch.count(hashKey(3))
  expect(sketch.countOf(hashKey(3))).toBe(6)
  for (let i = 0; i < 49; i++) sketch.count(hashKey(5))
  expect(sketch.countOf(hashKey(5))).toBe(15)
  sketch.count(hashKey(5))
  expect([sketch.countOf(hashKey(5)), sketch.countOf(hashKey(3))]).toEqual([7, 3])
})

it('forgets nothing when it grows', () => {
  const { sketch, truth } = counted(100, 900, 10)
  const before = [...truth.keys()].map((key) => sketch.countOf(hashKey(key)))
  sketch.hold(5000)
  expect([...truth.keys()].map((key) => sketch.countOf(hashKey(key)))).toEqual(before)
})
