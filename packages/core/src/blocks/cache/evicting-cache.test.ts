import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { EvictingCache } from './evicting-cache.ts'
import { type EvictionInput, type EvictionName, evictions } from './eviction/index.ts'
import { replay } from './eviction/replay.ts'

const usable = evictions.names.filter((name) => name !== 'belady') as Exclude<EvictionName, 'belady'>[]

describe.each(usable)('%s', (policy) => {
  it('throws out of a program’s cache what a replay throws out', () => {
    const keys = Array.from({ length: 3000 }, (_, i) => (i * i + 7 * Math.floor(i / 3)) % 67)
    const expected: number[] = []
    replay(policy, 20, keys, { onEvict: (key) => expected.push(key) })
    const evicted: number[] = []
    const cache = new EvictingCache<number, string>({
      policy,
      capacity: 20,
      onEvict: (_key, value) => evicted.push(Number(value)),
    })
    for (const key of keys) {
      const found = cache.get(key)
      if (found === undefined) cache.set(key, `${key}`)
      else expect(found).toBe(`${key}`)
    }
    expect(evicted).toEqual(expected)
    expect(cache.size).toBe(20)
  })
})

it('holds what a Map holds as long as all fits', () => {
  const keys: unknown[] = [1, '1', Number.NaN, undefined, null, {}, [], Symbol('a'), 2n, true, () => {}]
  const act = fc.record({ key: fc.constantFrom(...keys), act: fc.constantFrom('set', 'delete', 'has', 'get') })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), fc.constantFrom(...usable), (acts, policy) => {
      const map = new Map<unknown, number>()
      const cache = new EvictingCache<unknown, number>({ policy, capacity: 100 })
      acts.forEach(({ key, act }, i) => {
        if (act === 'set') {
          map.set(key, i)
          expect(cache.set(key, i)).toBe(true)
        } else expect(cache[act as 'get'](key)).toBe(map[act as 'get'](key))
        expect(cache.size).toBe(map.size)
      })
    }),
  )
})

it('weighs, replaces by another weight, and refuses what is heavier than all of it', () => {
  const gone: unknown[] = []
  const cache = new EvictingCache<string, string>({
    policy: 'lru',
    capacity: 10,
    weigh: (text) => text.length,
    onEvict: (...what) => gone.push(what),
  })
  expect([cache.set('a', '1234'), cache.set('b', '123456'), cache.weight]).toEqual([true, true, 10])
  expect(cache.set('b', '12')).toBe(true)
  expect([cache.weight, cache.get('b'), gone]).toEqual([6, '12', []])
  cache.set('c', '12345')
  expect([cache.has('a'), cache.weight, gone]).toEqual([false, 7, [['a', '1234', 'evicted']]])
  expect([cache.set('b', '12345678901'), cache.has('b'), cache.weight]).toEqual([false, false, 5])
})

it('lets entries expire by the clock that it is given', () => {
  let now = 0
  const gone: unknown[] = []
  const onEvict = (...what: unknown[]) => gone.push(what)
  const cache = new EvictingCache<string, number>({ policy: 'sieve', capacity: 3, ttl: 10, now: () => now, onEvict })
  cache.set('a', 1)
  now = 9
  expect([cache.get('a'), cache.set('a', 2)]).toEqual([1, true])
  now = 18
  expect([cache.peek('a'), cache.size]).toEqual([2, 1])
  now = 19
  expect([cache.has('a'), cache.size, cache.get('a'), cache.size]).toEqual([false, 1, undefined, 0])
  expect(gone).toEqual([['a', 2, 'expired']])
})

it('may be used by whom it tells', () => {
  const second = new EvictingCache<number, string>({ policy: 'lru', capacity: 100 })
  const first: EvictingCache<number, string> = new EvictingCache({
    policy: 'fifo',
    capacity: 2,
    onEvict: (key, value) => {
      second.set(key, value)
      if (key < 3) first.set(key + 100, 'again')
    },
  })
  for (let key = 0; key < 6; key++) first.set(key, `${key}`)
  expect([first.size, second.size]).toEqual([2, 7])
})

it('keeps no value that is not in', () => {
  const cache = new EvictingCache<number, object>({ policy: 'arc', capacity: 2 })
  for (let key = 0; key < 50; key++) cache.set(key % 7, {})
  cache.delete(0)
  const { values } = cache as unknown as { values: unknown[] }
  expect(values.filter((value) => value !== undefined).length).toBe(cache.size)
  cache.clear()
  expect([cache.size, cache.get(1)]).toEqual([0, undefined])
})

it.each([
  [{ policy: 'siev', capacity: 1 }, 'policy: there is no eviction policy `siev`; did you mean `sieve`?'],
  [{ policy: 'belady', capacity: 1 }, 'policy: `belady` needs to know the future; compare with it by `replay`'],
  [{ policy: 'lru', capacity: 0 }, 'capacity: must be a whole number from 1; it is 0'],
  [{ policy: 'lru' }, 'capacity: must be a whole number from 1; it is undefined'],
  [{ capacity: 3 }, 'policy: '],
  [
    { policy: { type: 'clock', bits: 9 }, capacity: 3 },
    'policy.bits: this value is outside its bounds; expected at least 1 and at most 8',
  ],
  [{ policy: { type: 'clock', bit: 2 }, capacity: 3 }, 'policy.bit: `bit` is not a field here; did you mean `bits`?'],
  [{ policy: 'lru', capacity: 3, ttl: 5 }, 'now: `ttl` needs a clock; give `now: Date.now`'],
  [{ policy: 'lru', capacity: 3, ttl: -5, now: () => 0 }, 'ttl: must be more than 0; it is -5'],
])('refuses %o', (options, message) => {
  expect(() => new EvictingCache(options as never)).toThrow(message)
})

it('refuses a weight that is none', () => {
  const cache = new EvictingCache<string, number>({ policy: 'lru', capacity: 3, weigh: (value) => value })
  for (const weight of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => cache.set('a', weight)).toThrow(`weigh: must be a whole number from 1; it is ${weight}`)
  expect(cache.size).toBe(0)
})

it('knows its policies and their parameters when it is compiled', () => {
  expectTypeOf<'s3-fifo'>().toExtend<EvictionName>()
  expectTypeOf<'s3'>().not.toExtend<EvictionName>()
  expectTypeOf<{ type: 'two-queue'; in: string }>().toExtend<EvictionInput>()
  expectTypeOf<{ type: 'two-queue'; kin: string }>().not.toEqualTypeOf<EvictionInput>()
  // @ts-expect-error: CLOCK has no parameter `bit`
  const wrong: EvictionInput = { type: 'clock', bit: 2 }
  expect(wrong).toBeDefined()
})
