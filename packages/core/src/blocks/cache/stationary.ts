import { exp, ln } from '../../support/elementary.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import type { Lifetimes } from './lifetimes.ts'

/** What happens to one key of a cache, per ms, all of it at independent moments. */
export interface KeyRates {
  /** Reads, which bring it in. */
  readonly reads: number
  /** Least time between two reads, ms; 0 where they come at independent moments. */
  readonly leastGapMs: number
  /** Changes that throw it out. */
  readonly drops: number
  /** Changes that load it anew if it is in. */
  readonly reloads: number
  /** Writes that bring it in. */
  readonly writes: number
}

/** The entry of a key in the long run, as if nothing else wanted its room. Written over by the next draw. */
export interface DrawnEntry {
  /** Whether there is one, be it too old to be shown. */
  isThere: boolean
  /** Time since it came in or was loaded anew, and since it was last asked for; ms, Infinity for ever. */
  ageMs: number
  idleMs: number
  /** Time from when it came in until it is too old to be shown, ms. */
  lifeMs: number
}

/**
 * Draws the state of an entry in the long run. It is a renewal process: a read brings the key in; it stays for its life
 * unless a change throws it out; a read from the moment on at which it is loaded ahead, or a reload, begins a new life.
 * With reads at rate λ and a life of T it is in for λT / (1 + λT) of the time, at any age up to T alike.
 */
export function drawEntry(
  rates: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
  random: UniformSource,
  into: DrawnEntry,
): DrawnEntry {
  const { reads } = rates
  into.idleMs = reads > 0 ? -ln(random.next()) / reads : Number.POSITIVE_INFINITY
  if (!Number.isFinite(ttlMs) && rates.drops === 0 && rates.reloads === 0 && rates.writes === 0) {
    into.isThere = reads > 0
    into.ageMs = Number.POSITIVE_INFINITY
    into.lifeMs = Number.POSITIVE_INFINITY
    return into
  }
  if (lifetimes.sliding) slide(rates, ttlMs, random, into)
  else renew(rates, lifetimes, ttlMs, random, into)
  into.idleMs = Math.min(into.idleMs, into.ageMs)
  return into
}

/** Where every hit begins the time to live anew, what counts is the last read. */
function slide({ drops, writes }: KeyRates, ttlMs: number, random: UniformSource, into: DrawnEntry): void {
  const writtenMs = writes > 0 ? -ln(random.next()) / writes : Number.POSITIVE_INFINITY
  const droppedMs = drops > 0 ? -ln(random.next()) / drops : Number.POSITIVE_INFINITY
  into.ageMs = Math.min(into.idleMs, writtenMs)
  into.lifeMs = ttlMs
  into.isThere = into.ageMs < droppedMs && Number.isFinite(into.ageMs)
}

function renew(
  { reads, leastGapMs, drops, reloads, writes }: KeyRates,
  { jitter, graceMs, renewFrom }: Lifetimes,
  ttlMs: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  const pauseMs = untilNextMs(reads + writes, leastGapMs)
  const lifeMs = jitter === 0 ? ttlMs : longLife(ttlMs, jitter, pauseMs, random)
  const stageMs = lifeMs * Math.min(1, renewFrom)
  const ends = drops + reloads + writes
  const outlives = ends === 0 ? 1 : exp(-ends * stageMs)
  const meanStageMs = ends === 0 ? stageMs : (1 - outlives) / ends
  // Stages follow one another as long as reloads and writes end them.
  const again = ends === 0 ? 0 : ((reloads + writes) / ends) * (1 - outlives)
  const presentMs = meanStageMs / (1 - again)
  into.lifeMs = lifeMs + graceMs
  if (reads + writes > 0 && (!Number.isFinite(presentMs) || random.next() * (presentMs + pauseMs) < presentMs)) {
    into.isThere = true
    into.ageMs = ends === 0 ? random.next() * stageMs : -ln(1 - random.next() * (1 - outlives)) / ends
    return
  }
  // Nobody has asked for it since: what was thrown out is out, what lived to the end is there for a while longer.
  into.ageMs = stageMs - ln(random.next()) * pauseMs
  const livedOn = random.next() * (outlives + (drops / Math.max(ends, 1e-300)) * (1 - outlives)) < outlives
  const dropped = drops > 0 && random.next() > exp(-drops * (into.ageMs - stageMs))
  into.isThere = livedOn && !dropped && Number.isFinite(into.ageMs)
}

/** Mean time from any moment to the next call, where gaps have a least length and an exponential rest. */
function untilNextMs(perMs: number, leastGapMs: number): number {
  const gapMs = 1 / perMs
  if (leastGapMs === 0 || !Number.isFinite(gapMs)) return gapMs
  const restMs = Math.max(0, gapMs - leastGapMs)
  return (gapMs * gapMs + restMs * restMs) / (2 * gapMs)
}

/** A life out of those that differ, each as likely as the time that it and the pause after it take. */
function longLife(ttlMs: number, jitter: number, pauseMs: number, random: UniformSource): number {
  for (;;) {
    const lifeMs = ttlMs * (1 - jitter * random.next())
    if (random.next() * (ttlMs + pauseMs) < lifeMs + pauseMs) return lifeMs
  }
}

/** Share of the reads of a key that find it, as if nothing else wanted its room. */
export function foundShare(
  { reads, leastGapMs, drops, reloads, writes }: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
): number {
  if (reads + writes === 0) return 0
  if (lifetimes.sliding) return (1 - exp(-(reads + writes) * ttlMs)) * ((reads + writes) / (reads + writes + drops))
  const stageMs = (ttlMs + lifetimes.graceMs) * (1 - lifetimes.jitter / 2)
  const ends = drops + reloads + writes
  if (ends === 0) return 1 - 1 / Math.max(1, reads * (stageMs + untilNextMs(reads, leastGapMs)))
  const outlives = exp(-ends * stageMs)
  const presentMs = (1 - outlives) / ends / (1 - ((reloads + writes) / ends) * (1 - outlives))
  return Number.isFinite(presentMs) ? presentMs / (presentMs + 1 / (reads + writes)) : 1
}
