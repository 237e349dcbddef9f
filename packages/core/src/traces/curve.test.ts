import { expect, it } from 'vitest'
import { knee, usualSizes } from './curve.ts'
import { isoTime, logTime } from './dates.ts'
import { Counting } from './inventory.ts'
import { spreadTimes } from './times.ts'

it('spreads eight sizes from a thousandth to all', () => {
  expect(usualSizes(186_880)).toEqual([190, 500, 1300, 3600, 9700, 26_000, 70_000, 186_880])
  expect(usualSizes(5)).toEqual([1, 2, 5])
  expect(usualSizes(1)).toEqual([1])
  expect(usualSizes(0)).toEqual([])
})

it('finds the bend of a curve, and none in a straight line', () => {
  const bent = [1, 2, 3, 4, 5, 6, 7, 8].map((size) => ({ size, hitRatio: Math.min(0.8, size * 0.3) + size * 0.01 }))
  expect(knee(bent)?.size).toBe(3)
  expect(knee(bent.map(({ size }) => ({ size, hitRatio: size / 10 })))).toBeNull()
  expect(knee([])).toBeNull()
})

it('counts what a trace is made of', () => {
  const counting = new Counting()
  const ids = Int32Array.from({ length: 25_000 }, (_, i) => (i < 20_000 ? i % 10 : 10 + (i % 100)))
  const sizes = Float64Array.from(ids, (id) => id + 1)
  counting.take({ ids: ids.subarray(0, 12_345), sizes: sizes.subarray(0, 12_345), length: 12_345 }, 10)
  counting.take({ ids: ids.subarray(12_345), sizes: sizes.subarray(12_345), length: 12_655 }, 110)
  expect(counting.inventory()).toEqual({
    requests: 25_000,
    distinct: 110,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    distinctBytes: (110 * 111) / 2,
    askedOnce: 0,
    keysOfHalf: 7,
    keysOfNineTenths: 60,
    workingSet: { mean: 10, most: 10 },
  })
})

it('knows the days of the calendar', () => {
  for (const iso of [
    '1970-01-01T00:00:00Z',
    '2000-02-29T23:59:59.5Z',
    '1900-03-01T12:00:00+05:30',
    '2026-12-31T01:02:03-08:00',
  ]) {
    expect(isoTime(iso)).toBe(Date.parse(iso))
  }
  expect(logTime('29/Feb/2024:12:00:00 +0200')).toBe(Date.parse('2024-02-29T12:00:00+02:00'))
  expect([isoTime('yesterday'), logTime('1/Foo/2000:00:00:00 +0000')]).toEqual([Number.NaN, Number.NaN])
})

it('spreads requests of one second over it, and puts late lines in order', () => {
  expect([...spreadTimes(Float64Array.of(5000, 5000, 6000, 5000, 5000, 9000, 9000))]).toEqual([
    0,
    500,
    1000,
    1000 + 1000 / 3,
    1000 + 2000 / 3,
    4000,
    4500,
  ])
  expect([...spreadTimes(Float64Array.of(0.123, 0.5))]).toEqual([0, 0.377])
})
