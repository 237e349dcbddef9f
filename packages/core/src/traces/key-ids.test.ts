import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyIds } from './key-ids.ts'
import { bytesOf } from './testing-traces.ts'

it('numbers keys as they come, as a map would', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1))
  const text = fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '1', '\xff') })
  fc.assert(
    fc.property(fc.array(fc.oneof(number, text), { maxLength: 400 }), (keys) => {
      const ids = new KeyIds()
      const reference = new Map<number | string, number>()
      for (const key of keys) {
        if (!reference.has(key)) reference.set(key, reference.size)
        const id = typeof key === 'number' ? ids.ofNumber(key) : ids.ofText(bytesOf(`>${key}`), 1, 1 + key.length)
        expect(id).toBe(reference.get(key))
      }
      const { texts, starts, ends } = ids.allTexts()
      for (const [key, id] of reference) {
        if (typeof key === 'string') expect(texts.subarray(starts[id], ends[id])).toEqual(bytesOf(key))
      }
    }),
  )
})

it('keeps up with many', () => {
  const ids = new KeyIds()
  const given = () => Array.from({ length: 50_000 }, (_, key) => ids.ofNumber(key * 4096))
  expect(given()).toEqual(Array.from({ length: 50_000 }, (_, key) => key))
  expect(given()[49_999]).toBe(49_999)
  expect(ids.count).toBe(50_000)
})

it('takes the share of keys that it is told to, the same each time, and a smaller one within a larger', () => {
  const taken = (share: number) => {
    const ids = new KeyIds(share)
    return new Set(Array.from({ length: 100_000 }, (_, key) => key).filter((key) => ids.ofNumber(key) >= 0))
  }
  const [small, large] = [taken(0.01), taken(0.1)]
  expect(Math.abs(small.size - 1000)).toBeLessThan(4 * Math.sqrt(990))
  expect(Math.abs(large.size - 10_000)).toBeLessThan(4 * Math.sqrt(9000))
  expect([...small].every((key) => large.has(key))).toBe(true)
})
