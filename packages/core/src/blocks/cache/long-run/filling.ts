import { exp } from '../../../support/elementary.ts'
import { whereFallsTo } from '../../../theory/solve.ts'
import type { Filling } from '../../block.ts'
import { evictions } from '../eviction/index.ts'
import type { CacheValues } from '../params.ts'
import type { Points } from '../points.ts'
import { type Lifetimes, lifetimesOf } from '../shelf/lifetimes.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { CallRates } from './call-rates.ts'
import { EntryRates } from './entry-rates.ts'
import { foundShare } from './found-share.ts'
import type { KeyRates } from './key-rates.ts'
import type { PastCalls } from './past-calls.ts'

/** By how much the hit ratio may still be short of that of the long run. */
const hardlyShort = 0.001
/** Times that it takes to fill a cache after which a policy that goes on choosing has chosen, but for a point or so. */
const fillsToSettle = 24
/** Times to live after which little of the start is left: what came in together expires together. */
const lives = 2
/** Keys looked at one by one; beyond, groups of keys that are each so much of all before it, by the key in the middle. */
const alone = 16
const groupShare = 0.15

/** Keys to which about the same happens. */
interface Group {
  readonly keys: number
  readonly rates: KeyRates
}

/** The keys requested of one node of a cache, and its capacity. */
interface Node {
  readonly groups: readonly Group[]
  readonly entries: number
}

/**
 * How long a cache that begins empty takes until it hits as often as in the long run, by arithmetic; null where the
 * popularity of keys or their rates are not known. A least-recently-used cache holds the keys of the last T, and is as in
 * the long run once T has passed for which these fill it (H. Che et al., see `theory/che-approximation.ts`). Where there
 * is room for all, keys go on coming in.
 */
export function fillingOf(
  values: CacheValues,
  calls: PastCalls,
  {
    nodes,
    points,
    sessions,
  }: { readonly nodes: CacheNodes; readonly points: Points | null; readonly sessions: number },
): Filling | null {
  const rates = new EntryRates(calls)
  if (!rates.areKnown) return null
  const count = values.per === 'session' ? sessions : nodes.list.length
  const isSpread = values.per === undefined && points === null
  const meanWeight = values.capacity.unit === 'entries' ? 1 : Math.ceil(calls.meanBytes)
  const byNode = new Map<string, number>()
  const looked = values.per === 'session' ? [0] : nodes.list.keys()
  for (const i of looked) {
    const share = isSpread ? 1 : (points?.shareOf(i) ?? 1 / count)
    const entries = (nodes.roomOf(i) / meanWeight) * (isSpread ? count : 1)
    const node = `${share} ${entries}`
    if (!byNode.has(node)) byNode.set(node, settledMs({ groups: groupsOf(rates, share), entries }, values))
  }
  const readsPerMs = groupsOf(rates, 1).reduce((sum, group) => sum + group.keys * group.rates.reads, 0)
  const ms = Math.max(0, ...byNode.values())
  return readsPerMs > 0 ? { ms, reads: ms * readsPerMs } : null
}

function groupsOf({ byEndpoint }: EntryRates, share: number): readonly Group[] {
  return byEndpoint.flatMap((rates) => groupsOfKeys(rates, share))
}

function groupsOfKeys(rates: CallRates, share: number): readonly Group[] {
  const groups: Group[] = []
  for (let first = 1; first <= rates.keys; ) {
    const last = Math.min(rates.keys, first < alone ? first : Math.floor(first * (1 + groupShare)))
    groups.push({ keys: last - first + 1, rates: { ...rates.of(Math.floor((first + last) / 2), share) } })
    first = last + 1
  }
  return groups
}

function settledMs(node: Node, values: CacheValues): number {
  const lifetimes = lifetimesOf(values)
  const staysMs = fillsIn(node)
  const inLongRun = hitRatio(node, (rates) => foundShare(rates, lifetimes, lifetimes.ttlMs, staysMs))
  if (expiryCounts(node, lifetimes, { staysMs, inLongRun })) return lives * lifetimes.ttlMs
  const { settledWhenFull } = evictions.get(values.eviction.name)
  if (Number.isFinite(staysMs) && settledWhenFull !== true) return fillsToSettle * staysMs
  return whereFallsTo(1 - inLongRun + hardlyShort, (ms) => 1 - hitRatio(node, (rates) => thereAfter(rates, ms)))
}

/** Whether entries that expire change the hit ratio: else it does not matter when they do so first. */
function expiryCounts(
  node: Node,
  { ttlMs }: Lifetimes,
  { staysMs, inLongRun }: { staysMs: number; inLongRun: number },
): boolean {
  if (!Number.isFinite(ttlMs)) return false
  const withoutExpiry = hitRatio(node, (rates) => thereAfter(rates, Math.min(staysMs, ttlMs)))
  return Math.abs(withoutExpiry - inLongRun) > hardlyShort
}

/** The time in which so many keys come in as there is room for, ms; Infinity where there is room for all. */
function fillsIn({ groups, entries }: Node): number {
  const there = (ms: number) => groups.reduce((sum, { keys, rates }) => sum + keys * thereAfter(rates, ms), 0)
  const most = there(Number.POSITIVE_INFINITY)
  return most <= entries ? Number.POSITIVE_INFINITY : whereFallsTo(most - entries, (ms) => most - there(ms))
}

/** Probability that a key is there so long after an empty start, where nothing is evicted or expires. */
function thereAfter({ reads, writes, drops }: KeyRates, ms: number): number {
  const comes = reads + writes
  if (comes === 0) return 0
  return (comes / (comes + drops)) * (1 - exp(-(comes + drops) * ms))
}

function hitRatio({ groups }: Node, foundOf: (rates: KeyRates) => number): number {
  let [hits, reads] = [0, 0]
  for (const { keys, rates } of groups) {
    hits += keys * rates.reads * foundOf(rates)
    reads += keys * rates.reads
  }
  return reads === 0 ? 0 : hits / reads
}
