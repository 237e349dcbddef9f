import { scramble } from '../kernel/chance.ts'
import type { Requests } from './collector.ts'

/** What is known of a run through a cache, of a sample of the keys or of all. */
export interface Counts {
  readonly requests: number
  readonly hits: number
  readonly bytes: number
  readonly hitBytes: number
}

/** Of which keys a sample is: their share, and how many requests there were in all. */
export interface SampleOf {
  readonly share: number
  readonly requests: number
}

/**
 * The hit ratio of all requests from that of a sample of the keys (SHARDS, fixed rate). A sample holds too many or too few
 * requests, mostly because of a few keys that everybody asks for, and these hit in a cache of any size: the difference is
 * added to the hits (SHARDS-adj).
 *
 * Source: C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, "Efficient MRC Construction with SHARDS", FAST 2015; caches
 * of any policy scaled down by the share: C. A. Waldspurger, T. Saemundsson, I. Ahmad, N. Park, "Cache Modeling and
 * Optimization using Miniature Simulations", ATC 2017.
 */
export function hitRatioOf({ requests, hits }: Pick<Counts, 'requests' | 'hits'>, sample: SampleOf): number {
  const expected = sample.requests * sample.share
  if (expected === 0) return 0
  return Math.min(1, Math.max(0, (hits + expected - requests) / expected))
}

/** So many parts of a sample are held against one another. */
export const groups = 10

/** The requests of each of ten parts of the keys. */
export function grouped({ ids, sizes, length }: Requests): readonly Requests[] {
  const lengths = new Int32Array(groups)
  for (let i = 0; i < length; i++) {
    const group = groupOf(ids[i] as number)
    lengths[group] = (lengths[group] as number) + 1
  }
  const parts = Array.from(lengths, (size) => ({
    length: size,
    ids: new Int32Array(size),
    sizes: sizes === null ? null : new Float64Array(size),
  }))
  lengths.fill(0)
  for (let i = 0; i < length; i++) {
    const group = groupOf(ids[i] as number)
    const part = parts[group] as (typeof parts)[number]
    const at = lengths[group] as number
    lengths[group] = at + 1
    part.ids[at] = ids[i] as number
    if (sizes !== null && part.sizes !== null) part.sizes[at] = sizes[i] as number
  }
  return parts
}

function groupOf(id: number): number {
  return (scramble(id + 0x51ed27) >>> 0) % groups
}

/**
 * The mean absolute error to expect of an estimate of which ten parts of the sample each gave one of their own: the
 * standard deviation of the ten over √10, times √(2/π), as if errors were normal.
 */
export function errorFromGroups(ratios: readonly number[]): number {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)
  return Math.sqrt(squares / (ratios.length - 1) / ratios.length) * Math.sqrt(2 / Math.PI)
}
