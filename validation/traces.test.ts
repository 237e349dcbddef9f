import { describe, expect, it } from 'vitest'
import { Replaying } from '../packages/core/src/traces/index.ts'
import { hasXz, inventoryOf, lruHits, missesOf, otherTraces, requestsOf } from './testing-recorded.ts'

/** C01: BitFaster.Caching #191 and #132; C17: FAST 2003, table III. */
describe('the trace OLTP', () => {
  const { collector, malformed } = requestsOf('arc/OLTP.lis.zst')
  const hits = {
    250: 150_591,
    500: 214_325,
    750: 258_527,
    1000: 300_122,
    1024: 303_665,
    1250: 331_009,
    1500: 353_738,
    1750: 372_863,
    2000: 388_235,
    2048: 391_047,
    4096: 468_412,
  }

  it('has the requests and pages that the paper counts', () => {
    const { requests, distinct } = inventoryOf(collector)
    expect([requests, distinct, malformed]).toEqual([914_145, 186_880, 0])
  })

  it('hits with LRU exactly as published, at every size', () => {
    expect(lruHits(collector, Object.keys(hits).map(Number))).toEqual(hits)
  })

  it('and in a replay', () => {
    const replaying = new Replaying({ name: 'lru', values: {} }, { unit: 'entries', capacity: 1000 })
    replaying.take(collector)
    expect(replaying.hits).toBe(hits[1000])
  })
})

/** Requests and distinct keys of each file; all read again from the files by others. */
const inventories = {
  'lirs/2_pools.trace.gz': [100_000, 9939],
  'lirs/backf.trace.gz': [9000, 751],
  'lirs/cpp.trace.gz': [9047, 1223],
  'lirs/cs.trace.gz': [6781, 1409],
  'lirs/gli.trace.gz': [6015, 2529],
  'lirs/loop.trace.gz': [505_500, 1011],
  'lirs/multi1.trace.gz': [15_858, 2606],
  'lirs/multi2.trace.gz': [26_311, 5684],
  'lirs/multi3.trace.gz': [30_241, 7454],
  'lirs/ps.trace.gz': [10_448, 3083],
  'lirs/scan.trace.gz': [50_025, 2001],
  'lirs/sprite.trace.gz': [133_996, 7075],
  'lirs/zigzag.trace.gz': [52_001, 2001],
} as const

describe.skipIf(otherTraces === undefined)('other public traces (needs LOADPATH_TRACES)', () => {
  it.each(Object.entries(inventories))('%s has %j requests and keys', (file, expected) => {
    const { collector, malformed } = requestsOf(file)
    const { requests, distinct } = inventoryOf(collector)
    expect([[requests, distinct], malformed]).toEqual([expected, 0])
  })
})

describe.skipIf(otherTraces === undefined || !hasXz)('traces in xz (needs LOADPATH_TRACES, xz)', () => {
  it('AdaptSize', () => {
    const { collector } = requestsOf('adapt_size-request.trace.xz')
    expect([collector.seen, collector.hasSizes]).toEqual([66_987, true])
  })

  it.each([
    ['csv', 4_205_978_112],
    ['txt', null],
    ['oracleGeneral.bin', 4_368_040_448],
  ])('CloudPhysics as %s', (ending, bytes) => {
    const { collector, malformed } = requestsOf(`libcachesim/cloudPhysicsIO.${ending}.xz`)
    const found = inventoryOf(collector)
    expect([found.requests, found.distinct, found.bytes, malformed]).toEqual([113_872, 48_974, bytes, 0])
  })

  /** C09: libCacheSim, test/test_profilerLRU.c. */
  it('misses with LRU as libCacheSim does, entries counted', () => {
    const { collector } = requestsOf('libcachesim/cloudPhysicsIO.csv.xz')
    const expected = { 1: 0.976421, 2: 0.970607, 3: 0.965681, 4: 0.959024, 5: 0.956934, 20: 0.927015 }
    const hits = lruHits(collector, Object.keys(expected).map(Number))
    for (const [size, ratio] of Object.entries(expected)) {
      expect(Math.abs(1 - (hits[Number(size)] ?? 0) / collector.length - ratio)).toBeLessThan(1e-6)
    }
  })

  /** C06: libCacheSim, test/test_evictionAlgo.c; sizes of 1 to 8 × 128 MiB. */
  it.each([
    [
      'lru',
      [93374, 89783, 83572, 81722, 72494, 72104, 71972, 71704],
      [4214303232, 4061242368, 3778040320, 3660569600, 3100927488, 3078128640, 3075403776, 3061662720],
    ],
    [
      'fifo',
      [93403, 89386, 84387, 84025, 72498, 72228, 72182, 72140],
      [4213112832, 4052646400, 3829170176, 3807412736, 3093146112, 3079525888, 3079210496, 3077547520],
    ],
  ])('misses with %s as libCacheSim does, bytes counted', (policy, misses, bytes) => {
    const { collector } = requestsOf('libcachesim/cloudPhysicsIO.oracleGeneral.bin.xz')
    const found = misses.map((_, i) => missesOf(collector, policy, (i + 1) * 128 * 1024 * 1024))
    expect(found).toEqual(misses.map((miss, i) => [miss, bytes[i]]))
  })
})
