import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/chance.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { arcTwin } from '../eviction-twins/arc.ts'
import { clockTwin } from '../eviction-twins/clock.ts'
import { lfuDaTwin } from '../eviction-twins/lfu-da.ts'
import { lirsTwin } from '../eviction-twins/lirs.ts'
import { orderedTwins } from '../eviction-twins/ordered.ts'
import { s3FifoTwin } from '../eviction-twins/s3-fifo.ts'
import { sieveTwin } from '../eviction-twins/sieve.ts'
import type { Twin } from '../eviction-twins/twin.ts'
import { twoQueueTwin } from '../eviction-twins/two-queue.ts'
import { wTinylfuTwin } from '../eviction-twins/w-tinylfu.ts'
import { type EvictionInput, evictions } from './index.ts'
import { replay } from './replay.ts'

const twins: readonly (readonly [EvictionInput, Twin])[] = [
  ...Object.entries(orderedTwins).map(([name, twin]) => [name as EvictionInput, twin] as const),
  ['lfu-da', lfuDaTwin],
  ['clock', clockTwin(1)],
  [{ type: 'clock', bits: 2 }, clockTwin(2)],
  ['sieve', sieveTwin],
  ['two-queue', twoQueueTwin(0.25, 0.5)],
  [{ type: 'two-queue', in: '50%', out: '100%' }, twoQueueTwin(0.5, 1)],
  ['arc', arcTwin],
  ['lirs', lirsTwin(16)],
  [{ type: 'lirs', 'stack-limit': 2500 }, lirsTwin(2500)],
  [{ type: 'lirs', 'stack-limit': 1 }, lirsTwin(1)],
  ['s3-fifo', s3FifoTwin],
  ['w-tinylfu', wTinylfuTwin],
]

function run(policy: EvictionInput, capacity: number, keys: readonly number[]) {
  const evicted: number[] = []
  const { hits } = replay(policy, capacity, keys, { onEvict: (key) => evicted.push(key) })
  return { hits, evicted }
}

/** A long stream whose nature changes: favourites, a loop, a scan, favourites of another kind. */
function changing(seed: number, length: number): number[] {
  const stream = new Stream(seed, 0, 'keys')
  const zipf = new Zipf(0.9, 120)
  return Array.from({ length }, (_, i) => {
    const phase = Math.floor((4 * i) / length)
    if (phase === 1) return 200 + (i % 45)
    if (phase === 2) return stream.next() < 0.4 ? zipf.sample(stream) : 1000 + i
    return phase === 3 ? 500 - zipf.sample(stream) : zipf.sample(stream)
  })
}

/** Random evicts as its chance says, and nothing else would know that. */
const withoutTwin = ['random']

it('every policy has a twin', () => {
  const names = twins.map(([policy]) => (typeof policy === 'string' ? policy : policy.type))
  expect(new Set([...names, ...withoutTwin])).toEqual(new Set(evictions.names))
})

describe.each(twins.map(([policy, twin]) => [JSON.stringify(policy), policy, twin] as const))(
  '%s and its brute-force twin evict the same keys in the same order',
  (_name, policy, twin) => {
    const compare = (keys: readonly number[], capacity: number): void => {
      expect(run(policy, capacity, keys)).toEqual(twin(keys, capacity))
    }

    it('on any stream', () => {
      const capacities = fc.integer({ min: 1, max: 14 })
      const keys = fc.oneof(
        fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 200 }),
        fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 300 }),
      )
      fc.assert(fc.property(keys, capacities, compare), { numRuns: 200 })
    })

    it.each([
      [1, 1],
      [2, 7],
      [3, 40],
      [4, 100],
      [5, 250],
    ])('on changing streams (seed %i, %i entries)', (seed, capacity) => {
      const keys = changing(seed, 6000)
      compare(keys, capacity)
      expect(run(policy, capacity, keys).evicted.length).toBeGreaterThan(100)
    })
  },
)
