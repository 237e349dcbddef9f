import { describe, expect, it } from 'vitest'
import { hashName, hashPair, KeyedChance, Stream } from './chance.ts'

const draws = (count: number, next: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => next(i))

/** Chi-square of `cells` equal cells, in standard deviations from its mean. */
function unevenness(values: Float64Array, cells = 100): number {
  const counts = new Float64Array(cells)
  for (const value of values) counts[Math.floor(value * cells)] = (counts[Math.floor(value * cells)] as number) + 1
  const mean = values.length / cells
  const square = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)
  return (square - (cells - 1)) / Math.sqrt(2 * (cells - 1))
}

/** Correlation of two sequences, in its own standard deviations. */
function correlation(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - 0.5) * ((b[i] as number) - 0.5)
  return (12 * sum) / Math.sqrt(a.length)
}

const count = 20_000
const streamOf = (name: string, replication = 0, seed = 1) => {
  const stream = new Stream(seed, replication, name)
  return draws(count, () => stream.next())
}

describe('streams', () => {
  it('are uniform, each by itself and one after the other', () => {
    const stream = new Stream(1, 0, 'arrivals of visitors')
    const values = draws(1_000_000, () => stream.next())
    expect(Math.abs(unevenness(values, 1000))).toBeLessThan(4)
    expect(Math.abs(correlation(values.subarray(1), values.subarray(0, -1)))).toBeLessThan(4)
    expect(Math.min(...values.subarray(0, 1000))).toBeGreaterThan(0)
  })

  it('have nothing in common with those of neighbouring names, replications and seeds', () => {
    const own = streamOf('web 1', 5, 1)
    const others = [
      ...Array.from({ length: 20 }, (_, i) => streamOf(`web ${i + 2}`, 5, 1)),
      ...Array.from({ length: 20 }, (_, i) => streamOf('web 1', i + 6, 1)),
      ...Array.from({ length: 20 }, (_, i) => streamOf('web 1', 5, i + 2)),
      streamOf('web 1', 1, 5),
      streamOf('web  1', 5, 1),
    ]
    for (const other of others) expect(Math.abs(correlation(own, other))).toBeLessThan(4.5)
  })

  it('begin differently: the first numbers of many are uniform', () => {
    const byName = draws(count, (i) => new Stream(1, 0, `spread over web-${i}`).next())
    const byReplication = draws(count, (i) => new Stream(1, i, 'arrivals of visitors').next())
    const bySeed = draws(count, (i) => new Stream(i, 0, 'arrivals of visitors').next())
    for (const firsts of [byName, byReplication, bySeed]) {
      expect(Math.abs(unevenness(firsts))).toBeLessThan(4.5)
      expect(Math.abs(correlation(firsts.subarray(1), firsts.subarray(0, -1)))).toBeLessThan(4.5)
    }
  })

  it('draw whole numbers evenly', () => {
    const stream = new Stream(1, 0, 'choice')
    expect(
      Math.abs(
        unevenness(
          draws(100_000, () => (stream.below(7) + 0.5) / 7),
          7,
        ),
      ),
    ).toBeLessThan(4)
  })
})

describe('chance that belongs to requests', () => {
  const chance = new KeyedChance(1, 0)
  const site = hashPair(hashName('web'), 0)
  const lineage = hashName('visitors')
  const at = (shift: { request?: number; lineage?: number; site?: number; draw?: number; replication?: number }) => {
    const own = shift.replication === undefined ? chance : new KeyedChance(1, shift.replication)
    return draws(count, (i) => {
      own.at(i + (shift.request ?? 0), shift.lineage ?? lineage, shift.site ?? site)
      for (let skip = 0; skip < (shift.draw ?? 0); skip++) own.next()
      return own.next()
    })
  }

  it('is the same wherever it is asked for again', () => {
    const first = chance.at(7, lineage, site).next()
    chance.at(8, lineage, site).next()
    expect(chance.at(7, lineage, site).next()).toBe(first)
  })

  it('is uniform', () => {
    expect(Math.abs(unevenness(at({})))).toBeLessThan(4)
    const one = chance.at(3, lineage, site)
    expect(Math.abs(unevenness(draws(count, () => one.next())))).toBeLessThan(4)
  })

  it('has nothing in common between neighbouring requests, lineages, sites, draws and replications', () => {
    const own = at({})
    const others = [
      at({ request: 1 }),
      at({ request: 2 ** 32 }),
      at({ lineage: lineage + 1 }),
      at({ lineage: hashPair(lineage, 1) }),
      at({ lineage: hashPair(lineage, 2) }),
      at({ site: site + 1 }),
      at({ site: hashPair(hashName('web'), 1) }),
      at({ site: hashPair(hashName('wec'), 0) }),
      at({ draw: 1 }),
      at({ draw: 2 }),
      at({ replication: 1 }),
      at({ replication: 2 }),
    ]
    for (const other of others) expect(Math.abs(correlation(own, other))).toBeLessThan(4.5)
  })
})
