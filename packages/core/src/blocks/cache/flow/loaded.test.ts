import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import type { Task } from '../../../experiment/task.ts'
import { readDesign } from '../../../language/read-design.ts'
import { Bench, changing, constant, hitRatio, idle, instant, traffic, update } from '../testing-bench.ts'

describe('the copy that a read gets', () => {
  it('is stale by the changes missed and the time since the first of them', () => {
    const bench = new Bench({ ...idle, ...update('write-around') }, instant, changing)
    bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [150, 1, 'write'],
      [400, 1],
      [500, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 2, shown: 3, stale: 2, 'stale-versions': 4, 'stale-ms': 300 + 400 })
  })

  it('is never stale with write-through, or with an immediate delete after a write', () => {
    for (const name of ['write-through', 'cache-aside', 'read-through']) {
      const counts = traffic(new Bench({ ...idle, ...update(name) }, instant, changing), {
        calls: 20_000,
        perMs: 1,
        keys: 20,
        writeShare: 0.2,
      })
      expect([name, counts.stale]).toEqual([name, 0])
      expect(counts.shown).toBeGreaterThan(15_000)
    }
  })

  it('is stale if a slow load ends after a delete', () => {
    const trips = { compute: { name: 'exponential', values: { mean: 1 } }, cores: 1_000 }
    const bench = new Bench(trips, { read: constant(1), write: constant(1) }, changing)
    const counts = traffic(bench, { calls: 40_000, perMs: 1, keys: 5, writeShare: 0.3 })
    expect(counts.stale).toBeGreaterThan(100)
    // Nothing but the next write of the key fixes it, after 17 ms on average.
    expect((counts['stale-ms'] as number) / (counts.stale as number)).toBeGreaterThan(5)
  })

  it('is stale if a change ends during a slow load', () => {
    const bench = new Bench(idle, { read: constant(10), write: constant(1) }, changing)
    bench.answers([
      [0, 1],
      [4, 1, 'write'],
      [50, 1],
      [60, 1, 'write'],
      [70, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 1, shown: 3, stale: 1, 'stale-versions': 1, 'stale-ms': 50 - 5 })
  })

  it('is old until the time to live ends: 1 − (1 − e^(−uT)) / uT of the hits, at u changes per time', () => {
    // Changes leave the entry alone, reads are frequent: the age of what they are shown is uniform over the time to live.
    const [ttl, u] = [100, 0.01]
    const bench = new Bench({ ...idle, ...update('write-around'), ttl }, instant, changing)
    const counts = traffic(bench, { calls: 400_000, perMs: 5, keys: 1, writeShare: u / 5 })
    const expected = 1 - (1 - Math.exp(-u * ttl)) / (u * ttl)
    expect(Math.abs((counts.stale as number) / (counts.shown as number) - expected)).toBeLessThan(0.02)
  })
})

describe('a store that is written past the cache', () => {
  it('makes entries as stale as writes through the cache would', async () => {
    const { design } = readDesign(
      `loadpath: 1
name: past the cache
traffic:
  readers: { rate: 100/s, requests: { page: { to: shelf.read, key: uniform over 20 } } }
  editors: { rate: 2/s, requests: { edit: { to: pages.write, key: uniform over 20 } } }
blocks:
  shelf: { type: cache, of: pages, capacity: 20, ttl: 10s, compute: 0s, start: empty }
  pages: { type: database, read: 0s, write: 0s }
run: { for: 1000s, repeat: 4 }
`,
      catalogue,
    )
    const answer = await simulate(design as never, {
      runner: async (tasks) => tasks.map((task) => replicate(task)),
      longer: false,
    })
    const counters = answer.blocks.find(({ name }) => name === 'shelf')?.counters ?? []
    const count = (name: string) => counters.find((counter) => counter.name === name)?.count ?? 0
    // Of each key 5 reads and 0.1 changes a second; 8000 times to live, whose stale shares deviate by 0.35.
    const [uT, readsPerTtl] = [0.1 * 10, 5 * 10]
    const expected = ((1 - (1 - Math.exp(-uT)) / uT) * readsPerTtl) / (1 + readsPerTtl)
    expect(Math.abs(count('stale') / count('shown') - expected)).toBeLessThan((4 * 0.35) / Math.sqrt(8000))
  })
})

describe('the time to live of an entry', () => {
  // Jung, Berger, Balakrishnan 2003: with the time to live begun again at every hit.
  it('starts again at each hit if it is sliding', () => {
    const bench = new Bench({ ...idle, ttl: 100, expiry: 'sliding', 'stale-while-revalidate': 50 }, instant)
    // Its time ends at 180; at 200 it is shown once more while a new one is loaded.
    bench.answers([
      [0, 1],
      [80, 1],
      [200, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 2, misses: 1, renewed: 1 })
  })

  it.each([0.1, 0.5, 1, 2])('sliding: hits 1 − e^(−λT) of the requests for a key (λT = %f)', (lambdaT) => {
    const bench = new Bench({ ...idle, ttl: 100, expiry: 'sliding' }, instant)
    const ratio = hitRatio(bench, lambdaT / 100, 100_000, () => 1)
    expect(Math.abs(ratio - (1 - Math.exp(-lambdaT)))).toBeLessThan(0.006)
  })

  it('varies with jitter, and never exceeds `ttl`', () => {
    const bench = new Bench({ ...idle, ttl: 1000, 'ttl-jitter': 0.4 }, instant)
    bench.answers(Array.from({ length: 500 }, (_, key) => [0, key] as const))
    const lives: number[] = []
    const { entries } = bench.shelf
    entries.forEach((_key, slot) => void lives.push(entries.expiryOf(slot)))
    const sorted = lives.sort((a, b) => a - b)
    expect(sorted).toHaveLength(500)
    expect(sorted.at(-1)).toBeLessThanOrEqual(1000)
    expect(sorted[0]).toBeGreaterThanOrEqual(600)
    expect(Math.abs((sorted[250] as number) - 800)).toBeLessThan(40)
  })

  it('is extended while a new entry is loaded, once', () => {
    const bench = new Bench({ ...idle, ttl: 100, 'stale-while-revalidate': 50 }, { read: constant(10) })
    const answers = bench.answers([
      [0, 1],
      [115, 1],
      [116, 1],
      [130, 1],
      [500, 1],
    ])
    expect(answers.map((answer, i) => (answer?.atMs ?? 0) - ([0, 115, 116, 130, 500][i] ?? 0))).toEqual([
      10, 0, 0, 0, 10,
    ])
    expect(bench.counts()).toMatchObject({ hits: 3, misses: 2, renewed: 1 })
  })
})

describe('refresh-ahead', () => {
  it('loads an entry again in the background if it is requested late in its time to live', () => {
    const bench = new Bench({ ...idle, ttl: 100, ...update('refresh-ahead', { after: 0.8 }) }, { read: constant(10) })
    const answers = bench.answers([
      [0, 1],
      [80, 1],
      [95, 1],
      [150, 1],
      [200, 1],
    ])
    // In at 10; 80 is 70 % of its life, 95 is 85 %: loaded again by 105, which lasts until 205.
    expect(answers.map((answer, i) => (answer?.atMs ?? 0) - ([0, 80, 95, 150, 200][i] ?? 0))).toEqual([10, 0, 0, 0, 0])
    expect(bench.counts()).toMatchObject({ hits: 4, misses: 1, renewed: 2 })
  })
})

describe('invalidation', () => {
  const invalidation = (own = {}) => ({
    invalidation: { by: 'key', then: 'drop', delay: constant(0), lost: 0, ...own } as never,
  })

  it('removes changed entries after its delay', () => {
    const bench = new Bench(
      { ...idle, ...update('write-around'), ...invalidation({ delay: constant(50) }) },
      instant,
      changing,
    )
    bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [149, 1],
      [151, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 1, misses: 2, stale: 1, 'stale-ms': 49, invalidated: 1 })
  })

  it('leaves entries stale if its message is lost', () => {
    const bench = new Bench({ ...idle, ...update('write-around'), ...invalidation({ lost: 0.25 }) }, instant, changing)
    const asked = Array.from({ length: 4000 }, (_, i) =>
      (
        [
          [0, 'read'],
          [1, 'write'],
          [2, 'read'],
        ] as const
      ).map(([ms, act]) => [i * 10 + ms, i, act] as const),
    ).flat()
    for (const [ms, key, act] of asked) bench.ask(ms, key, act)
    bench.run()
    const { stale, 'invalidations-lost': lost } = bench.counts()
    expect(stale).toBe(lost)
    expect(Math.abs((lost as number) / 4000 - 0.25)).toBeLessThan(0.02)
  })

  it('loads changed entries again in the background with `then: reload`', () => {
    const bench = new Bench(
      { ...idle, ...update('write-around'), ...invalidation({ then: 'reload' }) },
      { read: constant(10), write: constant(0) },
      changing,
    )
    const answers = bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [105, 1],
      [120, 1],
    ])
    expect(answers.map((answer) => answer?.atMs)).toEqual([10, 100, 105, 120])
    expect(bench.counts()).toMatchObject({ hits: 2, stale: 1, renewed: 1 })
  })

  it('loads an entry once more if it changes during its load', () => {
    const bench = new Bench(
      { ...idle, ...update('write-around'), ...invalidation({ then: 'reload' }) },
      { read: constant(10), write: constant(0) },
      changing,
    )
    bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [105, 1, 'write'],
      [107, 1, 'write'],
      [115, 1],
      [130, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 2, stale: 1, 'stale-versions': 2, renewed: 2 })
  })
})

/**
 * An object changes 0.5 times a second, and a load takes 0.1 s. What is old is loaded until nothing changes in the meantime: B =
 * 0.1 s × e^0.05 in each cycle of B + 2 s.
 */
describe('what is loaded again when it changes', () => {
  it.each(['key', 'object'])('is notified of further changes while it is loaded, by %s', async (by) => {
    const { design } = readDesign(
      `loadpath: 1
name: loaded again
traffic:
  readers: { rate: 100/s, requests: { page: { to: shelf.read, key: uniform over 20 } } }
  editors: { rate: 10/s, requests: { edit: { to: pages.write, key: uniform over 20 } } }
blocks:
  shelf: { type: cache, of: pages, capacity: 20, compute: 0s, invalidation: { by: ${by}, then: reload } }
  pages: { type: database, cores: 100, connections: unlimited, read: 100ms, write: 0s }
run: { for: 100s, repeat: 4 }
`,
      catalogue,
    )
    const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
    const { blocks } = await simulate(design as never, { runner, longer: false })
    const stale = blocks.find(({ name }) => name === 'shelf')?.age?.stale as unknown as { point: number }
    const oldMs = 100 * Math.exp(0.05)
    // About 2,000 of 40,000 reads, in 3,800 cycles of one or two loads.
    expect(Math.abs(stale.point - oldMs / (oldMs + 2000))).toBeLessThan(0.005)
  })
})
