import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testingSource } from '../../../support/testing-source.ts'
import { Entries } from '../entries.ts'
import { chooseEviction } from './choose.ts'
import { evictions } from './index.ts'
import type { Eviction } from './policy.ts'
import { replay } from './replay.ts'

const requests = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 200 })
const capacities = fc.integer({ min: 1, max: 10 })

function entriesOf(policy: Eviction, capacity: number, onEvict: (key: number) => void = () => {}): Entries {
  return new Entries({
    capacity,
    evictor: (slots) => policy.create(chooseEviction({ name: policy.name, values: {} }).values, slots),
    random: testingSource(3),
    onEvict,
    nextUse: () => Number.POSITIVE_INFINITY,
  })
}

describe.each(evictions.members.map((policy) => [policy.name, policy] as const))('%s', (name, policy) => {
  it.each(policy.examples)('evicts "$evicts" from $capacity entries after "$requests": $because', (example) => {
    const words = example.requests.split(' ')
    const names = [...new Set(words)]
    const evicted: string[] = []
    replay(
      { name, values: example.values ?? {} },
      example.capacity,
      words.map((word) => names.indexOf(word)),
      { onEvict: (key) => evicted.push(names[key] ?? '') },
    )
    expect(evicted.join(' ')).toBe(example.evicts)
  })

  it('evicts what is in, never holds more than fits, and forgets what it is told to', () => {
    const operation = fc.record({
      key: fc.integer({ min: 0, max: 15 }),
      act: fc.constantFrom('ask', 'ask', 'ask', 'drop', 'expire', 'clear'),
    })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 150 }), fc.integer({ min: 1, max: 20 }), (operations, capacity) => {
        const inside = new Set<number>()
        const entries = entriesOf(policy, capacity, (key) => inside.delete(key))
        operations.forEach(({ key, act }, now) => {
          if (act === 'clear') {
            if (now % 7 > 0) return
            entries.clear()
            inside.clear()
          } else if (act === 'drop') {
            expect(entries.drop(key)).toBe(inside.delete(key))
          } else {
            expect(entries.get(key, act === 'expire' ? 1e9 : 0) >= 0).toBe(act === 'ask' && inside.has(key))
            if (act === 'expire') inside.delete(key)
            // Keys weigh from 1 to 4; the cache may be too small for some of them.
            if (entries.put(key, 1 + (key % 4), 1e6)) inside.add(key)
          }
          expect(entries.size).toBe(inside.size)
          entries.verify()
        })
      }),
    )
  })

  it('does the same thing twice', () => {
    fc.assert(
      fc.property(requests, capacities, (keys, capacity) => {
        const runs = [1, 2].map(() => {
          const evicted: number[] = []
          replay({ name, values: {} }, capacity, keys, { onEvict: (key) => evicted.push(key) })
          return evicted
        })
        expect(runs[0]).toEqual(runs[1])
      }),
    )
  })

  it('hits whatever it has seen when all of it fits', () => {
    const keys = Array.from({ length: 300 }, (_, i) => (i * 7) % 100)
    expect(replay({ name, values: {} }, 100, keys)).toEqual({ hits: 200, misses: 100, missedWeight: 100 })
  })
})

/** The textbook definitions over a plain array: which of the entries goes. */
const twins: Record<string, (entry: { came: number; asked: number; times: number }) => readonly number[]> = {
  lru: ({ asked }) => [asked],
  fifo: ({ came }) => [came],
  lfu: ({ times, asked }) => [times, asked],
}

describe.each(Object.entries(twins))('%s and its brute-force twin', (name, order) => {
  it('evict the same keys in the same order', () => {
    fc.assert(
      fc.property(requests, capacities, (keys, capacity) => {
        const evicted: number[] = []
        const { hits } = replay({ name, values: {} }, capacity, keys, { onEvict: (key) => evicted.push(key) })
        expect({ hits, evicted }).toEqual(bruteForce(keys, capacity, order))
      }),
      { numRuns: 300 },
    )
  })
})

function bruteForce(keys: readonly number[], capacity: number, order: (typeof twins)[string]) {
  let entries: { key: number; came: number; asked: number; times: number }[] = []
  const evicted: number[] = []
  let hits = 0
  keys.forEach((key, now) => {
    const found = entries.find((entry) => entry.key === key)
    if (found !== undefined) {
      hits++
      found.asked = now
      found.times++
      return
    }
    if (entries.length === capacity) {
      const ranked = entries.toSorted((a, b) => {
        const [left, right] = [order(a), order(b)]
        const differs = left.findIndex((value, i) => value !== right[i])
        return (left[differs] as number) - (right[differs] as number)
      })
      evicted.push((ranked[0] as { key: number }).key)
      entries = entries.filter((entry) => entry !== ranked[0])
    }
    entries.push({ key, came: now, asked: now, times: 1 })
  })
  return { hits, evicted }
}
