import { readFileSync } from 'node:fs'
import { decompress } from 'fzstd'
import { describe, expect, it } from 'vitest'
import type { EvictionName } from '../packages/core/src/blocks/cache/eviction/index.ts'
import { replay } from '../packages/core/src/blocks/cache/eviction/replay.ts'
import { catalogue } from '../packages/core/src/experiment/catalogue.ts'
import { replicate } from '../packages/core/src/experiment/replicate.ts'
import { simulate } from '../packages/core/src/experiment/simulate.ts'
import type { Runner } from '../packages/core/src/experiment/task.ts'
import { Stream } from '../packages/core/src/kernel/random.ts'
import { Zipf } from '../packages/core/src/kernel/zipf.ts'
import type { Design } from '../packages/core/src/language/design.ts'
import { readDesign } from '../packages/core/src/language/index.ts'
import { expectHits, oltp } from './testing-oltp.ts'
import { arcTrace, hasTraces } from './testing-traces.ts'

/** The table of the ARC paper at 16 MB, LRU exact and ARC to 0.15 points (C03). */
describe.skipIf(!hasTraces)('C03: P2 and P3 at 32,768 blocks (needs LOADPATH_TRACES)', () => {
  it.each([
    ['P2', 2_350_757, 27.378737],
    ['P3', 139_485, 17.112892],
  ])('%s', (name, lruHits, arcPercent) => {
    const keys = arcTrace(name)
    expect(replay('lru', 32_768, keys).hits).toBe(lruHits)
    const percent = (100 * replay('arc', 32_768, keys).hits) / keys.length
    expect(Math.abs(percent - arcPercent)).toBeLessThan(0.15)
  })
})

describe.skipIf(!hasTraces)('C11: hit ratios on OLTP (needs LOADPATH_TRACES)', () => {
  let keys: Float64Array | undefined
  it.each(oltp)('%s, to %f points', (...row) => {
    keys ??= arcTrace('OLTP')
    expectHits(keys, row, [1000, 2000, 5000, 10_000, 15_000])
  })
})

/** Independent requests for one of 10,000 keys: Che's approximation for LRU; the most popular keys for perfect LFU (C18). */
describe.each([0.8, 1, 1.2])('C18: Zipf with exponent %f', (exponent) => {
  const requests = 4e6
  const warmUp = 400_000
  const ranks = new Zipf(exponent, 10_000)
  const stream = new Stream(1, 0, 'keys')
  const keys = Int32Array.from({ length: requests + warmUp }, () => ranks.sample(stream))

  const expected: Readonly<Record<number, Partial<Record<EvictionName, readonly number[]>>>> = {
    0.8: { lru: [0.156625, 0.331186, 0.43666, 0.6589], 'perfect-lfu': [0.300046, 0.475627, 0.570618, 0.750997] },
    1: { lru: [0.390525, 0.586736, 0.675602, 0.824796], 'perfect-lfu': [0.529995, 0.694023, 0.764791, 0.877002] },
    1.2: { lru: [0.656341, 0.808419, 0.861435, 0.933985] },
  }
  it.each(Object.entries(expected[exponent] ?? {}) as [EvictionName, readonly number[]][])('%s', (policy, ratios) => {
    const found = [100, 500, 1000, 3000].map((capacity) => replay(policy, capacity, keys, { warmUp }).hits / requests)
    expect(Math.max(...ratios.map((ratio, i) => Math.abs((found[i] as number) - ratio)))).toBeLessThan(0.003)
  })
})

/** Time changes nothing: two replications of the same requests hit as often as a replay of the trace alone (C11). */
it.each([
  ['lru', 300_122],
  ['sieve', 297_626],
])('a design that OLTP drives hits as often as a replay: %s', async (policy, hits) => {
  const text = `loadpath: 1
name: pages
traffic: { database: { replay: OLTP.lis, rate: 1000/s, arrival: regular, requests: { read: { to: pool } } } }
blocks:
  pool: { type: cache, of: disk, eviction: ${policy}, capacity: 1000, start: empty, compute: 0s }
  disk: { type: database, read: 0s, connections: unlimited }
run: { for: 1000s, repeat: 2 }
`
  const bytes = () => decompress(readFileSync(new URL('traces/OLTP.lis.zst', import.meta.url)))
  const { design } = readDesign(text, catalogue, { readFile: Object.assign(() => undefined, { bytes }) })
  const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design as Design, { runner, longer: false })
  const counters = blocks.find(({ name }) => name === 'pool')?.counters ?? []
  const counts = Object.fromEntries(counters.map(({ name, count }) => [name, count]))
  expect([counts.hits, counts.misses]).toEqual([2 * hits, 2 * (914_145 - hits)])
})
