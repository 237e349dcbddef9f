import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { testingSource } from '../../../support/testing-source.ts'
import { Entries } from '../shelf/entries.ts'
import { chooseEviction } from './choose.ts'
import { evictions } from './index.ts'
import type { Eviction } from './policy.ts'
import { replay } from './replay.ts'

const requests = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 200 })
const capacities = fc.integer({ min: 1, max: 10 })

type Values = Readonly<Record<string, unknown>>

function entriesOf(
  policy: Eviction,
  capacity: number,
  onEvict: (key: number) => void = () => {},
  own: Values = {},
): Entries {
  const { values } = chooseEviction({ name: policy.name, values: own })
  return new Entries({
    capacity,
    evictor: (slots) => policy.create(values, slots),
    random: testingSource(3),
    onEvict,
    nextUse: () => Number.POSITIVE_INFINITY,
  })
}

/** The least that its parameters allow it to remember. */
function leastValues({ params }: Eviction): Values {
  const counts = Object.entries(params).filter(([, { kind }]) => kind === 'count')
  return Object.fromEntries(counts.map(([name, { facts }]) => [name, facts?.limits?.min]))
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

  it('keeps its books when objects change their size, are larger than the cache, or are nearly all too large', () => {
    const operation = fc.record({
      key: fc.integer({ min: 0, max: 15 }),
      weight: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 60 })),
      act: fc.constantFrom('ask', 'ask', 'ask', 'put', 'drop'),
    })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 150 }), fc.integer({ min: 1, max: 25 }), (operations, capacity) => {
        const inside = new Set<number>()
        const entries = entriesOf(policy, capacity, (key) => inside.delete(key))
        for (const { key, weight, act } of operations) {
          if (act === 'drop') expect(entries.drop(key)).toBe(inside.delete(key))
          else if (act === 'put' || entries.get(key, 0) < 0) {
            inside.delete(key)
            if (entries.put(key, weight, 1)) inside.add(key)
            if (weight > capacity) expect(inside.has(key)).toBe(false)
          }
          expect(entries.size).toBe(inside.size)
          entries.verify()
        }
      }),
    )
  })

  it('starts again after every entry is removed', () => {
    const entries = entriesOf(policy, 20)
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 60; i++) {
        const key = (i * (round + 3)) % 37
        if (entries.get(key, 0) < 0) entries.put(key, 1, 1)
      }
      expect(entries.size).toBe(20)
      for (let key = 0; key < 37; key++) entries.drop(key)
      expect([entries.size, entries.used]).toEqual([0, 0])
      entries.verify()
    }
  })

  it('remembers no more than a few times what it holds, however many keys come by', () => {
    const entries = entriesOf(policy, 50, undefined, leastValues(policy))
    const stream = new Stream(1, 0, 'keys')
    let most = 0
    for (let i = 0; i < 30_000; i++) {
      const key = stream.next() < 0.3 ? stream.below(80) : 100 + stream.below(1e6)
      if (stream.next() < 0.02) entries.drop(stream.below(80))
      if (entries.get(key, stream.next() < 0.99 ? 0 : 2) < 0) entries.put(key, 1, 1)
      most = Math.max(most, entries.slotsTaken)
    }
    expect(most).toBeLessThanOrEqual(2 * 50 + 1)
    expect(entries.evicted + entries.refused).toBeGreaterThan(10_000)
  })

  it('gives the same evictions twice', () => {
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

  it('hits every key that it has seen if all fit', () => {
    const keys = Array.from({ length: 300 }, (_, i) => (i * 7) % 100)
    expect(replay({ name, values: {} }, 100, keys)).toEqual({ hits: 200, misses: 100, missedWeight: 100 })
  })
})
