import { expect, it } from 'vitest'
import { Stream } from '../kernel/random.ts'
import { Zipf } from '../kernel/zipf.ts'
import { errorOf, groups, hitRatioOf, withoutGroup } from './sample.ts'
import { StackDistances } from './stack-distances.ts'
import { readWhole } from './testing-traces.ts'

it('adds what the sample has too few of to the hits, and takes away what it has too many of', () => {
  const sample = { share: 0.1, requests: 1000 }
  expect(hitRatioOf({ requests: 100, hits: 40 }, sample)).toBeCloseTo(0.4)
  expect(hitRatioOf({ requests: 90, hits: 30 }, sample)).toBeCloseTo(0.4)
  expect(hitRatioOf({ requests: 110, hits: 50 }, sample)).toBeCloseTo(0.4)
  expect(hitRatioOf({ requests: 200, hits: 50 }, sample)).toBe(0)
})

it('leaves out each key once', () => {
  const ids = Int32Array.from({ length: 5000 }, (_, i) => i % 500)
  const left = Array.from({ length: groups }, (_, group) => withoutGroup({ ids, sizes: null, length: 5000 }, group))
  expect(left.reduce((sum, { length }) => sum + length, 0)).toBe(5000 * (groups - 1))
  for (const { length } of left) expect(Math.abs(length / 5000 - 0.9)).toBeLessThan(0.06)
})

const sizes = [500, 2000, 8000, 20_000]

/** One trace: what a sample says of it, what it says of its error, and what is true. */
function oneTrace(number: number) {
  const stream = new Stream(number, 0, 'sample')
  const ranks = new Zipf(0.8, 50_000)
  // Keys are scattered, so that each trace has another sample.
  const bytes = new Uint8Array(24 * 300_000)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < 300_000; i++) view.setUint32(24 * i + 4, ranks.sample(stream) * 1009 + number * 7919, true)
  const curve = (ids: Int32Array, length: number, share: number) => {
    const distances = new StackDistances()
    distances.take(ids, length)
    return distances.curve(sizes.map((size) => size * share)).map(({ hits }) => ({ hits, requests: length }))
  }
  const { collector: all } = readWhole('oracle-general', bytes)
  const { collector } = readWhole('oracle-general', bytes, { share: 0.02 })
  const { share } = collector.keys
  const sample = { share, requests: collector.seen }
  const exact = curve(all.ids, all.length, 1)
  const estimated = curve(collector.ids, collector.length, share)
  const parts = Array.from({ length: groups }, (_, group) => {
    const { ids, length } = withoutGroup(collector, group)
    return curve(ids, length, share * (1 - 1 / groups))
  })
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const counts = (cell: number) => parts.map((row) => row[cell] as { hits: number; requests: number })
  return {
    error: mean(
      sizes.map((_, i) => {
        const { hits, requests } = exact[i] as { hits: number; requests: number }
        return Math.abs(hitRatioOf(estimated[i] as { hits: number; requests: number }, sample) - hits / requests)
      }),
    ),
    foretold: mean(sizes.map((_, i) => errorOf(counts(i), sample))),
  }
}

it('foretells its own error, on average over traces', () => {
  const traces = Array.from({ length: 12 }, (_, number) => oneTrace(number + 1))
  const sum = (of: 'error' | 'foretold') => traces.reduce((total, trace) => total + trace[of], 0)
  expect(sum('error') / 12).toBeLessThan(0.04)
  expect(sum('foretold') / sum('error')).toBeGreaterThan(0.6)
  expect(sum('foretold') / sum('error')).toBeLessThan(1.6)
})
