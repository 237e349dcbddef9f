import { scramble } from '../kernel/random.ts'
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
 * requests, mostly because of a few keys that everybody requests, and these hit in a cache of any size: the difference is
 * added to the hits (SHARDS-adj).
 *
 * Source: C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, "Efficient MRC Construction with SHARDS", FAST 2015; caches
 * of any policy scaled down by the share: C. A. Waldspurger, T. Saemundsson, I. Ahmad, N. Park, "Cache Modeling and
 * Optimization using Miniature Simulations", ATC 2017.
 */
export function hitRatioOf(counts: Pick<Counts, 'requests' | 'hits'>, sample: SampleOf): number {
  return Math.min(1, Math.max(0, estimate(counts, sample)))
}

/** Not held between 0 and 1: where that would be done, errors would look smaller than they are. */
function estimate({ requests, hits }: Pick<Counts, 'requests' | 'hits'>, sample: SampleOf): number {
  const expected = sample.requests * sample.share
  return expected === 0 ? 0 : (hits + expected - requests) / expected
}

/** Into so many parts a sample is divided by its keys, and each is left out once. */
export const groups = 10

/** The requests of a sample without those for one tenth of its keys. */
export function withoutGroup({ ids, sizes, length }: Requests, group: number): Requests {
  const kept = new Int32Array(length)
  const keptSizes = sizes === null ? null : new Float64Array(length)
  let at = 0
  for (let i = 0; i < length; i++) {
    const id = ids[i] as number
    if ((scramble(id + 0x51ed27) >>> 0) % groups === group) continue
    kept[at] = id
    if (sizes !== null && keptSizes !== null) keptSizes[at] = sizes[i] as number
    at++
  }
  return { ids: kept, sizes: keptSizes, length: at }
}

/**
 * The mean absolute error to expect of a hit ratio that a sample gives, from those that it gives without each of its ten
 * parts (the jackknife with groups deleted): the standard error, times √(2/π) as if errors were normal.
 *
 * Source: J. Shao, D. Tu, "The Jackknife and Bootstrap", 1995, section 2.3.
 * @param counts by the part that was left out
 */
export function errorOf(counts: readonly Pick<Counts, 'requests' | 'hits'>[], { share, requests }: SampleOf): number {
  const part = { share: share * (1 - 1 / groups), requests }
  const ratios = counts.map((one) => estimate(one, part))
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)
  return Math.sqrt((squares * (groups - 1)) / groups) * Math.sqrt(2 / Math.PI)
}
