import type { UniformSource } from '../../../support/distributions/distribution.ts'
import { ln } from '../../../support/elementary.ts'
import type { PastChanges } from './past-calls.ts'

/** What is to be filled: one node, or several among which the keys are spread. */
export interface Fillable {
  /** Requests a key. @returns a slot, or below 0 if it is not in. */
  find(key: number, nowMs: number): number
  fill(key: number, weight: number, livedShare: number, nowMs: number): void
  /** Whether a hit at this moment makes the cache load the entry again. */
  isLate(key: number, nowMs: number): boolean
  has(key: number): boolean
  drop(key: number): void
  /** Since the beginning: entries that expired, and entries evicted or refused: 0 as long as there is room. */
  readonly expired: number
  readonly replaced: number
  /** From now on `nowMs` is `startMs`; with `spread`, entries have the ages of such as came in at any time instead. */
  setAges(nowMs: number, spread: UniformSource | null, startMs?: number): void
  resetCounts(): void
}

export interface Warming {
  /** Draws one key of the stream of reads. */
  readonly draw: () => number
  /** Reads per ms; 0 if unknown. */
  readonly perMs: number
  readonly changes?: readonly Pick<PastChanges, 'draw' | 'perMs' | 'leaves'>[]
  /** How long an entry may be shown at most; Infinity forever. */
  readonly ttlMs: number
  /** Whether what is too old stays in until it is requested or evicted. */
  readonly keepsExpired?: boolean
  /** How many caches are warmed like this one, and share the time that it may take. */
  readonly nodes?: number
  readonly weightOf: (key: number) => number
  /** Entries that there is room for, about. */
  readonly entries: number
  /** Whether the policy has its usual content as soon as the cache is full. */
  readonly settledWhenFull: boolean
  readonly random: UniformSource
  /** The moment that it is warmed for, ms; 0 if not given. */
  readonly startMs?: number
  /** Draws that the run allows at most. */
  readonly most: number
}

/**
 * Draws until a policy that is slow to settle keeps what it does in the long run, in those that filled the cache, and at most so
 * many in all. After 3 fills SIEVE, S3-FIFO, 2Q, ARC, LFU and W-TinyLFU hit 2 to 6 points less than after 96; after 24 less
 * than one and a half, after 48 less than one half (keys by Zipf's law of exponent 0.9, of which 2 to 4 % fit).
 */
const fillsToSettle = 48
const drawsToSettle = 2e6
/** Where that is fewer fills than these, these. */
const fillsAtLeast = 3

const mostDraws = 20e6
const mostToSettle = 5e6
/** Draws between two looks at how many of them brought something in that was new. */
const [shortestStretch, longestStretch] = [2000, 65_536]

/**
 * Fills a cache with what it holds in the long run, without time: its keys are drawn until it is full, and then several times
 * as many again where the policy needs that to settle, or ages do. It ends earlier when draws bring next to nothing in that
 * was not there before, and where there is a time to live when all could have expired three times.
 *
 * Ages: what is drawn has the times of independent reads and changes at the rates given. Until the cache is full, a key
 * that is first seen during the first time to live is given a random part of a life: popular keys would else expire
 * together forever. Where the rate is unknown, ages are spread evenly over the time to live at the end.
 */
export function warm(entries: Fillable, warming: Warming): void {
  const { perMs, ages, endMs, settledMs, stretch, ...limits } = limitsOf(warming)
  const { ttlMs, random } = warming
  const ask = asker(entries, warming, perMs)
  let { goal } = limits
  let full = false
  let nowMs = 0
  let firsts = 0
  for (let draws = 1; draws <= goal; draws++) {
    const nextMs = ages ? nowMs - ln(random.next()) / perMs : 0
    // It ends at this moment, not at the read after it: that comes after a gap which is longer than usual.
    if (nextMs > endMs) {
      nowMs = endMs
      break
    }
    nowMs = nextMs
    if (ask(nowMs, ages && !full && nowMs < ttlMs)) firsts++
    if (!full && entries.replaced > 0) {
      full = true
      goal = Math.min(goal, draws * fillsOf(warming, ages, draws))
    }
    if (draws % stretch === 0) {
      if (firsts < stretch / 2000 && (nowMs >= settledMs || draws > limits.mostToSettle)) break
      firsts = 0
    }
  }
  if (Number.isFinite(ttlMs)) entries.setAges(nowMs, ages ? null : random, warming.startMs)
  entries.resetCounts()
}

/** How many times as many draws as filled the cache are made in all. */
function fillsOf({ settledWhenFull, nodes = 1 }: Warming, ages: boolean, draws: number): number {
  if (settledWhenFull) return ages ? fillsAtLeast : 1
  return Math.max(fillsAtLeast, Math.min(fillsToSettle, Math.floor(drawsToSettle / nodes / draws)))
}

/** How long it is drawn, in draws and in ms of the streams. */
function limitsOf(warming: Warming) {
  const { perMs: readsPerMs, ttlMs, entries, changes = [], keepsExpired = false, nodes = 1, most: mostOfRun } = warming
  const changesPerMs = changes.reduce((sum, change) => sum + change.perMs, 0)
  const perMs = readsPerMs > 0 ? readsPerMs + changesPerMs : 0
  const ages = Number.isFinite(ttlMs) && perMs > 0
  // What is there first has the ages of entries that nothing ends before their time: where changes do, it must go first.
  const settledMs = ages && changesPerMs * ttlMs > 0.05 * entries ? 5 * ttlMs : 0
  const all = Math.min(mostDraws, mostOfRun)
  const most = all / nodes
  const usual = ages ? most : Math.min(all, (warming.settledWhenFull ? 20 : 20 * fillsToSettle) * entries)
  // What has expired goes on coming in for years: as much as nobody waits for.
  const asLong = Math.min(most, Math.max(3 * ttlMs * perMs, mostToSettle / nodes))
  return {
    perMs,
    ages,
    settledMs,
    endMs: ages && !keepsExpired ? Math.max(settledMs, 3 * ttlMs) : Number.POSITIVE_INFINITY,
    goal: keepsExpired && ages ? asLong : usual,
    mostToSettle: mostToSettle / nodes,
    stretch: Math.min(longestStretch, Math.max(shortestStretch, Math.round(20 * entries))),
  }
}

/** Lets one read or one change come. @returns a function that tells whether a read brought in what was not there before. */
function asker(entries: Fillable, warming: Warming, perMs: number): (nowMs: number, mayBeOld: boolean) => boolean {
  const { perMs: readsPerMs, weightOf, random, changes = [] } = warming
  const taken = new Set<number>()
  return (nowMs, mayBeOld) => {
    const change = perMs > readsPerMs ? oneOf(changes, random.next() * perMs) : undefined
    const key = (change ?? warming).draw()
    if (change?.leaves === 'nothing') {
      entries.drop(key)
      if (mayBeOld) taken.add(key)
      return false
    }
    if (change !== undefined) {
      if (change.leaves === 'entry' || entries.has(key)) entries.fill(key, weightOf(key), 0, nowMs)
      return false
    }
    const { expired } = entries
    if (entries.find(key, nowMs) >= 0) {
      if (entries.isLate(key, nowMs)) entries.fill(key, weightOf(key), 0, nowMs)
      return false
    }
    const isFirst = entries.expired === expired
    const isOld = mayBeOld && isFirst && !taken.has(key)
    entries.fill(key, weightOf(key), isOld ? 1 - random.next() : 0, nowMs)
    return isFirst
  }
}

/** The change at a place on the line of all that happens, changes first; undefined beyond them. */
function oneOf<C extends Pick<PastChanges, 'perMs'>>(changes: readonly C[], place: number): C | undefined {
  let left = place
  for (const change of changes) {
    if (left < change.perMs) return change
    left -= change.perMs
  }
  return undefined
}
