import { expect, it } from 'vitest'
import { listWords } from '../../../support/suggest.ts'
import { evictions } from '../eviction/index.ts'
import { EvictingCache } from './evicting-cache.ts'

const fits = { policy: 'lru', capacity: 3 }
it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
  [undefined, TypeError, "options: must be an object, such as { policy: 'lru', capacity: 1000 }; it is undefined"],
  ['lru', TypeError, 'options: must be an object, such as { policy: \'lru\', capacity: 1000 }; it is "lru"'],
  [[], TypeError, "options: must be an object, such as { policy: 'lru', capacity: 1000 }; it is an array"],
  [{ ...fits, policy: 'siev' }, TypeError, 'policy: unknown eviction policy `siev`; did you mean `sieve`?'],
  [{ ...fits, policy: 'belady' }, TypeError, 'policy: `belady` needs to know the future; compare with it by `replay`'],
  [
    { capacity: 3 },
    TypeError,
    `policy: \`policy\` has no value; expected an eviction policy: ${listWords(evictions.names)}`,
  ],
  [
    { ...fits, policy: { type: 'clock', bits: 9 } },
    TypeError,
    'policy.bits: `bits` is out of range: `9`; write at least 1 and at most 8',
  ],
  [
    { ...fits, policy: { type: 'clock', bit: 2 } },
    TypeError,
    'policy.bit: unknown field `bit` in `policy`; did you mean `bits`?',
  ],
  [{ policy: 'lru' }, TypeError, 'capacity: must be a whole number from 1; it is undefined'],
  [{ ...fits, capacity: 0 }, RangeError, 'capacity: must be a whole number from 1; it is 0'],
  [{ ...fits, capacity: 2.5 }, RangeError, 'capacity: must be a whole number from 1; it is 2.5'],
  [{ ...fits, capacity: '3' }, TypeError, 'capacity: must be a whole number from 1; it is "3"'],
  [{ ...fits, capacity: 3n }, TypeError, 'capacity: must be a whole number from 1; it is 3n'],
  [{ ...fits, ttl: 5 }, TypeError, 'now: `ttl` needs a clock; give `now: Date.now`'],
  [{ ...fits, ttl: -5, now: () => 0 }, RangeError, 'ttl: must be a number above 0; it is -5'],
  [{ ...fits, ttl: Number.NaN, now: () => 0 }, RangeError, 'ttl: must be a number above 0; it is NaN'],
  [{ ...fits, ttl: '5', now: () => 0 }, TypeError, 'ttl: must be a number above 0; it is "5"'],
  [{ ...fits, ttl: 5, now: 0 }, TypeError, 'now: must be a function, such as Date.now; it is 0'],
  [{ ...fits, now: null }, TypeError, 'now: must be a function, such as Date.now; it is null'],
  [{ ...fits, weigh: 1 }, TypeError, 'weigh: must be a function, such as (value) => value.length; it is 1'],
  [
    { ...fits, onEvict: {} },
    TypeError,
    'onEvict: must be a function, such as (key, value, why) => {}; it is an object',
  ],
  [{ ...fits, seed: 'one' }, TypeError, 'seed: must be a whole number; it is "one"'],
  [{ ...fits, seed: 0.5 }, RangeError, 'seed: must be a whole number; it is 0.5'],
  [{ ...fits, tll: 5 }, TypeError, 'tll: there is no such option; did you mean `ttl`?'],
  [
    { ...fits, max: 5 },
    TypeError,
    'max: there is no such option; there are `policy`, `capacity`, `weigh`, `ttl`, `now`, `onEvict` and `seed`',
  ],
])('refuses %o', (options, kind, message) => {
  expect(() => new EvictingCache(options as never)).toThrow(new kind(message))
})

it.each([
  { seed: -3 },
  { ttl: Number.POSITIVE_INFINITY, now: () => 0 },
  { ttl: undefined, now: undefined, weigh: undefined, onEvict: undefined, seed: undefined },
])('takes %o', (options) => {
  const cache = new EvictingCache<string, number>({ policy: 'random', capacity: 3, ...options })
  expect([cache.set('a', 1), cache.get('a')]).toEqual([true, 1])
})
