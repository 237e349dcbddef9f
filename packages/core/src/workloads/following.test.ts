import { expect, it } from 'vitest'
import { Stream } from '../kernel/random.ts'
import { Following } from './following.ts'

/** Which of `count` requests are followed, and for how many each stands. */
function followedOf(every: number, count: number, replication: number): Map<number, number> {
  const following = new Following(new Stream(1, replication, 'followed'), every)
  const followed = new Map<number, number>()
  for (let request = 0; request < count; request++) {
    if (following.seen++ === following.next) followed.set(request, following.begin())
  }
  return followed
}

it('follows every request as likely as any other, the first and the last included', () => {
  const times = new Array<number>(10).fill(0)
  for (let replication = 0; replication < 4000; replication++) {
    for (const request of followedOf(4, 10, replication).keys()) times[request] = (times[request] ?? 0) + 1
  }
  // 1000 ± 3 standard deviations of a binomial.
  for (const count of times) expect(Math.abs(count - 1000)).toBeLessThan(85)
})

it('follows ever fewer of very many, and each then stands for more', () => {
  const followed = followedOf(1, 100_000, 0)
  expect(followed.size).toBeLessThan(1000)
  const standFor = [...followed.values()].reduce((sum, one) => sum + one, 0)
  expect(Math.abs(standFor - 100_000)).toBeLessThanOrEqual(Math.max(...followed.values()))
})
