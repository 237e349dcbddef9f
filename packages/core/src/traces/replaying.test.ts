import { describe, expect, it } from 'vitest'
import { evictions } from '../blocks/cache/eviction/index.ts'
import { replay } from '../blocks/cache/eviction/replay.ts'
import { Stream } from '../kernel/random.ts'
import { Zipf } from '../kernel/zipf.ts'
import { Replaying } from './replaying.ts'

const ranks = new Zipf(0.9, 3000)
const stream = new Stream(1, 0, 'replaying')
const length = 20_000
const ids = Int32Array.from({ length }, () => ranks.sample(stream) - 1)
const sizes = Float64Array.from(ids, (id) => 1 + ((id * 37) % 100))
const keys = Float64Array.from(ids, (id) => id + 1)

describe.each(evictions.names)('%s', (name) => {
  const policy = { name, values: {} }
  it.each([
    ['entries', 300],
    ['bytes', 9000],
  ] as const)('piece by piece hits what a replay at once hits, of %s', (unit, capacity) => {
    const requests = { ids, sizes, length }
    const replaying = new Replaying(policy, { unit, capacity, future: requests })
    for (let from = 0; from < length; from += 777) replaying.take(requests, from, Math.min(length, from + 777))
    replaying.verify()
    const whole = replay(policy, capacity, keys, unit === 'bytes' ? { weights: sizes } : {})
    expect(whole).toMatchObject({ hits: replaying.hits, misses: length - replaying.hits })
    expect(replaying.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
  })
})

it('counts the bytes that were hit', () => {
  const replaying = new Replaying({ name: 'lru', values: {} }, { unit: 'bytes', capacity: 10 })
  // The third is larger than the cache; the last comes back with another size, and is still there.
  replaying.take({ ids: Int32Array.of(0, 1, 2, 0, 1), sizes: Float64Array.of(4, 5, 11, 4, 8), length: 5 })
  const { hits, bytes, hitBytes } = replaying
  expect({ hits, bytes, hitBytes }).toEqual({ hits: 2, bytes: 32, hitBytes: 12 })
})
