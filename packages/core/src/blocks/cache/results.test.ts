import { describe, expect, it } from 'vitest'
import { Bench, constant } from './testing-bench.ts'

const changing = { isAsked: () => true }
const instant = { read: constant(0), write: constant(0) }
const idle = { compute: constant(0) }
const around = { update: { name: 'write-around', values: {} } }

describe('results made of several objects', () => {
  const database = {
    ...instant,
    read: { work: instant.read, idempotent: undefined, objects: { k: 3, n: 30 } },
    tables: 3,
  }
  const by = (word: string) =>
    ({
      ...idle,
      ...around,
      invalidation: { by: word, then: 'drop', delay: constant(0), lost: 0 },
    }) as never

  /** Requests 20 results, changes one object, and requests all again: [evicted, stale]. */
  function change(word: string, object: number): readonly number[] {
    const bench = new Bench(by(word), database, changing)
    const results = Array.from({ length: 20 }, (_, i) => i + 1)
    bench.answers([
      ...results.map((key) => [0, key] as const),
      [10, object, 'write'] as const,
      ...results.map((key) => [20, key] as const),
    ])
    const { invalidated = 0, stale = 0 } = bench.counts()
    return [invalidated, stale]
  }

  it('are invalidated by object, by table, or not at all', () => {
    const objects = Array.from({ length: 30 }, (_, i) => i + 1)
    const found = objects.map((object) => [change('object', object), change('table', object), change('key', object)])
    for (const [byObject = [], byTable = [], byKey = []] of found) {
      expect(byObject[1]).toBe(0)
      expect(byTable[1]).toBe(0)
      // Twenty results over three tables.
      expect([6, 7]).toContain(byTable[0])
      // The entry whose key is that of the object goes: mostly another that does not show it.
      expect((byKey[1] as number) + 1).toBeGreaterThanOrEqual(byObject[0] as number)
    }
    // Three objects a result, drawn with replacement from the ten of its table: each shows an object with 1 − 0.9³.
    const dropped = found.reduce((sum, [byObject = []]) => sum + (byObject[0] as number), 0)
    expect(Math.abs(dropped / (20 * 10 * (1 - 0.9 ** 3)) - 1)).toBeLessThan(0.1)
  })
})

describe('keys without an object', () => {
  it('are loaded at each read, or not for their negative TTL', () => {
    const asked = Array.from({ length: 5 }, (_, i) => [i * 100, 1] as const)
    const absent = { ...instant, absent: 1 }
    const ever = new Bench(idle, absent)
    expect(ever.answers(asked).map((answer) => answer?.bytes)).toEqual([0, 0, 0, 0, 0])
    expect(ever.counts()).toMatchObject({ hits: 0, misses: 5 })
    const remembered = new Bench({ ...idle, 'negative-ttl': 250 }, absent)
    expect(remembered.answers(asked).map((answer) => answer?.bytes)).toEqual([0, 0, 0, 0, 0])
    expect(remembered.counts()).toMatchObject({ hits: 3, misses: 2 })
  })

  it('are remembered for their own time after a hit, where hits begin it again', () => {
    const bench = new Bench({ ...idle, ttl: 10_000, expiry: 'sliding', 'negative-ttl': 250 }, { ...instant, absent: 1 })
    bench.answers([
      [0, 1],
      [100, 1],
      [400, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 1, misses: 2 })
  })

  it('are loaded again in the background by the share of their own time', () => {
    const ahead = { name: 'refresh-ahead', values: { after: 0.8 } }
    const bench = new Bench({ ...idle, ttl: 10_000, update: ahead, 'negative-ttl': 250 }, { ...instant, absent: 1 })
    bench.answers([
      [0, 1],
      [100, 1],
      [190, 1],
      [210, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 3, misses: 1, renewed: 1 })
  })

  it('are remembered as absent after they were written, until that ends', () => {
    const bench = new Bench({ ...idle, ...around, 'negative-ttl': 250 }, { ...instant, absent: 1 }, changing)
    const answers = bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [200, 1],
      [300, 1],
    ])
    expect(answers.map((answer) => answer?.bytes)).toEqual([0, 0, 0, 1000])
    expect(bench.counts()).toMatchObject({ stale: 1, 'stale-ms': 100 })
  })
})
