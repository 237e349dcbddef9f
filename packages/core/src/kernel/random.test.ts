import { describe, expect, it } from 'vitest'
import { hashName, hashPair, KeyedRandom, Stream, scramble } from './random.ts'

/** Threefry-2x32 as its authors define it, in a loop over whole words: the numbers of `KeyedChance` worked out slowly. */
function threefry(key: readonly [number, number], counter: readonly [number, number]): [number, number] {
  const word = (value: number | bigint) => BigInt.asUintN(32, BigInt(value))
  const [k0, k1] = [word(key[0]), word(key[1])]
  const keys = [k0, k1, k0 ^ k1 ^ 0x1bd11bdan]
  let [x, y] = [word(word(counter[0]) + k0), word(word(counter[1]) + k1)]
  for (let round = 0; round < 13; round++) {
    const turn = BigInt([13, 15, 26, 6, 17, 29, 16, 24][round % 8] as number)
    x = word(x + y)
    y = word((y << turn) | (y >> (32n - turn))) ^ x
    if (round % 4 !== 3) continue
    const turns = (round + 1) / 4
    x = word(x + (keys[turns % 3] as bigint))
    y = word(y + (keys[(turns + 1) % 3] as bigint) + BigInt(turns))
  }
  return [Number(x), Number(y)]
}
/** 53 bits of two words, in the middle of their cell of the unit interval. */
const fraction = (high: number, low: number) => (Math.floor(high / 32) * 2 ** 26 + Math.floor(low / 64) + 0.5) / 2 ** 53

describe('hashes', () => {
  it('scramble as MurmurHash3 does', () => {
    // Its finaliser, by a second implementation in whole numbers of any size.
    const known = [
      [0, 0],
      [1, 0x514e28b7],
      [2, 0x30f4c306],
      [0xffffffff, 0x81f16f39],
      [-0x80000000, 0x6d3c65a0],
    ] as const
    for (const [word, scrambled] of known) expect(scramble(word) >>> 0).toBe(scrambled)
  })

  it('name a text by FNV-1a', () => {
    // Published: 0xe40c292c for "a", 0xbf9cf968 for "foobar", 0x811c9dc5 for nothing.
    expect(hashName('a')).toBe(scramble(0xe40c292c))
    expect(hashName('foobar')).toBe(scramble(0xbf9cf968))
    expect(hashName('')).toBe(scramble(0x811c9dc5))
    expect([hashName('', 1), hashName('a', 1), hashName('foobar', 1)]).toEqual([-307424447, -1098704128, -105428465])
  })

  it('name a pair by both, in their order', () => {
    const pairs = [hashPair(0, 0), hashPair(1, 2), hashPair(2, 1), hashPair(-1, 5)]
    expect(pairs).toEqual([879465130, -1687895723, 999535364, 1098673440])
  })
})

describe('a stream', () => {
  // Words of sfc32 by a second implementation, after the 15 that are thrown away.
  it.each([
    [1, [2699113935, 2405322391, 587463352, 660252827, 2574483665, 382306691]],
    [5 * 2 ** 32 + 7, [3940741758, 2651456218, 2388180701, 884040172, 1018852581, 3792428806]],
  ] as const)('is sfc32, seeded by seed %d, replication and name', (seed, words) => {
    const stream = new Stream(seed, 3, 'arrivals of web')
    const [a, b, c, d, e, f] = words
    expect([stream.next(), stream.next()]).toEqual([fraction(a, b), fraction(c, d)])
    expect([stream.below(10), stream.below(1000)]).toEqual([
      Math.floor((10 * e) / 2 ** 32),
      Math.floor((1000 * f) / 2 ** 32),
    ])
  })
})

describe('numbers of a request', () => {
  // The known answers that Random123 publishes for Threefry-2x32 with 13 rounds: counter, key, output.
  const knownAnswers = [
    [
      [0, 0],
      [0, 0],
      [0x9d1c5ec6, 0x8bd50731],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0xfd36d048, 0x2d17272c],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xba3e4725, 0xf27d669e],
    ],
  ] as const

  it.each(knownAnswers)('are Threefry’s published answers: counter %j, key %j', (counter, key, output) => {
    expect(threefry(key, counter)).toEqual(output)
    const random = new KeyedRandom(0, 0)
    Object.assign(random, { seedLow: key[0] | 0, seedHigh: key[1] | 0 })
    expect(random.at(0, counter[0], counter[1]).next()).toBe(fraction(output[0], output[1]))
  })

  it('belong to seed, replication, request, path, site and draw, each in its own word', () => {
    const [seed, replication, request, callPath, site] = [3 * 2 ** 32 + 5, 9, 7 * 2 ** 32 + 11, -123456, 987654321]
    const random = new KeyedRandom(seed, replication).at(request, callPath, site)
    const low = hashPair(seed, replication)
    const high = hashPair(3 ^ 0x5bd1e995, hashPair(replication, seed)) ^ 11 ^ Math.imul(7, 0x9e3779b1)
    for (const draw of [0, 1, 2]) {
      const place = site + Math.imul(draw, 0x9e3779b1)
      expect(random.next()).toBe(fraction(...threefry([low, high], [callPath, place])))
    }
  })
})

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

describe('random that belongs to requests', () => {
  const place = () => ({ callPath: hashName('visitors'), site: hashPair(hashName('web'), 0) })
  const at = (shift: { request?: number; callPath?: number; site?: number; draw?: number; replication?: number }) => {
    const own = new KeyedRandom(1, shift.replication ?? 0)
    const { callPath, site } = place()
    return draws(count, (i) => {
      own.at(i + (shift.request ?? 0), shift.callPath ?? callPath, shift.site ?? site)
      for (let skip = 0; skip < (shift.draw ?? 0); skip++) own.next()
      return own.next()
    })
  }

  it('is the same wherever it is requested again', () => {
    const random = new KeyedRandom(1, 0)
    const { callPath, site } = place()
    const first = random.at(7, callPath, site).next()
    random.at(8, callPath, site).next()
    expect(random.at(7, callPath, site).next()).toBe(first)
  })

  it('is uniform', () => {
    expect(Math.abs(unevenness(at({})))).toBeLessThan(4)
    const { callPath, site } = place()
    const one = new KeyedRandom(1, 0).at(3, callPath, site)
    expect(Math.abs(unevenness(draws(count, () => one.next())))).toBeLessThan(4)
  })

  it('has nothing in common between neighbouring requests, lineages, sites, draws and replications', () => {
    const { callPath, site } = place()
    const own = at({})
    const others = [
      at({ request: 1 }),
      at({ request: 2 ** 32 }),
      at({ callPath: callPath + 1 }),
      at({ callPath: hashPair(callPath, 1) }),
      at({ callPath: hashPair(callPath, 2) }),
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
