import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { cheApproximation, zipfShares } from '../../../theory/che-approximation.ts'
import { kingLru } from '../../../theory/king-lru.ts'
import { loopLru } from '../../../theory/loop-lru.ts'
import { chooseEviction } from './choose.ts'
import { type EvictionName, evictions } from './index.ts'
import { createEntries, replay } from './replay.ts'

const policy = (name: string) => ({ name, values: {} })

function zipfKeys(exponent: number, keys: number, length: number): Float64Array {
  const ranks = new Zipf(exponent, keys)
  const stream = new Stream(1, 0, 'keys')
  return Float64Array.from({ length }, () => ranks.sample(stream))
}

describe.each(['lru', 'fifo'])('%s on a loop', (name) => {
  it.each([
    [1011, 512],
    [1011, 1010],
    [1011, 1011],
  ])('of %i keys over %i entries hits as the closed form says', (objects, capacity) => {
    const rounds = 50
    const keys = Array.from({ length: objects * rounds }, (_, i) => i % objects)
    const { hits } = replay(policy(name), capacity, keys)
    expect(hits / keys.length).toBeCloseTo(loopLru(objects, capacity, rounds), 12)
  })
})

it('lru hits as often as King’s exact sum', () => {
  const keys = zipfKeys(1, 8, 500_000)
  const { hits, misses } = replay(policy('lru'), 3, keys, { warmUp: 1000 })
  expect(hits + misses).toBe(499_000)
  expect(Math.abs(hits / 499_000 - kingLru([...zipfShares(1, 8)], 3))).toBeLessThan(0.003)
})

it('lru hits as often as Che’s approximation', () => {
  const keys = zipfKeys(0.8, 10_000, 500_000)
  const { hits } = replay(policy('lru'), 1000, keys, { warmUp: 50_000 })
  const expected = cheApproximation(zipfShares(0.8, 10_000), 1000).hitRatio
  expect(Math.abs(hits / 450_000 - expected)).toBeLessThan(0.004)
})

it('a replay never exceeds its capacity in weights', () => {
  const evicted: number[] = []
  const onEvict = (key: number) => evicted.push(key)
  replay(policy('lru'), 10, [1, 2, 3, 4], { weights: [4, 4, 2, 8], onEvict })
  expect(evicted).toEqual([1, 2])
})

it('a replay accepts keys and weights in any array, also negative keys, and counts after its warm-up', () => {
  const keys = [5, -5, 5, 2 ** 31, -5, -(2 ** 40), 5, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 53 - 1, -0, 0]
  for (const policy of evictions.names as EvictionName[])
    for (const array of [keys, Float64Array.from(keys), { ...keys, length: keys.length }])
      expect(replay(policy, 100, array, { warmUp: 4 })).toEqual({ hits: 4, misses: 4, missedWeight: 4 })
  const bytes = Uint8Array.from([1, 2, 1])
  expect(replay('lru', 9, bytes, { weights: Uint16Array.from([4, 6, 4]) })).toEqual({
    hits: 0,
    misses: 3,
    missedWeight: 14,
  })
  expect(replay('lru', 9, [], { warmUp: 0, weights: [] })).toEqual({ hits: 0, misses: 0, missedWeight: 0 })
  expect(replay('lru', 9, [1, 1], { warmUp: 2 })).toEqual({ hits: 0, misses: 0, missedWeight: 0 })
})

const must = 'must be a whole number'
it.each<[string, unknown[], typeof TypeError | typeof RangeError, string]>([
  ['policy', ['lur', 3, []], TypeError, 'policy: unknown eviction policy `lur`; did you mean `lru`?'],
  ['capacity', ['lru', -3, []], RangeError, `capacity: ${must} from 1; it is -3`],
  ['capacity', ['lru', 2.5, []], RangeError, `capacity: ${must} from 1; it is 2.5`],
  ['capacity', ['lru', Number.NaN, []], RangeError, `capacity: ${must} from 1; it is NaN`],
  ['capacity', ['lru', '3', []], TypeError, `capacity: ${must} from 1; it is "3"`],
  ['keys', ['lru', 3], TypeError, 'keys: must be an array of whole numbers; it is undefined'],
  ['keys', ['lru', 3, 'abc'], TypeError, 'keys: must be an array of whole numbers; it is "abc"'],
  ['keys', ['lru', 3, new Set([1])], TypeError, 'keys: must be an array of whole numbers; it is an object'],
  ['keys', ['lru', 3, [1, '2', 3]], TypeError, `keys[1]: ${must}; it is "2"`],
  ['keys', ['lru', 3, [1, 2, Number.NaN]], RangeError, `keys[2]: ${must}; it is NaN`],
  ['keys', ['lru', 3, [0.5]], RangeError, `keys[0]: ${must}; it is 0.5`],
  ['keys', ['lru', 3, [1, 2 ** 53]], RangeError, `keys[1]: ${must} up to 2^53 - 1; it is 9007199254740992`],
  ['keys', ['lru', 3, BigInt64Array.of(7n)], TypeError, `keys[0]: ${must}; it is 7n`],
  ['keys', ['lru', 3, new Array(2)], TypeError, `keys[0]: ${must}; it is undefined`],
  ['options', ['lru', 3, [1], 5], TypeError, 'options: must be an object, such as { warmUp: 1000 }; it is 5'],
  ['options', ['lru', 3, [1], { warmup: 5 }], TypeError, 'warmup: there is no such option; did you mean `warmUp`?'],
  ['warmUp', ['lru', 3, [1], { warmUp: -1 }], RangeError, `warmUp: ${must} from 0; it is -1`],
  ['warmUp', ['lru', 3, [1], { warmUp: '1' }], TypeError, `warmUp: ${must} from 0; it is "1"`],
  ['warmUp', ['lru', 3, [1], { warmUp: 2 }], RangeError, 'warmUp: must be at most 1, the number of keys; it is 2'],
  ['weights', ['lru', 3, [1, 2], { weights: 1 }], TypeError, 'weights: must be an array of whole numbers; it is 1'],
  ['weights', ['lru', 3, [1, 2], { weights: [1, 0] }], RangeError, `weights[1]: ${must} from 1; it is 0`],
  ['weights', ['lru', 3, [1, 2], { weights: [1, null] }], TypeError, `weights[1]: ${must} from 1; it is null`],
  ['weights', ['lru', 3, [1, 2], { weights: [1] }], RangeError, 'weights: must be 2, one for each key; there are 1'],
  ['seed', ['lru', 3, [1], { seed: 'a' }], TypeError, `seed: ${must}; it is "a"`],
  ['onEvict', ['lru', 3, [1], { onEvict: 1 }], TypeError, 'onEvict: must be a function, such as (key) => {}; it is 1'],
])('refuses what is no %s: %o', (_name, given, kind, message) => {
  expect(() => replay(...(given as Parameters<typeof replay>))).toThrow(new kind(message))
})

it('entries of a policy that needs the future are rejected without `nextUse`', () => {
  const message = 'policy: `belady` needs to know the future; give `nextUse`, or use `replay`'
  expect(() => createEntries(chooseEviction('belady'), 3)).toThrow(new TypeError(message))
  const entries = createEntries(chooseEviction('belady'), 3, { nextUse: () => 1 })
  expect([entries.put(1, 1, 1), entries.get(1, 0)]).toEqual([true, 0])
})
