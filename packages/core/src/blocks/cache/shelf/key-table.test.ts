import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyTable } from './key-table.ts'

it('a key table holds the same keys as a Map, up to 2^53', () => {
  const key = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1, 2 ** 53))
  const operation = fc.tuple(fc.constantFrom('set', 'set', 'remove', 'clear'), key, fc.nat(1000))
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      const table = new KeyTable()
      const reference = new Map<number, number>()
      for (const [act, at, value] of operations) {
        if (act === 'set') {
          table.set(at, value)
          reference.set(at, value)
        } else if (act === 'remove') {
          table.remove(at)
          reference.delete(at)
        } else if (value < 20) {
          table.clear()
          reference.clear()
        }
      }
      for (let at = 0; at <= 60; at++) expect(table.find(at)).toBe(reference.get(at) ?? -1)
      for (const [at, value] of reference) expect(table.find(at)).toBe(value)
    }),
  )
})
