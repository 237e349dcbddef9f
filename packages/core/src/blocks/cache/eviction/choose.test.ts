import { describe, expect, it } from 'vitest'
import { count } from '../../../support/params.ts'
import { EvictingCache } from '../shelf/evicting-cache.ts'
import type { OwnEviction } from './choose.ts'
import { evictions } from './index.ts'
import { eviction, type Slots } from './policy.ts'
import { replay } from './replay.ts'

const lastInFirstOut: OwnEviction = {
  name: 'last in, first out',
  create(_values, slots) {
    const byArrival = slots.lists(1)
    return {
      hit() {},
      evict: () => byArrival.takeFirst(0),
      admit: (slot) => byArrival.prepend(0, slot),
      forget: (slot) => byArrival.remove(slot),
    }
  },
}

describe('a policy of a program’s own', () => {
  it('evicts of a cache and of a replay what it says', () => {
    const told: unknown[] = []
    expect(replay(lastInFirstOut, 2, [1, 2, 3, 1, 2], { onEvict: (key) => told.push(key) }).hits).toBe(1)
    const cache = new EvictingCache<string, number>({
      policy: lastInFirstOut,
      capacity: 2,
      onEvict: (key) => told.push(key),
    })
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, 0)
    expect([told, [...cache.keys()].sort()]).toEqual([
      [2, 3, 'b', 'c'],
      ['a', 'd'],
    ])
  })

  it('may be defined like a registered policy, with default parameters and a future', () => {
    let told: unknown
    const params = { bits: count({ meaning: 'bits', default: '2k' }) }
    const about = { title: 'Mine', summary: 'Mine.', examples: [], needs: ['future'] as const }
    const optimum = eviction({
      ...about,
      name: 'mine',
      params,
      create(values, slots) {
        told = values
        return evictions.get('belady').create({ newcomer: 'let-in' }, slots)
      },
    })
    const keys = Array.from({ length: 500 }, (_, i) => (i * i) % 37)
    expect(replay(optimum, 7, keys)).toEqual(replay('belady', 7, keys))
    expect(told).toEqual({ bits: 2000 })
    expect(() => new EvictingCache({ policy: optimum, capacity: 3 })).toThrow(
      new TypeError('policy: `mine` needs to know the future; compare with it by `replay`'),
    )
  })

  it('may be of a class', () => {
    class Fifo {
      readonly name = 'fifo'
      create(_values: unknown, slots: Slots) {
        return evictions.get(this.name).create({}, slots)
      }
    }
    expect(replay(new Fifo(), 3, [1, 2, 3, 4, 1])).toEqual(replay('fifo', 3, [1, 2, 3, 4, 1]))
  })

  const evictor = { hit() {}, evict: () => 0, admit() {}, forget() {} }
  it.each<[unknown, Error]>([
    [{ create: () => evictor }, new TypeError('policy.name: must be a text; it is undefined')],
    [
      { name: 'mine', create: 5 },
      new TypeError('policy.create: must be a function, (values, slots) => evictor; it is 5'),
    ],
    [
      { name: 'mine', create: () => undefined },
      new TypeError('policy: what `mine` creates must have the function `hit`; it is undefined'),
    ],
    [
      { name: 'mine', create: () => ({ ...evictor, forget: 1 }) },
      new TypeError('policy: what `mine` creates must have the function `forget`; it is 1'),
    ],
    [
      { name: 'mine', params: { bits: count({ meaning: 'bits' }) }, create: () => evictor },
      new TypeError('policy.bits: `policy` has no `bits`; add `bits`: bits'),
    ],
  ])('that is none is refused: %o', (policy, error) => {
    expect(() => new EvictingCache({ policy: policy as OwnEviction, capacity: 3 })).toThrow(error)
    expect(() => replay(policy as OwnEviction, 3, [1])).toThrow(error)
  })

  it('that chooses an absent key is stopped', () => {
    const policy: OwnEviction = { name: 'mine', create: () => ({ ...evictor, evict: () => 7 }) }
    expect(() => replay(policy, 1, [1, 2])).toThrow('an eviction policy chose an entry that is not in the cache')
  })
})
