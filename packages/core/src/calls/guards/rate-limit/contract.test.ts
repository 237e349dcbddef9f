import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { readValue } from '../../../language/read-value.ts'
import { type Chosen, policy } from '../../../support/params.ts'
import { rateLimits } from './index.ts'
import type { RateLimiter } from './rate-limit.ts'

const family = policy({ meaning: 'rate limit', family: rateLimits })

function limiter(text: string): RateLimiter {
  const { name, values } = readValue(text, family, 'test').value as Chosen
  return rateLimits.get(name).create(values)
}

/** Lets calls come at these times. @returns those that go at once */
function gone(limit: RateLimiter, timesMs: readonly number[]): readonly number[] {
  return timesMs.filter((nowMs) => {
    if (limit.nextMs(nowMs) > nowMs) return false
    limit.take(nowMs)
    return true
  })
}

const at = (nowMs: number, calls: number) => new Array<number>(calls).fill(nowMs)

describe.each(rateLimits.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  const created = () => member.create(chosenAsItSays(member).values as never)

  it('lets a first call go', () => {
    const limit = created()
    expect(limit.nextMs(5)).toBeLessThanOrEqual(5)
  })

  it('lets a call go at the moment that it has named, and not before', () => {
    const limit = created()
    let went = 0
    for (let nowMs = 0; went < 1000; nowMs = Math.max(nowMs, limit.nextMs(nowMs))) {
      expect(limit.nextMs(nowMs)).toBeLessThanOrEqual(nowMs)
      limit.take(nowMs)
      went++
    }
    expect(limit.nextMs(0)).toBe(limit.nextMs(0))
  })

  it('lets calls go at its rate in the long run, however many come', () => {
    const limit = created()
    const times = Array.from({ length: 100_000 }, (_, i) => i / 2)
    // Its example has a rate of 100/s; what goes besides is one burst.
    const { length } = gone(limit, times)
    expect(length).toBeGreaterThanOrEqual(5000)
    expect(length).toBeLessThanOrEqual(5100)
  })
})

// nginx: "burst=3 nodelay" lets four of five at once through.
it.each<[string, number]>([
  ['{ type: leaky-bucket, rate: 1/s, burst: 3 }', 4],
  ['{ type: leaky-bucket, rate: 1/s, burst: 3, overflow: block }', 1],
  ['{ type: token-bucket, rate: 1/s, burst: 3 }', 3],
  ['{ type: token-bucket, rate: 1/s }', 1],
  ['{ type: sliding-window, rate: 1/s, window: 4s }', 4],
])('of five calls at once, %s lets %i go', (text, expected) => {
  expect(gone(limiter(text), at(7, 5))).toHaveLength(expected)
})

it('a token bucket saves tokens in a quiet time, as many as it holds', () => {
  const limit = limiter('{ type: token-bucket, rate: 10/s, burst: 3 }')
  expect(gone(limit, [...at(0, 4), 99, 100, ...at(300, 3), ...at(10_000, 9)])).toEqual([
    ...[0, 0, 0, 100, 300, 300],
    ...at(10_000, 3),
  ])
})

it('a sliding window forgets a call exactly one window later', () => {
  const limit = limiter('{ type: sliding-window, rate: 2/s, window: 1s }')
  expect(gone(limit, [0, 400, 999, 1000, 1001, 1400, 1401])).toEqual([0, 400, 1000, 1400])
})
