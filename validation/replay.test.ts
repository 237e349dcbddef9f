import { describe, expect, it } from 'vitest'
import type { EvictionName } from '../packages/core/src/blocks/cache/eviction/index.ts'
import { replay } from '../packages/core/src/blocks/cache/eviction/replay.ts'
import { expectHits, oltp } from './testing-oltp.ts'
import { arcTrace, csvTrace, hasTraces, hasXz, lirsTrace, oracleTrace } from './testing-traces.ts'

describe.skipIf(!hasTraces)('C11: hit ratios on OLTP with 1000 entries (needs LOADPATH_TRACES)', () => {
  let keys: Float64Array | undefined
  it.each(oltp)('%s, to %f points', (...row) => {
    keys ??= arcTrace('OLTP')
    expectHits(keys, row, [1000])
  })
})

/** Objects of many sizes: the expected arrays of libCacheSim's own tests, test/test_evictionAlgo.c (C06). */
describe.skipIf(!hasTraces || !hasXz)('C06: misses in requests and bytes (needs LOADPATH_TRACES) (needs xz)', () => {
  let trace: ReturnType<typeof oracleTrace> | undefined
  it.each<[EvictionName, number[], number[] | null]>([
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
    ['clock', [93313, 89775, 83411, 81328, 74815, 72283, 71927, 64456], null],
  ])('%s, with 128 MiB to 1 GiB', (policy, misses, missedBytes) => {
    trace ??= oracleTrace('libcachesim/cloudPhysicsIO.oracleGeneral.bin.xz')
    const { keys, bytes } = trace
    const found = misses.map((_, i) => replay(policy, (i + 1) * 2 ** 27, keys, { weights: bytes }))
    expect(found.map((one) => one.misses)).toEqual(misses)
    if (missedBytes !== null) expect(found.map(({ missedWeight }) => missedWeight)).toEqual(missedBytes)
  })
})

/** libCacheSim's test/test_profilerLRU.c (C09). */
describe.skipIf(!hasTraces || !hasXz)('C09: miss ratios of lru (needs LOADPATH_TRACES) (needs xz)', () => {
  it('with 1 to 20 entries', () => {
    const keys = csvTrace('libcachesim/cloudPhysicsIO.csv.xz', 'lbn')
    const found = [1, 2, 3, 4, 5, 20].map((capacity) => replay('lru', capacity, keys).misses / keys.length)
    const expected = [0.976421, 0.970607, 0.965681, 0.959024, 0.956934, 0.927015]
    expect(Math.max(...expected.map((ratio, i) => Math.abs((found[i] as number) - ratio)))).toBeLessThan(1e-6)
  })
})

/** Misses of the program of the authors of LIRS, lirs.c of November 2002, on their traces (C13). */
describe.skipIf(!hasTraces)('C13: misses of lirs with 100, 256, 512 and 1024 entries (needs LOADPATH_TRACES)', () => {
  it.each([
    ['multi1', [8841, 8022, 6985, 4912]],
    ['multi2', [17952, 14911, 12878, 10925]],
    ['multi3', [21865, 18778, 16752, 15187]],
    ['2_pools', [55111, 49299, 47995, 45480]],
    ['sprite', [100368, 63182, 31261, 16438]],
    ['cs', [6300, 5682, 4669, 2648]],
    ['cpp', [2031, 1378, 1275, 1228]],
    ['gli', [5582, 4958, 3946, 2940]],
    ['ps', [7282, 4935, 4428, 3414]],
    ['loop', [456598, 378754, 252507, 1011]],
    ['zigzag', [51976, 51976, 51901, 50802]],
    ['scan', [47673, 43929, 37857, 25689]],
  ])('%s', (name, expected) => {
    const keys = lirsTrace(name)
    expect([100, 256, 512, 1024].map((capacity) => replay('lirs', capacity, keys).misses)).toEqual(expected)
  })
})

/** A circle of 1011 keys, gone round 500 times: the trace `loop` of the authors of LIRS (C15). */
describe('C15: hits on a loop', () => {
  const keys = Float64Array.from({ length: 505_500 }, (_, i) => i % 1011)
  const hits = (policy: EvictionName) => [100, 256, 512, 1024].map((capacity) => replay(policy, capacity, keys).hits)

  it.each<EvictionName>(['lru', 'fifo', 'clock', 'arc', 'two-queue', 'sieve'])('%s: none until all fits', (policy) => {
    expect(hits(policy)).toEqual([0, 0, 0, 504_489])
  })

  it('belady, in per cent', () => {
    const found = hits('belady').map((one) => Number(((100 * one) / keys.length).toFixed(6)))
    expect(found).toEqual([9.792285, 25.222552, 50.541642, 99.8])
  })

  it.skipIf(!hasTraces)('is what their file holds (needs LOADPATH_TRACES)', () => {
    const recorded = lirsTrace('loop')
    expect(recorded.length).toBe(keys.length)
    expect([256, 1024].map((capacity) => replay('lru', capacity, recorded).hits)).toEqual([0, 504_489])
  })
})
