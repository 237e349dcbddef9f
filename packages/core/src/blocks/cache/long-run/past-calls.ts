import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { Popularity, Site } from '../../block.ts'
import type { ObjectSizes } from '../../object-sizes.ts'
import type { CacheValues } from '../params.ts'
import type { EntryNumbers } from '../shelf/entry-numbers.ts'
import { lifetimesOf } from '../shelf/lifetimes.ts'
import { updates } from '../update/index.ts'
import { leavesOf } from '../update/update.ts'
import type { Origin } from '../way-out/origin.ts'

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

/** What was asked of one endpoint behind a cache, and what changed in its answers. */
export interface PastReads {
  /** Draws a key of the stream of reads; null where there is none. */
  readonly draw: (() => number) | null
  readonly perMs: number
  /** How often each key is read, where that is known. */
  readonly popularity: Popularity | null
  readonly changes: readonly PastChanges[]
  readonly meanBytes: number
}

/** What was asked of a cache before the start, by arithmetic on the design. */
export interface PastCalls {
  readonly numbers: EntryNumbers
  readonly byEndpoint: readonly PastReads[]
  /** Of all keys that may be read, as far as they are known. */
  readonly meanBytes: number
  /** Whether all objects are of that size. */
  readonly sizesAreAlike: boolean
  readonly weightOf: (entry: number) => number
}

/** @returns null where nobody reads, or nobody knows what. */
export function pastCalls(
  values: CacheValues,
  site: Site,
  origin: Origin,
  weightOf: (entry: number) => number,
  isRenamed: boolean,
): PastCalls | null {
  const { numbers, sizes } = origin
  const byEndpoint = numbers.names.map((name, endpoint): PastReads => {
    const draw = site.keyStream(name)
    const { meanBytes } = sizes.byEndpoint[endpoint] as ObjectSizes
    if (draw === null) return { draw, perMs: 0, popularity: null, changes: [], meanBytes }
    const perMs = site.expectedRate(name) / 1000
    const changed = [...heard(values, origin, endpoint), ...(isRenamed ? renamed(origin, endpoint) : [])]
    return {
      draw,
      perMs,
      popularity: site.popularity(name),
      changes: [...written(values, site), ...changed],
      meanBytes,
    }
  })
  if (byEndpoint.every(({ draw }) => draw === null)) return null
  return {
    numbers,
    byEndpoint,
    meanBytes: meanBytesOf(byEndpoint),
    sizesAreAlike: sizes.areAlike,
    weightOf,
  }
}

function meanBytesOf(byEndpoint: readonly PastReads[]): number {
  const read = byEndpoint.filter(({ draw }) => draw !== null)
  const [first, ...others] = read
  if (others.length === 0) return first?.meanBytes ?? 0
  const areKnown = read.every(({ popularity }) => popularity !== null)
  const weightOf = ({ popularity, perMs }: PastReads) => (areKnown ? (popularity?.keys ?? 0) : perMs)
  const bytes = read.reduce((sum, reads) => sum + weightOf(reads) * reads.meanBytes, 0)
  return bytes / read.reduce((sum, reads) => sum + weightOf(reads), 0)
}

/**
 * Share of the changes in the store that reach an entry of an endpoint: by being written through this cache, or by invalidation.
 * 1 also where nothing else ends an entry: such a cache begins up to date, for it has no age.
 */
export function reachedShare(
  values: CacheValues,
  site: Site,
  origin: Origin,
  { nodesOfAKey, endpoint }: { readonly nodesOfAKey: number; readonly endpoint: number },
): number {
  const versions = origin.versionsOf(endpoint)
  const isResult = origin.isResult(endpoint)
  const { ttlMs, sliding } = lifetimesOf(values)
  if (versions === undefined || versions.perMs === 0 || !Number.isFinite(ttlMs) || sliding) return 1
  const isTouched = leavesOf(writingOf(values)) !== null && !isResult
  const through = isTouched ? Math.min(1, site.expectedRate('write') / 1000 / versions.perMs) : 0
  return 1 - (1 - through / Math.max(1, nodesOfAKey)) * (1 - heardShare(values, isResult))
}

function writingOf({ writes, update }: CacheValues) {
  return updates.get((writes ?? update).name).write
}

/** Those that went through the cache, and are not dropped at once because it is notified of them too. */
function written(values: CacheValues, site: Site): readonly PastChanges[] {
  const leaves = leavesOf(writingOf(values))
  const draw = leaves === null || values.endpoints !== undefined ? null : site.keyStream('write')
  if (leaves === null || draw === null) return []
  const reached = values.invalidation?.lost ?? 1
  const perMs = (site.expectedRate('write') / 1000) * reached
  return [{ draw, perMs, popularity: site.popularity('write'), reached, isEverywhere: false, leaves }]
}

/** Those that it is notified of by the key of the entry. */
function heard(values: CacheValues, origin: Origin, endpoint: number): readonly PastChanges[] {
  const share = values.invalidation?.by === 'key' ? heardShare(values, origin.isResult(endpoint)) : 0
  const past = origin.versionsOf(endpoint)?.pastWrites
  if (share === 0 || past === undefined || past === null) return []
  const leaves = values.invalidation?.then === 'reload' ? 'copy' : 'nothing'
  const { draw, popularity } = past
  return [{ draw, perMs: past.perMs * share, popularity, reached: share, isEverywhere: true, leaves }]
}

/** Where a change gives an object another name, what is there under the old one is worth nothing. */
function renamed(origin: Origin, endpoint: number): readonly PastChanges[] {
  const past = origin.versionsOf(endpoint)?.pastWrites ?? null
  if (past === null) return []
  const { draw, perMs, popularity } = past
  return [{ draw, perMs, popularity, reached: 1, isEverywhere: true, leaves: 'nothing' }]
}

function heardShare({ invalidation }: CacheValues, isResult: boolean): number {
  return invalidation === undefined || (isResult && invalidation.by === 'key') ? 0 : 1 - invalidation.lost
}

/** Reads and changes of all endpoints in one stream, each in proportion to its rate: of entries, and not of keys. */
export function drawnEntries(
  { numbers, byEndpoint }: Pick<PastCalls, 'numbers' | 'byEndpoint'>,
  random: UniformSource,
): Pick<PastReads, 'perMs' | 'changes'> & { readonly draw: () => number } {
  const entriesOf = (endpoint: number, draw: () => number) =>
    numbers.count === 1 ? draw : () => numbers.of(endpoint, draw())
  const changes = byEndpoint.flatMap((reads, endpoint) =>
    reads.changes.map((change) => ({ ...change, draw: entriesOf(endpoint, change.draw) })),
  )
  const known = byEndpoint.flatMap(({ draw, perMs }, endpoint) =>
    draw === null ? [] : [{ perMs, draw: entriesOf(endpoint, draw) }],
  )
  const sum = known.reduce((total, { perMs }) => total + perMs, 0)
  const [first = { draw: () => 0 }, ...others] = known
  if (others.length === 0) return { draw: first.draw, perMs: sum, changes }
  const draw = () => {
    let at = random.next() * sum
    let index = 0
    while (index < known.length - 1 && at > (known[index]?.perMs ?? 0)) at -= known[index++]?.perMs ?? 0
    return (known[index] ?? first).draw()
  }
  return { draw, perMs: sum, changes }
}
