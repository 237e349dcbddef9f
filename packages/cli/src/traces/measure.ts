import {
  type Capacity,
  type Chosen,
  type Counts,
  errorOf,
  groups,
  needsFuture,
  Replaying,
  type Requests,
  StackDistances,
  withoutGroup,
} from '@loadpath/core/traces'
import { scaledDown } from './capacities.ts'
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
  size: Capacity,
  seed: number,
  { isOver }: Control,
): Promise<Counts | null> {
  const { unit } = size
  const capacity = scaledDown(size, material, material.collector.keys.share)
  if (capacity === null || isOver()) return null
  if (isStack(policy, unit, requests)) {
    const { distances } = material
    return { requests: distances.requests, hits: distances.hitsOf(capacity), bytes: 0, hitBytes: 0 }
  }
  const replaying = new Replaying(policy, { unit, capacity, seed, future: requests })
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
  if (!file.isRepeatable) throw tooLong(file.name, 'a pipe cannot be read twice')
  const oracle = policies.find(needsFuture)
  if (oracle !== undefined) throw tooLong(file.name, `\`${oracle.name}\` needs all of it`)
  const { share } = material.collector.keys
  const caches = capacities.map((size) => {
    const capacity = scaledDown(size, material, share)
    return policies.map((policy) =>
      capacity === null ? null : new Replaying(policy, { unit: size.unit, capacity, seed }),
    )
  })
  const again = new Material(share === 1 ? undefined : share, 0)
  again.onFresh = (requests) => {
    for (const row of caches) for (const cache of row) cache?.take(requests)
  }
  const { isWhole } = await readTrace(file, [again], { format, isOver: control.isOver, onRead: () => {} })
  control.onDone('all at once')
  return isWhole ? caches : caches.map((row) => row.map(() => null))
}

/**
 * The mean absolute error of the hit ratios of a sample, from what it tells without each of its ten parts; null if it is
 * too small for that, or Ctrl-C came first.
 */
export async function errorOfSample(material: Material, asked: Asked, { isOver }: Control): Promise<number | null> {
  const { collector, kept } = material
  if (kept === null) return null
  const sample = { share: collector.keys.share, requests: collector.seen }
  const counts: Counts[][] = []
  for (let group = 0; group < groups; group++) {
    const found = await countsOf(withoutGroup(kept, group), material, asked, isOver)
    if (found === null) return null
    counts.push(found)
  }
  const errors = (counts[0] ?? []).map((_, cell) =>
    errorOf(
      counts.map((row) => row[cell] as Counts),
      sample,
    ),
  )
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length
}

/** One after another for all policies and sizes that nine tenths of a sample are not too few for; null after Ctrl-C. */
async function countsOf(
  requests: Requests,
  material: Material,
  { policies, capacities, seed }: Asked,
  isOver: () => boolean,
): Promise<Counts[] | null> {
  const counts: Counts[] = []
  const share = material.collector.keys.share * (1 - 1 / groups)
  const distances = new StackDistances()
  distances.take(requests.ids, requests.length)
  for (const size of capacities) {
    const { unit } = size
    const capacity = scaledDown(size, material, share)
    if (capacity === null) continue
    for (const policy of policies) {
      if (isStack(policy, unit, requests)) {
        counts.push({ requests: requests.length, hits: distances.hitsOf(capacity), bytes: 0, hitBytes: 0 })
        continue
      }
      const replaying = new Replaying(policy, { unit, capacity, seed, future: requests })
      if (!(await inSlices(requests, isOver, (from, to) => replaying.take(requests, from, to)))) return null
      counts.push(replaying)
    }
  }
  return counts
}
