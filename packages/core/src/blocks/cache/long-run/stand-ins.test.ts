import { expect, it } from 'vitest'
import { unspaced } from '../../spacing.ts'
import { Bench } from '../testing-bench.ts'
import { aloneOf, StandIns } from './stand-ins.ts'

it.each([1000, 1024, 5000, 65_537])('stand-ins for %d keys stand for every key once', (keys) => {
  const standIns = new StandIns(keys, 64, 7)
  const counts = new Map<number, number>()
  for (let key = 1; key <= keys; key++) {
    const one = standIns.of(key)
    expect(standIns.of(one)).toBe(one)
    counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  const listed = new Map<number, number>()
  standIns.forEach((key, count) => void listed.set(key, count))
  expect(listed).toEqual(counts)
  for (const [key, count] of counts) {
    expect(standIns.countOf(key)).toBe(count)
    expect(key).toBeLessThanOrEqual(keys)
  }
  for (let key = 1; key < 128; key++) expect(standIns.of(key)).toBe(key)
})

it('a stand-in of a coarse layout is one of a finer layout too', () => {
  const coarse = new StandIns(50_000_000, 1024, 3)
  const fine = new StandIns(50_000_000, 4096, 3)
  coarse.forEach((key) => {
    expect(fine.of(key)).toBe(key)
  })
})

it('every member of a group is its stand-in in some layouts, equally often', () => {
  const counts = [0, 0, 0, 0]
  for (let layout = 0; layout < 4000; layout++) {
    const member = new StandIns(10_000, 64, layout * 977).of(400) % 4
    counts[member] = (counts[member] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(750))
})

it('small caches and key spaces keep every key for itself', () => {
  expect(aloneOf(16_000, 1e9, 100)).toBe(null)
  expect(aloneOf(200_000, 1e9, 1)).toBe(null)
  expect(aloneOf(100_000, 1e9, 20)).toBe(1024)
  expect(aloneOf(1e9, 200_000, 1)).toBe(null)
  expect(aloneOf(1e9, 250_000, 1)).toBe(4096)
  expect([aloneOf(1e9, 20_000, 1, 'slow'), aloneOf(1e9, 20_001, 1, 'slow')]).toEqual([null, 4096])
  expect(aloneOf(1e9, 250_000, 2)).toBe(2048)
  expect(aloneOf(1e9, 250_000, 20)).toBe(1024)
})

it.each([
  ['nodes among which the keys are spread see each key once', 3, 4096],
  ['so does a single node', 1, 4096],
])('%s: %i of them let %i keys stand alone', (_why, instances, alone) => {
  const keys = 10_000_000
  const popularity = { keys, perMsOf: () => 1, mostPerMsFrom: () => 1, spacing: unspaced, alone: null }
  const { cache } = new Bench(
    { instances, capacity: { unit: 'entries', amount: 300_000 }, start: 'warmed' },
    {},
    { keyStream: () => () => 1, expectedRate: () => 1000, popularity: () => popularity },
  )
  expect(cache.alone).toBe(alone)
})
