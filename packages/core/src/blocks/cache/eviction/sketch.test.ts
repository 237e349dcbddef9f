import { expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { exp, pow } from '../../../support/elementary.ts'
import { hashKey } from '../shelf/key-table.ts'
import { Sketch } from './sketch.ts'

/** Counts requests by sketch and by heart; how often each key was requested, up to 15. */
function counted(entries: number, requests: number, period: number) {
  const sketch = new Sketch(period)
  sketch.expect(entries)
  sketch.hold(entries, () => {})
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

it('a sketch halves all counts after its period', () => {
  const sketch = new Sketch(10)
  sketch.expect(10)
  sketch.hold(10, () => {})
  for (let i = 0; i < 99; i++) sketch.count(hashKey(i % 9))
  expect(sketch.countOf(hashKey(3))).toBe(11)
  sketch.count(hashKey(3))
  expect(sketch.countOf(hashKey(3))).toBe(6)
  for (let i = 0; i < 49; i++) sketch.count(hashKey(5))
  expect(sketch.countOf(hashKey(5))).toBe(15)
  sketch.count(hashKey(5))
  expect([sketch.countOf(hashKey(5)), sketch.countOf(hashKey(3))]).toEqual([7, 3])
})

it('a sketch that grows keeps only the counts of the entries', () => {
  const { sketch, truth } = counted(100, 900, 10)
  const entries = [...truth.keys()].slice(0, 50)
  const countsOf = (keys: readonly number[]) => keys.map((key) => sketch.countOf(hashKey(key)))
  const before = countsOf(entries)
  sketch.hold(5000, (visit) => {
    for (const key of entries) visit(hashKey(key))
  })
  expect(countsOf(entries)).toEqual(before)
  const others = countsOf(Array.from({ length: 1000 }, (_, i) => 1e6 + i))
  expect(others).toEqual(others.map(() => 0))
})

it('is as exact after growing with its entries as one that was made large enough', () => {
  const sketch = new Sketch(10)
  const entries = 1000
  sketch.expect(entries)
  for (let key = 0; key < entries; key++) {
    sketch.count(hashKey(key))
    sketch.hold(key + 1, (visit) => {
      for (let other = 0; other <= key; other++) visit(hashKey(other))
    })
  }
  const strangers = Array.from({ length: 20_000 }, (_, i) => sketch.countOf(hashKey(1e6 + i)))
  const mistaken = strangers.filter((count) => count > 0).length / strangers.length
  expect(mistaken).toBeLessThan(1.5 * pow(1 - exp(-entries / 4096), 4))
})
