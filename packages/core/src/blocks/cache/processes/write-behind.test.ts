import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../experiment/catalogue.ts'
import { replicate } from '../../../experiment/replicate.ts'
import { simulate } from '../../../experiment/simulate.ts'
import { readDesign } from '../../../language/read-design.ts'
import { Bench, changing, constant, idle, instant, traffic, update } from '../testing-bench.ts'

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

  it('answers before the origin has the write, and reads return it', () => {
    const bench = new Bench({ ...idle, ...behind() }, { read: constant(10), write: constant(20) }, changing)
    const answers = bench.answers([
      [0, 1],
      [100, 1, 'write'],
      [200, 1],
    ])
    expect(answers.map((answer) => answer?.atMs)).toEqual([10, 100, 200])
    expect(bench.counts()).toMatchObject({ shown: 2, stale: 0, written: 1, 'acknowledged-lost': 0 })
    expect(bench.origin.visits.done).toBe(2)
  })

  it('keeps an unwritten change when its entry is evicted', () => {
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
    expect(bench.counts()).toMatchObject({
      acknowledged: 4,
      written: 1,
      coalesced: 1,
      'acknowledged-lost': 3,
      stale: 0,
    })
  })

  it('loses λT/2 changes in a crash at any moment, on average', () => {
    const lost = Array.from({ length: 100 }, (_, i) => {
      const bench = new Bench({ ...idle, ...behind() }, instant, changing)
      const [node] = bench.cache.instances
      for (let at = 0; at < 3000; at += 2) bench.ask(at + 0.5, at, 'write')
      bench.at(2000 + i * 10, () => node?.crash())
      bench.run(3000)
      return bench.counts()['acknowledged-lost'] as number
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
    expect(count('near', 'acknowledged-lost')).toBe(0)
    expect(Math.abs(count('far', 'acknowledged') - count('near', 'written'))).toBeLessThan(10)
    // What came in the second before the crash on average, less what the near one has a later version of.
    const lost = count('far', 'acknowledged-lost') / 10
    expect(lost).toBeGreaterThan(10)
    expect(lost).toBeLessThan(60)
  })

  it('repeats a failed write in the next round', () => {
    const bench = new Bench({ ...idle, ...behind() }, instant, changing)
    const [origin] = bench.origin.instances
    const first = firstRoundMs(bench)
    bench.at(first + 900, () => origin?.crash())
    bench.at(first + 1500, () => origin?.restart())
    bench.answers([
      [first, 1, 'write'],
      [first + 1200, 1, 'write'],
    ])
    expect(bench.counts()).toMatchObject({ acknowledged: 2, written: 1, 'acknowledged-lost': 0 })
  })
})
