import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'
import { Bench, constant, hitRatio } from './testing-bench.ts'

const changing = { isAsked: () => true }
const instant = { read: constant(0), write: constant(0) }
const idle = { compute: constant(0) }
const update = (name: string, values: Record<string, unknown> = {}) => ({ update: { name, values } })

/** A stream of reads and writes of keys at random; what becomes of them is in the counts. */
function traffic(
  bench: Bench,
  { calls, perMs, keys, writeShare }: Record<'calls' | 'perMs' | 'keys' | 'writeShare', number>,
) {
  const stream = bench.simulation.stream('traffic')
  let atMs = 0
  for (let i = 0; i < calls; i++) {
    atMs -= Math.log(stream.next()) / perMs
    bench.ask(atMs, stream.below(keys), stream.next() < writeShare ? 'write' : 'read')
  }
  bench.run()
  return bench.counts() as Record<string, number>
}

describe('what a read is shown', () => {
  it('is old by the changes and the time since the first of them', () => {
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

  it('is never old where nobody can overtake: write-through, and deleting after a write at once', () => {
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

  it('is old where a slow fill overtakes a delete, which trips of varying length let it do', () => {
    const trips = { compute: { name: 'exponential', values: { mean: 1 } }, cores: 1_000 }
    const bench = new Bench(trips, { read: constant(1), write: constant(1) }, changing)
    const counts = traffic(bench, { calls: 40_000, perMs: 1, keys: 5, writeShare: 0.3 })
    expect(counts.stale).toBeGreaterThan(100)
    // Nothing but the next write of the key mends it, after 17 ms on average.
    expect((counts['stale-ms'] as number) / (counts.stale as number)).toBeGreaterThan(5)
  })

  it('is old where a change ends while a slow load works: that shows what was there when it began', () => {
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
  it('makes what the cache shows as old as if the writes had gone through it', async () => {
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

describe('how long it is kept', () => {
  // Jung, Berger, Balakrishnan 2003: with the time to live begun anew at every hit.
  it.each([0.1, 0.5, 1, 2])('sliding: hits 1 − e^(−λT) of the requests for a key (λT = %f)', (lambdaT) => {
    const bench = new Bench({ ...idle, ttl: 100, expiry: 'sliding' }, instant)
    const ratio = hitRatio(bench, lambdaT / 100, 100_000, () => 1)
    expect(Math.abs(ratio - (1 - Math.exp(-lambdaT)))).toBeLessThan(0.006)
  })

  it('differs from entry to entry with jitter, and never exceeds the time to live', () => {
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

  it('is shown after its time to live while a new one is loaded, once', () => {
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
  it('loads anew in the background what is asked for late in its time to live', () => {
    const bench = new Bench({ ...idle, ttl: 100, ...update('refresh-ahead', { after: 0.8 }) }, { read: constant(10) })
    const answers = bench.answers([
      [0, 1],
      [80, 1],
      [95, 1],
      [150, 1],
      [200, 1],
    ])
    // In at 10; 80 is 70 % of its life, 95 is 85 %: loaded anew by 105, which lasts until 205.
    expect(answers.map((answer, i) => (answer?.atMs ?? 0) - ([0, 80, 95, 150, 200][i] ?? 0))).toEqual([10, 0, 0, 0, 0])
    expect(bench.counts()).toMatchObject({ hits: 4, misses: 1, renewed: 2 })
  })
})

describe('write-behind', () => {
  const behind = (values = {}) => update('write-behind', { every: 1000, batch: 1, timeout: 10_000, ...values })
  const firstRoundMs = ({ cache }: Bench) => cache.nodes.at(0).behind?.phaseMs as number

  // Poisson changes at rate λ, a round every T: one write in (1 − e^(−λT)) / λT changes.
  it.each([0.1, 1, 5, 10])('writes (1 − e^(−λT)) / λT of the changes to one key (λT = %f)', (lambdaT) => {
    const bench = new Bench({ ...idle, ...behind() }, instant, changing)
    const calls = 40_000
    const counts = traffic(bench, { calls, perMs: lambdaT / 1000, keys: 1, writeShare: 1 })
    expect(counts.acknowledged).toBe(calls)
    expect((counts.written as number) + (counts.coalesced as number)).toBe(calls)
    const expected = (1 - Math.exp(-lambdaT)) / lambdaT
    expect(Math.abs((counts.written as number) / calls / expected - 1)).toBeLessThan(0.02)
  })

  it('answers before the origin has anything, and shows what it acknowledged', () => {
    const bench = new Bench({ ...idle, ...behind() }, { read: constant(10), write: constant(20) }, changing)
    const answers = bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [200, 1],
    ])
    expect(answers.map((answer) => answer?.atMs)).toEqual([10, 100, 200])
    expect(bench.counts()).toMatchObject({ shown: 2, stale: 0, written: 1, 'writes-lost': 0 })
    expect(bench.origin.visits.done).toBe(2)
  })

  it('still has what it owes when the entry is thrown out', () => {
    const bench = new Bench({ ...idle, ...behind(), capacity: { unit: 'entries', amount: 1 } }, instant, changing)
    bench.answers([
      [0, 1, 'write'],
      [1, 2],
      [2, 1],
    ])
    expect(bench.counts()).toMatchObject({ hits: 1, misses: 1, stale: 0 })
  })

  it('loses in a crash what it acknowledged since the last round: what reads are shown then is not old, but gone', () => {
    const bench = new Bench({ ...idle, ...behind() }, instant, changing)
    const [node] = bench.cache.instances
    const first = firstRoundMs(bench)
    bench.at(first + 2500, () => node?.crash())
    bench.at(first + 2600, () => node?.restart())
    bench.answers([
      [first + 500, 1, 'write'],
      [first + 2100, 1, 'write'],
      [first + 2200, 1, 'write'],
      [first + 2300, 2, 'write'],
      [first + 3000, 1],
      [first + 3001, 2],
    ])
    expect(bench.counts()).toMatchObject({ acknowledged: 4, written: 1, coalesced: 1, 'writes-lost': 3, stale: 0 })
  })

  it('loses λT/2 changes in a crash at any moment, on average', () => {
    const lost = Array.from({ length: 100 }, (_, i) => {
      const bench = new Bench({ ...idle, ...behind() }, instant, changing)
      const [node] = bench.cache.instances
      for (let at = 0; at < 3000; at += 2) bench.ask(at + 0.5, at, 'write')
      bench.at(2000 + i * 10, () => node?.crash())
      bench.run(3000)
      return bench.counts()['writes-lost'] as number
    })
    expect(Math.abs(lost.reduce((sum, one) => sum + one, 0) / 100 / 250 - 1)).toBeLessThan(0.02)
  })

  it('writes several objects at once', () => {
    const bench = new Bench({ ...idle, ...behind({ batch: 4 }) }, instant, changing)
    bench.answers(Array.from({ length: 10 }, (_, key) => [key, key, 'write'] as const))
    expect(bench.counts()).toMatchObject({ written: 10 })
    expect(bench.origin.visits.done).toBe(3)
  })

  it('behind another is one change of each write, and loses what the other has handed over and it has not', async () => {
    const { design } = readDesign(
      `loadpath: 1
name: behind behind
traffic:
  editors: { rate: 50/s, requests: { edit: { to: near.write, key: uniform over 40 } } }
  readers: { rate: 50/s, requests: { page: { to: near.read, key: uniform over 40 } } }
blocks:
  near: { type: cache, of: far, capacity: 40, compute: 0s, update: { type: write-behind, every: 100ms, batch: 3 } }
  far: { type: cache, of: pages, capacity: 40, compute: 0s, update: { type: write-behind, every: 2s, batch: 5 } }
  pages: { type: database, read: 1ms, write: 1ms }
faults: [{ crash: far, at: 20s, for: 1s }]
run: { for: 40s, repeat: 10 }
`,
      catalogue,
    )
    const { blocks } = await simulate(design as never, {
      runner: async (tasks) => tasks.map((task) => replicate(task)),
      longer: false,
    })
    const count = (block: string, name: string) =>
      blocks.find((one) => one.name === block)?.counters.find((counter) => counter.name === name)?.count ?? 0
    expect(count('near', 'stale')).toBe(0)
    expect(count('near', 'writes-lost')).toBe(0)
    expect(Math.abs(count('far', 'acknowledged') - count('near', 'written'))).toBeLessThan(10)
    // What came in the second before the crash on average, less what the near one has a later version of.
    const lost = count('far', 'writes-lost') / 10
    expect(lost).toBeGreaterThan(10)
    expect(lost).toBeLessThan(60)
  })

  it('writes again in the next round what failed', () => {
    const bench = new Bench({ ...idle, ...behind() }, instant, changing)
    const [origin] = bench.origin.instances
    const first = firstRoundMs(bench)
    bench.at(first + 900, () => origin?.crash())
    bench.at(first + 1500, () => origin?.restart())
    bench.answers([
      [first, 1, 'write'],
      [first + 1200, 1, 'write'],
    ])
    expect(bench.counts()).toMatchObject({ acknowledged: 2, written: 1, 'writes-lost': 0 })
  })
})

describe('invalidation', () => {
  const invalidation = (own = {}) => ({
    invalidation: { by: 'key', then: 'drop', delay: constant(0), lost: 0, ...own } as never,
  })

  it('throws out what has changed, after its delay', () => {
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

  it('leaves old what it never hears of', () => {
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

  it('loads anew in the background where it is asked to', () => {
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

  it('loads anew once more what changes while it is loaded', () => {
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
