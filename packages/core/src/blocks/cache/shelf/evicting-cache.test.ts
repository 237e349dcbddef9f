import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { type EvictionInput, type EvictionName, evictions } from '../eviction/index.ts'
import { replay } from '../eviction/replay.ts'
import { EvictingCache } from './evicting-cache.ts'

const usable = evictions.names.filter((name) => name !== 'belady') as Exclude<EvictionName, 'belady'>[]

describe.each(usable)('%s', (policy) => {
  it('evicts the same keys in a program’s cache as in a replay', () => {
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

it('holds the same entries as a Map while all fit', () => {
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

it('expires entries by the clock given', () => {
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

it('a rejected or evicted value is released', () => {
  const cache = new EvictingCache<number, object>({ policy: 'arc', capacity: 2 })
  for (let key = 0; key < 50; key++) cache.set(key % 7, {})
  cache.delete(0)
  const { kept } = cache as unknown as { kept: unknown[] }
  expect(kept.filter((value) => value !== undefined).length).toBe(cache.size)
  cache.clear()
  expect([cache.size, cache.get(1)]).toEqual([0, undefined])
})

describe('onEvict that throws', () => {
  const cacheThat = (onEvict: (key: string, value: number, why: string) => void, now: () => number = () => 0) =>
    new EvictingCache<string, number>({ policy: 'fifo', capacity: 4, weigh: (value) => value, onEvict, ttl: 10, now })
  const caught = (act: () => unknown): unknown => {
    try {
      return act()
    } catch (error) {
      return error
    }
  }

  it('does not prevent later callbacks, and leaves the cache consistent', () => {
    const told: unknown[] = []
    const cache = cacheThat((...what) => {
      told.push(what)
      if (what[0] !== 'b') throw new Error(`no ${what[0]}`)
    })
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, 1)
    const error = caught(() => cache.set('e', 3)) as AggregateError
    expect(told).toEqual(['a', 'b', 'c'].map((key) => [key, 1, 'evicted']))
    expect([error.name, error.message]).toEqual(['AggregateError', 'onEvict: threw 2 times'])
    expect(error.errors).toEqual([new Error('no a'), new Error('no c')])
    expect([[...cache], cache.size, cache.weight]).toEqual([
      [
        ['d', 1],
        ['e', 3],
      ].sort(),
      2,
      4,
    ])
    expect(cache.set('e', 3)).toBe(true)
    expect(told.length).toBe(3)
  })

  it('is thrown again by the call that evicted', () => {
    let now = 0
    const thrown = { any: 'thing' }
    const cache = cacheThat(
      () => {
        throw thrown
      },
      () => now,
    )
    const acts = [() => cache.get('a'), () => cache.delete('a'), () => cache.set('b', 4)]
    for (const act of acts) {
      cache.set('a', 1)
      now += act === acts[2] ? 0 : 10
      expect(caught(act)).toBe(thrown)
      expect(cache.has('a')).toBe(false)
    }
    expect([...cache]).toEqual([['b', 4]])
  })
})

describe('what has expired', () => {
  it('is absent for every method', () => {
    let now = 0
    const told: unknown[] = []
    const onEvict = (...what: unknown[]) => told.push(what)
    const cache = new EvictingCache<string, number>({ policy: 'lru', capacity: 9, ttl: 10, now: () => now, onEvict })
    for (const key of ['a', 'b', 'c']) cache.set(key, 1)
    now = 10
    cache.set('c', 2)
    expect([cache.has('a'), cache.peek('a'), [...cache.keys()], told, cache.size]).toEqual([
      false,
      undefined,
      ['c'],
      [],
      3,
    ])
    expect([cache.delete('a'), told, cache.size]).toEqual([false, [['a', 1, 'expired']], 2])
    expect([cache.delete('a'), cache.get('b'), cache.delete('c'), cache.size]).toEqual([false, undefined, true, 0])
    expect(told).toEqual([
      ['a', 1, 'expired'],
      ['b', 1, 'expired'],
    ])
  })
})

describe('iteration over a cache', () => {
  it('returns each entry that get returns once, and changes nothing', () => {
    const key = fc.integer({ min: 0, max: 30 })
    const act = fc.record({ key, act: fc.constantFrom('set', 'set', 'get', 'delete', 'later') })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), fc.constantFrom(...usable), (acts, policy) => {
        let now = 0
        const cache = new EvictingCache<number, number>({ policy, capacity: 8, ttl: 40, now: () => now })
        acts.forEach(({ key, act }, i) => {
          if (act === 'later') now += key
          else cache[act as 'set'](key, i)
          const found = Array.from({ length: 31 }, (_, one) => [one, cache.peek(one)]).filter(
            ([, value]) => value !== undefined,
          )
          const byKey = (a: readonly unknown[], b: readonly unknown[]) => Number(a[0]) - Number(b[0])
          const { size } = cache
          expect([...cache].sort(byKey)).toEqual(found)
          expect([...cache.entries()]).toEqual([...cache])
          expect([...cache.keys()]).toEqual([...cache].map(([one]) => one))
          expect([...cache.values()]).toEqual([...cache].map(([, value]) => value))
          expect(cache.size).toBe(size)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('returns undefined keys and values', () => {
    const cache = new EvictingCache<undefined | string, undefined | number>({ policy: 'arc', capacity: 3 })
    for (const key of ['a', 'b', 'c', 'd', 'e']) cache.set(key, 1)
    for (const key of ['c', 'd', 'e']) cache.delete(key)
    expect([...cache]).toEqual([])
    cache.set(undefined, undefined)
    expect([...cache]).toEqual([[undefined, undefined]])
  })

  it('ends if the cache changes, with each remaining entry once', () => {
    const cache = new EvictingCache<number, string>({ policy: 'fifo', capacity: 100 })
    for (let key = 0; key < 40; key++) cache.set(key, 'old')
    const seen: number[] = []
    for (const [key, value] of cache) {
      seen.push(key)
      cache.delete(key % 2 === 0 ? key : 1000 + key)
      cache.set(key % 2 === 0 ? 1000 + key : key, `${value}er`)
    }
    expect(seen.filter((key) => key < 1000)).toEqual(Array.from({ length: 40 }, (_, key) => key))
    expect(cache.size).toBe(40)
    for (const _ of cache) cache.clear()
    expect([...cache]).toEqual([])
  })
})

it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
  ...[0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map((weight) => [weight, RangeError, `${weight}`] as never),
  ['2', TypeError, '"2"'],
  [undefined, TypeError, 'undefined'],
])('refuses a weight that is none: %o', (weight, kind, shown) => {
  const cache = new EvictingCache<string, unknown>({ policy: 'lru', capacity: 3, weigh: (value) => value as number })
  cache.set('a', 2)
  const message = `weigh: must return a whole number from 1; it returned ${shown}`
  expect(() => cache.set('a', weight)).toThrow(new kind(message))
  expect([...cache, cache.weight]).toEqual([['a', 2], 2])
})

it.each([
  [Number.NaN, 'NaN'],
  ['5', '"5"'],
  [new Date(0), 'an object'],
])('refuses a time that is none: %o', (time, shown) => {
  let now: unknown = 0
  const cache = new EvictingCache<string, number>({ policy: 'lru', capacity: 3, ttl: 5, now: () => now as number })
  cache.set('a', 2)
  now = time
  const error = new TypeError(`now: must return a number; it returned ${shown}`)
  for (const act of ['get', 'peek', 'has', 'delete', 'set'] as const)
    expect(() => cache[act as 'set']('a', 3)).toThrow(error)
  now = 1
  expect([...cache]).toEqual([['a', 2]])
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
