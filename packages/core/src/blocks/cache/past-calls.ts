import type { Popularity, Site } from '../block.ts'
import { lifetimesOf } from './lifetimes.ts'
import type { Origin } from './origin.ts'
import type { CacheValues } from './params.ts'
import { updates } from './update/index.ts'
import { leavesOf } from './update/update.ts'

/** Changes that ended entries, or brought them in, before the start. */
export interface PastChanges {
  readonly draw: () => number
  readonly perMs: number
  /** How often each key changes, where that is known, and the share of it that comes here. */
  readonly popularity: Popularity | null
  readonly reached: number
  /** Whether every node that has the key is reached, and not one of them. */
  readonly isEverywhere: boolean
  /** What a change leaves of its key: what was written, nothing, or a new copy of what was there. */
  readonly leaves: 'entry' | 'nothing' | 'copy'
}

/** What was asked of a cache before the start, by arithmetic on the design. */
export interface PastCalls {
  /** Draws a key of the stream of reads. */
  readonly reads: () => number
  /** How often each key is read, where that is known. */
  readonly popularity: Popularity | null
  readonly changes: readonly PastChanges[]
  readonly meanBytes: number
  /** Whether all objects are of that size. */
  readonly sizesAreAlike: boolean
  readonly weightOf: (key: number) => number
}

/** @returns null where nobody reads, or nobody knows what. */
export function pastCalls(
  values: CacheValues,
  site: Site,
  origin: Origin,
  weightOf: (key: number) => number,
  isRenamed: boolean,
): PastCalls | null {
  const reads = site.keyStream('read')
  if (reads === null) return null
  return {
    reads,
    popularity: site.popularity('read'),
    changes: [...written(values, site), ...heard(values, origin), ...(isRenamed ? renamed(origin) : [])],
    meanBytes: origin.sizes.meanBytes,
    sizesAreAlike: origin.sizes.areAlike,
    weightOf,
  }
}

/**
 * Share of the changes in the store that reach an entry: by being written through this cache, or by invalidation.
 * 1 also where nothing else ends an entry: such a cache begins up to date, for it has no age.
 */
export function reachedShare(values: CacheValues, site: Site, origin: Origin, nodesOfAKey: number): number {
  const { versions, isResult } = origin
  const { ttlMs, sliding } = lifetimesOf(values)
  if (versions === undefined || versions.perMs === 0 || !Number.isFinite(ttlMs) || sliding) return 1
  const isTouched = leavesOf(writingOf(values)) !== null && !isResult
  const through = isTouched ? Math.min(1, site.expectedRate('write') / 1000 / versions.perMs) : 0
  return 1 - (1 - through / Math.max(1, nodesOfAKey)) * (1 - heardShare(values, origin))
}

function writingOf({ writes, update }: CacheValues) {
  return updates.get((writes ?? update).name).write
}

/** Those that went through the cache, and are not dropped at once because it is notified of them too. */
function written(values: CacheValues, site: Site): readonly PastChanges[] {
  const leaves = leavesOf(writingOf(values))
  const draw = site.keyStream('write')
  if (leaves === null || draw === null) return []
  const reached = values.invalidation?.lost ?? 1
  const perMs = (site.expectedRate('write') / 1000) * reached
  return [{ draw, perMs, popularity: site.popularity('write'), reached, isEverywhere: false, leaves }]
}

/** Those that it is notified of by the key of the entry. */
function heard(values: CacheValues, origin: Origin): readonly PastChanges[] {
  const share = values.invalidation?.by === 'key' ? heardShare(values, origin) : 0
  const past = origin.versions?.pastWrites
  if (share === 0 || past === undefined || past === null) return []
  const leaves = values.invalidation?.then === 'reload' ? 'copy' : 'nothing'
  const { draw, popularity } = past
  return [{ draw, perMs: past.perMs * share, popularity, reached: share, isEverywhere: true, leaves }]
}

/** Where a change gives an object another name, what is there under the old one is worth nothing. */
function renamed({ versions }: Origin): readonly PastChanges[] {
  const past = versions?.pastWrites ?? null
  if (past === null) return []
  const { draw, perMs, popularity } = past
  return [{ draw, perMs, popularity, reached: 1, isEverywhere: true, leaves: 'nothing' }]
}

function heardShare({ invalidation }: CacheValues, { isResult }: Origin): number {
  return invalidation === undefined || (isResult && invalidation.by === 'key') ? 0 : 1 - invalidation.lost
}
