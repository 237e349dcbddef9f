import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testingSource } from '../../../support/testing-source.ts'
import type { Evictor, Slots } from '../eviction/policy.ts'
import { Entries } from './entries.ts'

const [entries, ghosts] = [0, 1]

/** First in, first out, but a key that comes back while it is remembered is kept until nothing else is left. */
function withGhosts(returned: (slot: number) => void) {
  return (slots: Slots): Evictor => {
    const lists = slots.lists(3)
    return {
      hit() {},
      miss(slot) {
        if (lists.of[slot] !== ghosts) return
        returned(slot)
      },
      evict() {
        const victim = lists.first[lists.length[entries] === 0 ? 2 : entries] as number
        lists.moveToEnd(ghosts, victim)
        if ((lists.weight[ghosts] as number) > slots.capacity) slots.release(lists.takeFirst(ghosts))
        return victim
      },
      admit(slot) {
        const isBack = lists.of[slot] === ghosts
        lists.remove(slot)
        lists.append(isBack ? 2 : entries, slot)
      },
      forget: (slot) => lists.remove(slot),
      remembers: (slot) => lists.of[slot] === ghosts,
    }
  }
}

it('entries find a ghost under its slot until the policy releases it', () => {
  const returned: number[] = []
  const evicted: number[] = []
  const cache = new Entries({
    capacity: 2,
    evictor: withGhosts((slot) => returned.push(slot)),
    random: testingSource(1),
    onEvict: (key) => evicted.push(key),
  })
  const ask = (key: number) => cache.get(key, 0) >= 0 || cache.put(key, 1, 1)
  for (const key of [10, 20, 30]) ask(key) // 10 is a ghost
  expect(evicted).toEqual([10])
  ask(10) // back, and protected
  expect(returned).toEqual([0])
  for (const key of [40, 50]) ask(key)
  expect(evicted).toEqual([10, 20, 30, 40])
  expect(cache.get(10, 0)).toBe(0)
  expect(cache.size).toBe(2)
})

it('entries agree with a reference under ghosts, sizes and deletions', () => {
  const operation = fc.record({ key: fc.integer({ min: 0, max: 40 }), drops: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), fc.integer({ min: 5, max: 30 }), (operations, capacity) => {
      const evictor = withGhosts(() => {})
      const inside = new Set<number>()
      const onEvict = (key: number) => inside.delete(key)
      const cache = new Entries({ capacity, evictor, random: testingSource(1), onEvict })
      for (const { key, drops } of operations) {
        if (drops === 0) expect(cache.drop(key)).toBe(inside.delete(key))
        else {
          expect(cache.get(key, 0) >= 0).toBe(inside.has(key))
          if (cache.put(key, 1 + (key % 5), 1)) inside.add(key)
        }
        expect(cache.size).toBe(inside.size)
        cache.verify()
      }
    }),
  )
})
