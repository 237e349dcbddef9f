import type { Capacity } from '@loadpath/core/traces'
import { describe, expect, it } from 'vitest'
import { scaledDown, sizesOf, smallestOf } from './capacities.ts'
import { Material } from './material.ts'

/** A trace of so many keys, once each, of so many bytes. */
function materialOf(share: number | undefined, keys: number, sizeBytes = Number.NaN): Material {
  const material = new Material(share)
  const rest = { bytes: new Uint8Array(0), keyFrom: 0, keyTo: 0, timeMs: Number.NaN, method: '', count: 1 }
  for (let key = 0; key < keys; key++) material.collector.take({ ...rest, key: key * 1009, sizeBytes } as never)
  material.countNew()
  return material
}

const entries = (amount: number): Capacity => ({ unit: 'entries', amount })
const bytes = (amount: number): Capacity => ({ unit: 'bytes', amount })

function sizes(material: Material, asked: readonly Capacity[]) {
  return sizesOf(asked, material.inventory(), material, 'a trace').map((size) => [
    size.capacity.amount,
    size.asked.map(({ amount }) => amount),
    scaledDown(size.capacity, material, material.collector.keys.share),
  ])
}

describe('of a whole trace', () => {
  it('every size is replayed as it was requested, once and in order, entries first', () => {
    const material = materialOf(undefined, 100, 10)
    expect(sizes(material, [bytes(10.4), entries(7), entries(1), bytes(3), entries(7), bytes(10)])).toEqual([
      [1, [], 1],
      [7, [], 7],
      [3, [], 3],
      [10, [], 10],
    ])
  })
})

describe('of a sample', () => {
  it('a size that has no whole entries stands for the nearest that has', () => {
    const material = materialOf(0.001, 200_000)
    expect(smallestOf(material)).toEqual({ entries: 1000, bytes: null })
    const asked = [1000, 1400, 1600, 2400, 10_400, 50_000, 50_200, 999].map(entries)
    expect(sizes(material, asked)).toEqual([
      [999, [], 1],
      [1000, [1400], 1],
      [2000, [1600, 2400], 2],
      [10_000, [10_400], 10],
      [50_000, [], 50],
      [50_200, [], 50],
    ])
    expect(sizes(material, [entries(989), entries(1000)])[0]).toEqual([989, [], null])
  })

  it('a share of which no whole number is one stands for a little more', () => {
    const material = materialOf(0.3, 1000)
    expect(smallestOf(material).entries).toBe(4)
    expect(sizes(material, [3, 4, 5, 7].map(entries))).toEqual([
      [3, [], null],
      [4, [], 1],
      [7, [5], 2],
    ])
  })

  it('a size in bytes must have room for one object of it', () => {
    const material = materialOf(0.01, 20_000, 500)
    expect(smallestOf(material).bytes).toBeCloseTo(50_000, -2)
    const [small, large] = sizes(material, [bytes(40_000), bytes(1e6)])
    expect(small).toEqual([40_000, [], null])
    expect(large?.slice(0, 2)).toEqual([1e6, []])
    expect(large?.[2]).toBeCloseTo(10_000, -1)
    expect(() => sizes(material, [bytes(40_000), entries(99)])).not.toThrow()
    expect(() => sizes(material, [bytes(40_000), entries(9)])).toThrow('every requested cache is below one entry')
  })

  it('of the usual sizes there are those that it can stand for', () => {
    const material = materialOf(0.01, 20_000)
    const found = sizesOf([], { ...material.inventory(), distinct: 20_000 }, material, 'a trace')
    expect(found.map(({ capacity }) => capacity.amount)).toEqual([100, 400, 1000, 2800, 7500, 20_000])
  })
})
