import { expect } from 'vitest'
import type { EvictionName } from '../packages/core/src/blocks/cache/eviction/index.ts'
import { replay } from '../packages/core/src/blocks/cache/eviction/replay.ts'

/**
 * Hit ratios on the trace OLTP, in per cent, by number of entries, and how many points they may be off: by a simulator
 * of somebody else that is exact against libCacheSim's tests, the program of the authors of LIRS, and the ARC paper (C11).
 */
export const oltp: readonly (readonly [EvictionName, number, Readonly<Record<number, number>>])[] = [
  ['lru', 1e-6, { 1000: 32.830897, 2000: 42.469739, 5000: 53.65046, 10000: 60.702186, 15000: 64.634276 }],
  ['fifo', 1e-6, { 1000: 28.529938, 2000: 37.43684, 5000: 49.683584, 10000: 57.288833, 15000: 61.423297 }],
  ['clock', 1e-6, { 1000: 33.273934, 2000: 43.027966, 5000: 53.829316, 10000: 60.978729, 15000: 64.767734 }],
  ['lfu', 1e-6, { 1000: 13.833473, 2000: 18.152481, 5000: 27.996215, 10000: 34.084308, 15000: 41.358537 }],
  ['perfect-lfu', 1e-6, { 1000: 31.087081, 2000: 37.457515, 5000: 47.362727, 10000: 54.523517, 15000: 58.701847 }],
  ['mru', 1e-6, { 1000: 0.455179, 2000: 0.897341, 5000: 2.169787, 10000: 4.555732, 15000: 6.84957 }],
  ['two-queue', 0.3, { 1000: 40.525628, 2000: 46.510346, 5000: 55.728358, 10000: 62.58471, 15000: 65.719662 }],
  ['lirs', 0.3, { 1000: 34.803231, 2000: 42.508683, 5000: 52.80147, 10000: 60.351257, 15000: 63.989958 }],
  ['arc', 0.15, { 1000: 38.945135, 2000: 46.075841, 5000: 55.251629, 10000: 61.873007, 15000: 65.400675 }],
  ['sieve', 1e-6, { 1000: 32.557855, 2000: 41.185698, 5000: 51.885095, 10000: 60.467103, 15000: 65.099082 }],
  ['s3-fifo', 0.7, { 1000: 40.84002, 2000: 47.013658, 5000: 55.881507, 10000: 62.641375, 15000: 66.038758 }],
  ['belady', 1e-6, { 1000: 53.612173, 2000: 60.400593, 5000: 68.268819, 10000: 73.017957, 15000: 75.13797 }],
]

/** Replays one row at some of its capacities. */
export function expectHits(keys: Float64Array, [policy, tolerance, row]: (typeof oltp)[number], capacities: number[]) {
  const off = capacities.map((capacity) => {
    const percent = (100 * replay(policy, capacity, keys).hits) / keys.length
    return Math.abs(percent - (row[capacity] as number))
  })
  expect(Math.max(...off)).toBeLessThan(tolerance)
}
