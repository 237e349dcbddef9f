import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Heap } from './heap.ts'
import { Numbers } from './numbers.ts'
import type { Slots } from './policy.ts'

it('the heap of slots returns them by rank, and equal ranks in the order of insertion', () => {
  const operation = fc.record({
    slot: fc.integer({ min: 0, max: 20 }),
    rank: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NEGATIVE_INFINITY)),
    act: fc.constantFrom('set', 'set', 'set', 'remove', 'take'),
  })
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const heap = new Heap({ numbers: () => new Numbers(21) } as unknown as Slots)
      let plain: { slot: number; rank: number }[] = []
      for (const { slot, rank, act } of operations) {
        if (act === 'take') {
          plain.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
          expect(heap.takeFirst()).toBe(plain.shift()?.slot ?? -1)
          continue
        }
        plain = plain.filter((one) => one.slot !== slot)
        if (act === 'remove') heap.remove(slot)
        else {
          heap.set(slot, rank)
          plain.push({ slot, rank })
        }
        expect(heap.length).toBe(plain.length)
      }
    }),
  )
})
