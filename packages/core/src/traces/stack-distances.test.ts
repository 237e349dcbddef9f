import fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../blocks/cache/eviction/replay.ts'
import { StackDistances } from './stack-distances.ts'

const lru = { name: 'lru', values: {} }

it('hits as often as a replay does, at every size', () => {
  const keys = fc.integer({ min: 1, max: 60 }).chain((most) => fc.array(fc.nat(most), { maxLength: 400 }))
  fc.assert(
    fc.property(keys, (asked) => {
      const distances = new StackDistances()
      distances.take(Int32Array.from(asked), asked.length)
      expect(distances.firsts).toBe(new Set(asked).size)
      for (const size of [1, 2, 3, 7, 20, 61]) expect(distances.hitsOf(size)).toBe(replay(lru, size, asked).hits)
    }),
  )
})

it('goes on when its positions run out', () => {
  // More requests than there are positions at first, and more keys than half of them.
  const asked = Int32Array.from({ length: 60_000 }, (_, i) => (i * i + (i >> 3)) % 7001)
  const distances = new StackDistances()
  distances.take(asked, 30_000)
  distances.take(asked.subarray(30_000), 30_000)
  const sizes = [10, 500, 3000, 7001]
  expect(distances.curve(sizes).map(({ hits }) => hits)).toEqual(sizes.map((size) => replay(lru, size, asked).hits))
})
