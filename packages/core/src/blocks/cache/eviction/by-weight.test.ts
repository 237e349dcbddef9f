import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { arcByWeight, libCacheSimArc, ourArc } from '../eviction-reference/arc-by-weight.ts'
import { lirsByWeight, ourLirs } from '../eviction-reference/lirs-by-weight.ts'
import { evictions } from './index.ts'
import { replay } from './replay.ts'

/** Keys and weights; a key has always the same weight. */
const objects = fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 300 })
const weightsOf = (keys: readonly number[], most: number) => keys.map((key) => 1 + ((key * 7) % most))

describe.each([['arc', arcByWeight, ourArc] as const, ['lirs', lirsByWeight, ourLirs] as const])(
  '%s misses the same objects of many sizes as a slow reference',
  (name, reference, rules) => {
    it.each([4, 30])('that weigh up to %i', (most) => {
      fc.assert(
        fc.property(objects, fc.integer({ min: 1, max: 60 }), (keys, capacity) => {
          const weights = weightsOf(keys, most)
          const { misses, missedWeight } = replay(name, capacity, keys, { weights })
          expect({ misses, missedWeight }).toEqual(reference(keys, weights, capacity, rules as never))
        }),
        { numRuns: 300 },
      )
    })
  },
)

/** Favourites, then a loop a little larger than the cache, then other favourites and a scan. */
function changing(): number[] {
  const stream = new Stream(1, 0, 'keys')
  const zipf = new Zipf(0.9, 400)
  return Array.from({ length: 8000 }, (_, i) => {
    if (i > 3000 && i <= 5000) return 1000 + (i % 130)
    if (i > 5000) return stream.next() < 0.4 ? 900 - zipf.sample(stream) : 10_000 + i
    return zipf.sample(stream)
  })
}

describe('objects that all weigh 4096 in 4096 times the room hit as often as entries', () => {
  const keys = changing()
  const weights = keys.map(() => 4096)

  it.each(evictions.names)('%s', (name) => {
    const policy = { name, values: {} }
    expect(replay(policy, 100 * 4096, keys, { weights }).hits).toBe(replay(policy, 100, keys).hits)
  })

  it('but not by the rules of libCacheSim’s ARC, whose step is one byte', () => {
    const ones = keys.map(() => 1)
    const [bytes, entries] = [
      arcByWeight(keys, weights, 100 * 4096, libCacheSimArc),
      arcByWeight(keys, ones, 100, libCacheSimArc),
    ]
    expect(arcByWeight(keys, ones, 100, ourArc)).toEqual(entries)
    expect(bytes.misses).not.toBe(entries.misses)
  })
})
