import { describe, expect, it } from 'vitest'
import type { Call } from '../../kernel/call.ts'
import { failedAt, ok, reasonOf, reasons } from '../../kernel/outcome.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { Zipf } from '../../kernel/zipf.ts'
import { cheApproximation, zipfShares } from '../../theory/che-approximation.ts'
import { cache } from './cache.ts'
import type { CacheValues } from './params.ts'
import { Bench, cacheValues, constant, hitRatio } from './testing-bench.ts'

describe('cache-aside', () => {
  it('makes three trips for a miss and one for a hit', () => {
    const bench = new Bench()
    const [miss, hit] = bench.answers([
      [0, 5],
      [100, 5],
    ])
    expect(miss).toEqual({ outcome: ok, atMs: 1 + 10 + 1, bytes: 1000 })
    expect(hit).toEqual({ outcome: ok, atMs: 101, bytes: 1000 })
    expect(bench.counts()).toEqual({ hits: 1, misses: 1, expired: 0, evicted: 0, loads: 1, joined: 0 })
  })

  it('writes to the origin, then deletes', () => {
    const bench = new Bench()
    const times = bench
      .answers([
        [0, 5],
        [100, 5, 'write'],
        [200, 5],
        [300, 5],
      ])
      .map((answer) => answer?.atMs)
    expect(times).toEqual([12, 121, 212, 301])
  })

  it('passes operations other than reads and writes to the origin', () => {
    expect(new Bench().answers([[0, 5, 'search']])[0]?.atMs).toBe(50)
  })

  it('releases its worker during the load from the origin', () => {
    const times = new Bench({ workers: 1 }).answers([
      [0, 1],
      [0, 2],
      [5, 3],
    ])
    expect(times.map((answer) => answer?.atMs)).toEqual([12, 13, 17])
  })

  it('waits for a connection to the origin', () => {
    const times = new Bench({}, { connections: 1 }).answers([
      [0, 1],
      [0, 2],
    ])
    expect(times.map((answer) => answer?.atMs)).toEqual([12, 22])
  })
})

describe('read-through', () => {
  const update = { name: 'read-through', values: {} }
  it('makes one trip for a miss, with the load inside it', () => {
    const bench = new Bench({ update })
    const times = bench
      .answers([
        [0, 5],
        [100, 5],
        [200, 5, 'write'],
        [300, 5],
      ])
      .map((answer) => answer?.atMs)
    expect(times).toEqual([11, 101, 221, 311])
  })

  it('holds a limited worker during the load from the origin', () => {
    const times = new Bench({ update, workers: 1 }).answers([
      [0, 1],
      [0, 2],
    ])
    expect(times.map((answer) => answer?.atMs)).toEqual([11, 22])
  })
})

describe.each(['cache-aside', 'read-through'])('single flight with %s', (name) => {
  const values = { update: { name, values: {} }, 'single-flight': 'per-key' } as const
  const put = name === 'cache-aside' ? 1 : 0

  it('loads once for all callers that miss during the load', () => {
    const bench = new Bench(values)
    const times = bench
      .answers([
        [0, 5],
        [2, 5],
        [4, 5],
        [4, 6],
      ])
      .map((answer) => answer?.atMs)
    expect(times).toEqual([11 + put, 11 + put, 11 + put, 15 + put])
    expect(bench.counts()).toMatchObject({ hits: 0, misses: 4, loads: 2, joined: 2 })
  })

  it('fails all callers of a failed load, and the next miss loads again', () => {
    const bench = new Bench(values)
    bench.at(5, () => bench.origin.instances[0]?.crash())
    bench.at(50, () => bench.origin.instances[0]?.restart())
    const answers = bench.answers([
      [0, 5],
      [2, 5],
      [60, 5],
    ])
    expect(answers.map((answer) => reasonOf(answer?.outcome ?? ok)?.name)).toEqual(['crashed', 'crashed', undefined])
    expect(bench.counts()).toMatchObject({ loads: 2, joined: 1, hits: 0 })
  })

  it.each([5, 11.5])('goes on when the one that loads is cancelled at %f ms', (atMs) => {
    if (atMs > 11 && name === 'read-through') return
    const bench = new Bench(values)
    bench.at(atMs, () => {
      const call = bench.open[0]?.child as Call
      bench.simulation.abandon(call)
      expect(bench.cache.cancel(call, 'queued')).toBe(false)
      expect(bench.cache.cancel(call, 'all')).toBe(true)
    })
    const answers = bench.answers([
      [0, 5],
      [2, 5],
      [3, 5],
    ])
    expect(answers[0]).toBeNull()
    expect(answers.slice(1).every((answer) => answer?.outcome === ok)).toBe(true)
    expect(bench.counts()).toMatchObject({ loads: 1, joined: 2 })
    expect(bench.simulation.calls.open).toBe(3) // the callers
  })

  it('lets a waiting call be cancelled', () => {
    const bench = new Bench(values)
    bench.at(5, () => {
      const call = bench.open[1]?.child as Call
      bench.simulation.abandon(call)
      expect(bench.cache.cancel(call, 'queued')).toBe(true)
    })
    const answers = bench.answers([
      [0, 5],
      [2, 5],
    ])
    expect(answers.map((answer) => answer?.atMs)).toEqual([11 + put, undefined])
  })

  it('is empty after a crash, and works again', () => {
    const bench = new Bench(values)
    bench.at(105, () => bench.cache.instances[0]?.crash())
    bench.at(150, () => bench.cache.instances[0]?.restart())
    const answers = bench.answers([
      [0, 1],
      [100, 2],
      [102, 2],
      [120, 1],
      [200, 1],
      [200, 2],
    ])
    const down = failedAt(reasons.down, 1)
    const crashed = failedAt(reasons.crashed, 1)
    expect(answers.map((answer) => answer?.outcome)).toEqual([ok, crashed, crashed, down, ok, ok])
    expect(answers[4]?.atMs).toBe(211 + put)
    expect(bench.simulation.calls.open).toBe(6)
  })
})

const instant = { read: constant(0), write: constant(0) }
const idle = { compute: constant(0) }

describe('what it holds', () => {
  it.each([0.2, 1, 5])('with a time to live hits λT/(1 + λT) of the requests for a key (λT = %f)', (lambdaT) => {
    const bench = new Bench({ ...idle, ttl: 100 }, instant)
    const ratio = hitRatio(bench, lambdaT / 100, 100_000, () => 1)
    expect(Math.abs(ratio - lambdaT / (1 + lambdaT))).toBeLessThan(0.006)
  })

  it('counts bytes if its capacity is in bytes', () => {
    const bench = new Bench({ capacity: { unit: 'bytes', amount: 2500 } })
    bench.answers([1, 2, 3, 2, 1].map((key, i) => [i * 100, key] as const))
    expect(bench.shelf.entries.used).toBe(2000)
    expect(bench.counts()).toMatchObject({ hits: 1, misses: 4, evicted: 2 })
  })

  const keys = 20_000
  const zipf = (bench: () => Bench) => {
    const ranks = new Zipf(0.9, keys)
    return (name: string) => {
      const stream = bench().simulation.stream(name)
      return () => ranks.sample(stream)
    }
  }

  it('starts warmed with the hit ratio of a long run', () => {
    const ranks = new Zipf(0.9, keys)
    const draws = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null }).stream('keys')
    const draw = () => ranks.sample(draws)
    const bench = new Bench({ ...idle, start: 'warmed', capacity: { unit: 'entries', amount: 2000 } }, instant, {
      keyStream: (operation) => (operation === 'read' ? draw : null),
      expectedRate: () => 1000,
    })
    expect(bench.shelf.entries.size).toBe(2000)
    expect(bench.counts()).toEqual({ hits: 0, misses: 0, expired: 0, evicted: 0, loads: 0, joined: 0 })
    const expected = cheApproximation(zipfShares(0.9, keys), 2000).hitRatio
    // Only the first requests, before the cache could have filled by itself.
    expect(Math.abs(hitRatio(bench, 1, 4000, zipf(() => bench)('requests')) - expected)).toBeLessThan(0.03)
  })

  it.each([
    ['from the times of the draws', 1000],
    ['at random where the draws take less than it', 1e9],
  ])('spreads the ages of what it is warmed with over the time to live, %s', (_, ttl) => {
    const draws = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null }).stream('keys')
    const keyStream = (operation: string) => (operation === 'read' ? () => 1 + draws.below(500) : null)
    const bench = new Bench({ start: 'warmed', ttl }, {}, { keyStream, expectedRate: () => 6000 })
    const ages: number[] = []
    const { entries } = bench.shelf
    entries.forEach((_key, slot) => void ages.push(1 - entries.expiryOf(slot) / ttl))
    // Those too old that nobody has requested since are still there.
    const fresh = ages.filter((age) => age < 1).sort((a, b) => a - b)
    const share = ttl > 1e6 ? 1 : 12 / 13
    expect(Math.abs(fresh.length / 500 - share)).toBeLessThan(0.05)
    const distance = Math.max(...fresh.map((age, i) => Math.abs(age - (i + 0.5) / fresh.length)))
    expect(distance * Math.sqrt(fresh.length)).toBeLessThan(1.95) // Kolmogorov and Smirnov, level 0.1 %
  })
})

describe('its check', () => {
  const complaints = (values: Partial<CacheValues>): unknown[] => {
    const codes: unknown[] = []
    cache.check({ ...cacheValues, ...values }, (first: unknown) => {
      codes.push((first as { code: string }).code)
    })
    return codes
  }
  it('reports a cache smaller than an object', () => {
    const values = { capacity: { unit: 'bytes', amount: 500 }, 'object-size': constant(1000) } as const
    expect(complaints(values)).toEqual(['cache-capacity-too-small'])
    expect(complaints({ ...values, capacity: { unit: 'entries', amount: 500 } })).toEqual([])
  })
})
