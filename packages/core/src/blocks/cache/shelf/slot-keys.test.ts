import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AnyKeys, NumberKeys } from './slot-keys.ts'

const far = 2 ** 32

it.each([
  [
    'whole numbers',
    () => new NumberKeys(),
    fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(far, far + 1, 2 ** 53 - 1)),
  ],
  [
    'keys of any kind',
    () => new AnyKeys<unknown>(),
    fc.constantFrom<unknown>(0, '0', 1, Number.NaN, null, {}, [], 3n, undefined),
  ],
  [
    'keys of any kind, in more than one Map',
    () => new AnyKeys<unknown>(2),
    fc.constantFrom<unknown>(0, '0', 1, Number.NaN, null, {}, [], 3n, undefined),
  ],
] as const)('%s have the slots that a Map gives them', (_name, create, key) => {
  const operation = fc.record({ key: key as fc.Arbitrary<never>, act: fc.constantFrom('find', 'set', 'set', 'free') })
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
      const keys = create()
      keys.grow(512)
      const map = new Map<never, number>()
      const spare = Array.from({ length: 100 }, (_, i) => i)
      for (const { key, act } of operations) {
        const slot = map.get(key) ?? -1
        if (act === 'find') expect(keys.find(key)).toBe(slot)
        else if (act === 'free' && slot >= 0) {
          keys.free(slot)
          map.delete(key)
          spare.push(slot)
        } else if (act === 'set' && slot < 0) {
          const given = spare.shift() as number
          keys.set(key, given)
          map.set(key, given)
        }
      }
      for (const [key, slot] of map) {
        expect(keys.find(key)).toBe(slot)
        expect(keys.keyOf(slot)).toBe(key)
      }
    }),
  )
})

it('finds thousands of keys again, with the same hash after they were gone', () => {
  const keys = new NumberKeys()
  keys.grow(8192)
  for (let slot = 0; slot < 5000; slot++) keys.set(slot * 977, slot)
  expect(Array.from({ length: 5000 }, (_, slot) => keys.find(slot * 977))).toEqual(
    Array.from({ length: 5000 }, (_, slot) => slot),
  )
  const hash = keys.hashOf(7)
  keys.free(7)
  keys.set(7 * 977, 6000)
  expect(keys.hashOf(6000)).toBe(hash)
  keys.clear()
  expect(keys.find(977)).toBe(-1)
})

it('keeps no more keys in a Map than it bears, and takes a new one only when all are full', () => {
  const keys = new AnyKeys<string>(3)
  const sizes = () => {
    const { slots, further } = keys as unknown as { slots: Map<string, number>; further: Map<string, number>[] }
    return [slots, ...further].map(({ size }) => size)
  }
  for (let slot = 0; slot < 7; slot++) keys.set(`${slot}`, slot)
  expect(sizes()).toEqual([3, 3, 1])
  keys.free(1)
  keys.free(4)
  keys.set('a', 1)
  keys.set('b', 4)
  expect([sizes(), keys.find('a'), keys.find('b'), keys.find('1'), keys.find('6')]).toEqual([[3, 3, 1], 1, 4, -1, 6])
  keys.clear()
  expect([sizes(), keys.find('a'), keys.find('6')]).toEqual([[0], -1, -1])
})
