import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { arcReference } from '../eviction-reference/arc.ts'
import { clockReference } from '../eviction-reference/clock.ts'
import { lfuDaReference } from '../eviction-reference/lfu-da.ts'
import { lirsReference } from '../eviction-reference/lirs.ts'
import { orderedReferences } from '../eviction-reference/ordered.ts'
import type { ReferenceEviction } from '../eviction-reference/reference.ts'
import { s3FifoReference } from '../eviction-reference/s3-fifo.ts'
import { sieveReference } from '../eviction-reference/sieve.ts'
import { twoQueueReference } from '../eviction-reference/two-queue.ts'
import { wTinylfuReference } from '../eviction-reference/w-tinylfu.ts'
import { type EvictionInput, evictions } from './index.ts'
import { replay } from './replay.ts'

const references: readonly (readonly [EvictionInput, ReferenceEviction])[] = [
  ...Object.entries(orderedReferences).map(([name, reference]) => [name as EvictionInput, reference] as const),
  ['lfu-da', lfuDaReference],
  ['clock', clockReference(1)],
  [{ type: 'clock', bits: 2 }, clockReference(2)],
  ['sieve', sieveReference],
  ['two-queue', twoQueueReference(0.25, 0.5)],
  [{ type: 'two-queue', newcomers: '50%', remembered: '100%' }, twoQueueReference(0.5, 1)],
  ['arc', arcReference],
  ['lirs', lirsReference(16)],
  [{ type: 'lirs', 'stack-limit': 2500 }, lirsReference(2500)],
  [{ type: 'lirs', 'stack-limit': 1 }, lirsReference(1)],
  ['s3-fifo', s3FifoReference],
  ['w-tinylfu', wTinylfuReference],
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

/** The policy `random` has random numbers of its own, which no reference implementation has. */
const withoutReference = ['random']

it('every policy has a reference', () => {
  const names = references.map(([policy]) => (typeof policy === 'string' ? policy : policy.type))
  expect(new Set([...names, ...withoutReference])).toEqual(new Set(evictions.names))
})

describe.each(references.map(([policy, reference]) => [JSON.stringify(policy), policy, reference] as const))(
  '%s and its brute-force reference implementation evict the same keys in the same order',
  (_name, policy, reference) => {
    const compare = (keys: readonly number[], capacity: number): void => {
      expect(run(policy, capacity, keys)).toEqual(reference(keys, capacity))
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
