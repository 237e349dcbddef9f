import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LoadWindow, type Status, searchLoads, type TriedLoad } from './load-search.ts'

const options = { closeEnough: 1.02, leastFactor: 1 / 1024, greatestFactor: 1024 }

/** A criterion that holds from one load up to another. */
interface Range {
  readonly from: number
  readonly upTo: number
}

async function search(
  carriesUpTo: number,
  ranges: readonly Range[],
  inconclusive: (factor: number) => boolean = () => false,
) {
  let tries = 0
  const window = await searchLoads<TriedLoad>(async (factor) => {
    tries++
    const statuses = ranges.map(({ from, upTo }): Status => {
      if (inconclusive(factor)) return 'inconclusive'
      return factor >= from && factor <= upTo ? 'holds' : 'misses'
    })
    return { factor, statuses: [factor <= carriesUpTo ? 'holds' : 'misses', ...statuses] }
  }, options)
  return { window, tries }
}

const edges = ({ holdsFrom, holdsUpTo }: LoadWindow<TriedLoad>) => [
  holdsFrom?.factor ?? null,
  holdsUpTo?.factor ?? null,
]

describe('a search over loads', () => {
  it('finds the largest load at which an upper bound holds', async () => {
    const { window } = await search(10, [{ from: 0, upTo: 3.3 }])
    expect(window.holdsUpTo?.factor).toBeLessThanOrEqual(3.3)
    expect(window.above?.factor).toBeGreaterThan(3.3)
    expect((window.above?.factor ?? 0) / (window.holdsUpTo?.factor ?? 1)).toBeLessThanOrEqual(1.02)
    expect(window.below).toBe(null)
  })

  it('finds the range between a lower bound on throughput and an upper bound on response time', async () => {
    const { window } = await search(2.5, [
      { from: 0, upTo: 2 },
      { from: 1.25, upTo: 1e9 },
    ])
    const [from, upTo] = edges(window) as [number, number]
    expect(from / 1.25).toBeLessThanOrEqual(1.02)
    expect(2 / upTo).toBeLessThanOrEqual(1.02)
  })

  it('finds a narrow range between two doublings', async () => {
    const { window } = await search(100, [
      { from: 0, upTo: 1.6 },
      { from: 1.5, upTo: 1e9 },
    ])
    const [from, upTo] = edges(window) as [number, number]
    expect(from).toBeGreaterThanOrEqual(1.5)
    expect(upTo).toBeLessThanOrEqual(1.6)
  })

  it('finds a range below an overload at which the bound on throughput is inconclusive', async () => {
    const ranges = [
      { from: 0, upTo: 1.6 },
      { from: 1.24, upTo: 1024 },
    ]
    const window = await searchLoads<TriedLoad>(async (factor) => {
      const isCarried = factor < 2
      const [mean, throughput] = ranges.map(({ from, upTo }) => factor >= from && factor <= upTo)
      const statuses: Status[] = [
        isCarried ? 'holds' : 'misses',
        mean === true ? 'holds' : 'misses',
        isCarried ? (throughput === true ? 'holds' : 'misses') : 'inconclusive',
      ]
      return { factor, statuses }
    }, options)
    const [from, upTo] = edges(window)
    expect([from, upTo]).toEqual([expect.closeTo(1.255, 1), expect.closeTo(1.59, 1)])
  })

  it('finds no load if two criteria exclude each other', async () => {
    const { window, tries } = await search(100, [
      { from: 0, upTo: 3 },
      { from: 4, upTo: 1e9 },
    ])
    expect(edges(window)).toEqual([null, null])
    expect(tries).toBeLessThan(40)
  })

  it('does not count too few data as a miss', async () => {
    const { window } = await search(100, [{ from: 0, upTo: 50 }], (factor) => factor > 5)
    expect(window.holdsUpTo?.factor).toBeLessThanOrEqual(5)
    expect(5 / (window.holdsUpTo?.factor ?? 1)).toBeLessThanOrEqual(1.02)
    expect(window.above?.statuses).toEqual(['holds', 'inconclusive'])
  })

  it('returns the loads found so far if it is interrupted', async () => {
    let left = 3
    const window = await searchLoads<TriedLoad>(
      async (factor) => (left-- > 0 ? { factor, statuses: ['holds'] } : null),
      options,
    )
    expect(edges(window)).toEqual([1, 4])
  })

  it('tries each whole number of users only once', async () => {
    const points = new Map<number, TriedLoad>()
    const asked: number[] = []
    const window = await searchLoads<TriedLoad>(async (factor) => {
      const users = Math.max(1, Math.round(3 * factor))
      if (!points.has(users)) asked.push(users)
      const point = points.get(users) ?? { factor: users / 3, statuses: [users <= 3 ? 'holds' : 'misses'] }
      points.set(users, point)
      return point
    }, options)
    expect([(window.holdsUpTo?.factor ?? 0) * 3, (window.above?.factor ?? 0) * 3]).toEqual([3, 4])
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('finds every range that contains a load tried, or lies between two of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        async (start, length) => {
          const range = { from: 2 ** start, upTo: 2 ** (start + length) }
          const { window } = await search(2 ** 9, [
            { from: range.from, upTo: 1e9 },
            { from: 0, upTo: range.upTo },
          ])
          const [from, upTo] = edges(window) as [number, number]
          expect(from).not.toBe(null)
          expect(from >= range.from && upTo <= range.upTo).toBe(true)
          expect(from / range.from <= 1.02 && range.upTo / upTo <= 1.02).toBe(true)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})
