import {
  type Capacity,
  type Chosen,
  type Counts,
  errorFromGroups,
  grouped,
  groups,
  hitRatioOf,
  needsFuture,
  Replaying,
  type Requests,
} from '@loadpath/core/traces'
import { inSlices, Material, tooLong } from './material.ts'
import type { TraceFile } from './pieces.ts'
import { readTrace } from './read-trace.ts'

/** What is asked of a trace: every policy at every size. */
export interface Asked {
  readonly policies: readonly Chosen[]
  readonly capacities: readonly Capacity[]
  readonly seed: number
}

export interface Control {
  readonly isOver: () => boolean
  /** One of the replays is done, and which one. */
  readonly onDone: (label: string) => void
}

/** By size, then by policy; null where it was not reached, or where the sample is too small for the size. */
export type CountTable = readonly (readonly (Counts | null)[])[]

/** Runs the requests of a material through every policy at every size. */
export async function measure(
  file: TraceFile,
  format: Chosen,
  material: Material,
  asked: Asked,
  control: Control,
): Promise<CountTable> {
  if (material.kept === null) return await measureOnTheWay(file, format, material, asked, control)
  const table: (Counts | null)[][] = []
  for (const capacity of asked.capacities) {
    const row: (Counts | null)[] = []
    for (const policy of asked.policies) {
      row.push(await measureCell(material, material.kept, policy, capacity, asked.seed, control))
      control.onDone(policy.name)
    }
    table.push(row)
  }
  return table
}

async function measureCell(
  material: Material,
  requests: Requests,
  policy: Chosen,
  { unit, amount }: Capacity,
  seed: number,
  { isOver }: Control,
): Promise<Counts | null> {
  const capacity = amount * material.collector.keys.share
  if (capacity < 1 || isOver()) return null
  if (isStack(policy, unit, requests)) {
    const { distances } = material
    return { requests: distances.requests, hits: distances.hitsOf(capacity), bytes: 0, hitBytes: 0 }
  }
  const replaying = new Replaying(policy, { unit, capacity: Math.round(capacity), seed, future: requests })
  const isDone = await inSlices(requests, isOver, (from, to) => replaying.take(requests, from, to))
  if (!isDone) return null
  replaying.verify()
  return replaying
}

/** One pass has told already what LRU does with objects of one size, for all sizes of the cache. */
function isStack(policy: Chosen, unit: Capacity['unit'], { sizes }: Requests): boolean {
  return policy.name === 'lru' && unit === 'entries' && sizes === null
}

/** The trace is read again, and goes through all caches at once. */
async function measureOnTheWay(
  file: TraceFile,
  format: Chosen,
  material: Material,
  { policies, capacities, seed }: Asked,
  control: Control,
): Promise<CountTable> {
  if (!file.isRepeatable) throw tooLong(file.name, 'standard input cannot be read twice')
  const oracle = policies.find(needsFuture)
  if (oracle !== undefined) throw tooLong(file.name, `\`${oracle.name}\` needs all of it at once`)
  const { share } = material.collector.keys
  const scaled = capacities.map(({ unit, amount }) => ({ unit, capacity: Math.round(amount * share), seed }))
  const caches = scaled.map((one) => policies.map((policy) => (one.capacity < 1 ? null : new Replaying(policy, one))))
  const again = new Material(share === 1 ? undefined : share, 0)
  again.onFresh = (requests) => {
    for (const row of caches) for (const cache of row) cache?.take(requests)
  }
  const { isWhole } = await readTrace(file, [again], { format, isOver: control.isOver, onRead: () => {} })
  control.onDone('all at once')
  return isWhole ? caches : caches.map((row) => row.map(() => null))
}

/** Fewer entries than this tell nothing of the error of a part. */
const fewestEntries = 10

/**
 * The mean absolute error of the hit ratios of a sample, from what ten parts of it tell each by itself; null if the sample
 * is too small for that at every size.
 */
export async function errorOfSample(material: Material, asked: Asked, control: Control): Promise<number | null> {
  const { collector, kept } = material
  if (kept === null) return null
  const parts = grouped(kept)
  const share = collector.keys.share / groups
  const weight = collector.seen > 0 ? collector.seenBytes / collector.seen : 0
  const errors: number[] = []
  for (const { unit, amount } of asked.capacities) {
    const capacity = Math.round(amount * share)
    if (capacity < fewestEntries * (unit === 'bytes' ? Math.max(1, weight) : 1)) continue
    for (const policy of asked.policies) {
      const ratios: number[] = []
      for (const part of parts) {
        const replaying = new Replaying(policy, { unit, capacity, seed: asked.seed, future: part })
        const isDone = await inSlices(part, control.isOver, (from, to) => replaying.take(part, from, to))
        if (!isDone) return null
        ratios.push(hitRatioOf(replaying, { share, requests: collector.seen }))
      }
      errors.push(errorFromGroups(ratios))
    }
  }
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length
}
