import { expect, it } from 'vitest'
import { RecentTimes } from './recent-times.ts'

it('knows no percentile of a few times', () => {
  const times = new RecentTimes(0.9)
  for (let i = 0; i < 63; i++) times.add(i)
  expect(times.ms).toBe(Number.POSITIVE_INFINITY)
})

it('has the percentile of the last 1,024 times, whatever came before', () => {
  const times = new RecentTimes(0.95)
  for (let i = 0; i < 79 * 64; i++) times.add(1e6)
  // Every number from 0 to 1023 once, in no order.
  for (let i = 0; i < 1024; i++) times.add((i * 389) % 1024)
  expect(times.ms).toBe(972)
})
