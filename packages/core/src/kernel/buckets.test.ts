import { expect, it } from 'vitest'
import { Buckets } from './buckets.ts'

/** Empties a bucket: its events, as they come. */
function emptied(buckets: Buckets, bucket: number): [number, number, number][] {
  const found: [number, number, number][] = []
  for (buckets.open(bucket); buckets.holds; buckets.drop()) found.push([buckets.time, buckets.order, buckets.item])
  return found
}
const byOrder = (events: [number, number, number][]) => events.sort((a, b) => a[1] - b[1])
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

it.each([0, 1, 20, 21, 22, 63, 64, 5000])('gives back %i events of each bucket, once', (count) => {
  const buckets = new Buckets(3)
  for (const i of numbers(count)) for (const bucket of [0, 2]) buckets.put(bucket, i / 8, i, 10 * i + bucket)
  expect(emptied(buckets, 1)).toEqual([])
  expect([...buckets.times()].sort((a, b) => a - b)).toEqual(numbers(count).flatMap((i) => [i / 8, i / 8]))
  for (const bucket of [2, 0]) {
    expect(byOrder(emptied(buckets, bucket))).toEqual(numbers(count).map((i) => [i / 8, i, 10 * i + bucket]))
    expect(emptied(buckets, bucket)).toEqual([])
  }
})

it('buckets accept events in a bucket that is being emptied', () => {
  const buckets = new Buckets(2)
  for (const i of numbers(100)) buckets.put(0, i, i, i)
  const moved: number[] = []
  for (buckets.open(0); buckets.holds; buckets.drop()) {
    moved.push(buckets.item)
    buckets.put(buckets.item % 2, buckets.time, buckets.order, buckets.item)
  }
  expect(moved.sort((a, b) => a - b)).toEqual(numbers(100))
  expect(byOrder(emptied(buckets, 0)).map(([, , item]) => item)).toEqual(numbers(50).map((i) => 2 * i))
  expect(byOrder(emptied(buckets, 1)).map(([, , item]) => item)).toEqual(numbers(50).map((i) => 2 * i + 1))
})

it('the memory of buckets is bounded by the events held at once', () => {
  const buckets = new Buckets(100)
  for (const round of numbers(50)) {
    for (const i of numbers(1000)) buckets.put((i + round) % 100, i, i, i)
    for (const bucket of numbers(100)) expect(emptied(buckets, bucket).length).toBe(10)
  }
  const { chunks } = buckets as unknown as { chunks: Float64Array }
  expect(chunks.length).toBe(128 * 64)
})
