import { describe, expect, it } from 'vitest'
import { hashPair, Stream } from '../../kernel/random.ts'
import { spreads } from './index.ts'
import { jumpHash } from './jump.ts'
import { type KeyHash, keyHash } from './spread.ts'

const members = (count: number) => Array.from({ length: count }, (_, i) => i)

function spreaderOf(name: string, salt = 1, values: Record<string, unknown> = {}) {
  const policy = spreads.get(name)
  const defaults = Object.fromEntries(Object.entries(policy.params).map(([key, param]) => [key, param.default]))
  return policy.create({ ...defaults, ...values }, salt)
}

/** The node of each of so many keys. */
function nodesOf(spreader: ReturnType<typeof spreaderOf>, there: readonly number[], keys: number): Int32Array {
  spreader.onMembers(there)
  const hash: KeyHash = { high: 0, low: 0 }
  return Int32Array.from({ length: keys }, (_, key) => there[spreader.placeOf(keyHash(key, 7, hash))] as number)
}

/** Share of the keys that are elsewhere. */
function moved(before: Int32Array, after: Int32Array): number {
  return before.reduce((sum, node, key) => sum + (node === after[key] ? 0 : 1), 0) / before.length
}

const keys = 200_000

// Lamping and Veach 2014: the vectors of their algorithm.
it.each([
  [0, 60, 0],
  [1, 60, 55],
  [2, 60, 46],
  [1, 1, 0],
  [42, 57, 43],
  [3735883980, 666, 361],
  [256, 1024, 520],
])('jump of %i among %i buckets is %i', (key, buckets, expected) => {
  expect(jumpHash({ high: 0, low: key | 0 }, buckets)).toBe(expected)
})

describe.each([
  [4, 5],
  [10, 11],
  [100, 101],
])('from %i to %i nodes', (few, more) => {
  it('modulo moves N of N + 1 keys', () => {
    const spreader = spreaderOf('modulo')
    const share = moved(nodesOf(spreader, members(few), keys), nodesOf(spreader, members(more), keys))
    expect(Math.abs(share - few / more)).toBeLessThan(0.005)
  })

  it('jump moves 1 of N + 1, all of them to the new node', () => {
    const spreader = spreaderOf('jump')
    const [before, after] = [nodesOf(spreader, members(few), keys), nodesOf(spreader, members(more), keys)]
    expect(Math.abs(moved(before, after) - 1 / more)).toBeLessThan(0.005)
    expect(new Set(after.filter((node, key) => node !== before[key]))).toEqual(new Set([few]))
  })

  it('a ring moves 1 of N + 1 on average, all of them to the new node', () => {
    const salts = Array.from({ length: 20 }, (_, i) => i + 1)
    const shares = salts.map((salt) => {
      const spreader = spreaderOf('ring', salt)
      const [before, after] = [nodesOf(spreader, members(few), 20_000), nodesOf(spreader, members(more), 20_000)]
      expect(after.every((node, key) => node === before[key] || node === few)).toBe(true)
      return moved(before, after)
    })
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(Math.abs(mean * more - 1)).toBeLessThan(0.05)
  })
})

describe('losing a node in the middle', () => {
  const lost = [0, 1, 2, 4, 5, 6, 7]
  it('moves only the keys of that node on a ring', () => {
    const spreader = spreaderOf('ring')
    const [before, after] = [nodesOf(spreader, members(8), keys), nodesOf(spreader, lost, keys)]
    expect(after.every((node, key) => node === before[key] || before[key] === 3)).toBe(true)
  })

  it('moves most keys under jump and modulo, which number the nodes', () => {
    for (const name of ['jump', 'modulo']) {
      const spreader = spreaderOf(name)
      expect(moved(nodesOf(spreader, members(8), keys), nodesOf(spreader, lost, keys))).toBeGreaterThan(0.5)
    }
  })
})

// As plainly as can be: the place that comes next after the hash of a key, or the first of all.
it('a ring sends every key to the next place on the circle', () => {
  const [there, points, salt] = [[0, 2, 3, 7, 900], 40, 5]
  const spreader = spreaderOf('ring', salt, { 'virtual-nodes': points })
  spreader.onMembers(there)
  const places = there.flatMap((node, position) =>
    Array.from({ length: points }, (_, point) => ({ hash: hashPair(hashPair(salt, node + 1), point) >>> 0, position })),
  )
  for (let high = 0; high < 2 ** 32; high += 4_999_999) {
    const [next] = places.filter(({ hash }) => hash >= high).toSorted((a, b) => a.hash - b.hash)
    const [first] = places.toSorted((a, b) => a.hash - b.hash)
    expect(spreader.placeOf({ high: high | 0, low: 0 })).toBe((next ?? first)?.position)
  }
})

// Lamping and Veach 2014, table of a ring with v points a node: standard error of a node's share, relative to the mean.
it.each([
  [1, 0.997906],
  [10, 0.315181],
  [100, 0.0996996],
])('a ring of 1,000 nodes with %i points spreads keys with a relative standard deviation of %f', (points, expected) => {
  // Exact shares by the lengths of the arcs would need the places: 1,000 keys a node add a known Poisson part instead.
  const rings = points === 1 ? 12 : 2
  const perNode = 1000
  let squares = 0
  for (let salt = 1; salt <= rings; salt++) {
    const counts = new Float64Array(1000)
    const spreader = spreaderOf('ring', salt, { 'virtual-nodes': points })
    spreader.onMembers(members(1000))
    const stream = new Stream(salt, 0, 'keys')
    for (let i = 0; i < 1000 * perNode; i++) {
      const place = spreader.placeOf({ high: stream.below(2 ** 32) | 0, low: 0 })
      counts[place] = (counts[place] as number) + 1
    }
    squares += counts.reduce((sum, count) => sum + (count / perNode - 1) ** 2, 0) / 1000
  }
  const deviation = Math.sqrt(squares / rings - 1 / perNode)
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.03)
})
