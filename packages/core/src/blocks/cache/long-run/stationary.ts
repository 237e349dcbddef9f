import type { UniformSource } from '../../../support/distributions/distribution.ts'
import { exp, ln } from '../../../support/elementary.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import { type KeyRates, unaskedShare, untilNextMs } from './key-rates.ts'
import { Renewal } from './renewal.ts'

/** The entry of a key in the long run, as if nothing else wanted its room. Written over by the next draw. */
export interface DrawnEntry {
  /** Whether there is one, be it too old to be shown. */
  isThere: boolean
  /** Time since it came in or was loaded again, and since it was last requested; ms, Infinity forever. */
  ageMs: number
  idleMs: number
  /** Time from when it came in until it is too old to be shown, ms. */
  lifeMs: number
}

/** Entries that are wanted: all others are as if they were not there. */
export interface Wanted {
  /** Time since they were requested last, at most, ms. */
  readonly mostIdleMs: number
  /** How much older than their life they may be, in lives. */
  readonly expiredLives: number
}

/** Set to a key by each function here that uses it: one for all, as there are millions of keys. */
const renewal = new Renewal()

/**
 * Draws the state of an entry in the long run. There are three kinds: entries that are kept forever, those whose time to
 * live begins again with every hit (sliding), and those that are renewed.
 * @param u uniform on (0, 1): whether it is there and wanted is a matter of it alone, and it is so where u is low
 */
export function drawEntry(
  rates: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
  wanted: Wanted,
  u: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  if (isForEver(rates, ttlMs)) drawKeptForEver(rates, wanted, u, into)
  else if (lifetimes.sliding) drawSliding(rates, ttlMs, wanted, u, random, into)
  else drawRenewed(rates, lifetimes, ttlMs, wanted, u, random, into)
}

/** Probability that the entry of a key is there and wanted; of those that live shorter than others, as if they did not. */
export function wantedShare(rates: KeyRates, lifetimes: Lifetimes, ttlMs: number, wanted: Wanted): number {
  const { reads, writes } = rates
  if (reads + writes === 0 || ttlMs === 0) return 0
  if (isForEver(rates, ttlMs)) return 1 - unaskedShare(reads, wanted.mostIdleMs)
  if (lifetimes.sliding) return 1 - exp(-(reads + writes) * mostSlidingMs(ttlMs, wanted))
  return renewal.set(rates, lifetimes, ttlMs, wanted).wantedShare
}

/** A bound of the share of entries that are wanted, for all keys to which at most so much happens. */
export function mostWantedShare(rates: KeyRates, lifetimes: Lifetimes, wanted: Wanted): number {
  const longestMs = Math.max(lifetimes.ttlMs, lifetimes.absentMs)
  if (lifetimes.sliding || isForEver(rates, longestMs)) return wantedShare(rates, lifetimes, longestMs, wanted)
  // An entry lives longest if nothing is evicted.
  return renewal.set({ ...rates, drops: 0 }, lifetimes, longestMs, wanted).mostWantedShare
}

/** An age that hardly any entry exceeds, ms; 0 where entries have no age, as they are kept forever. */
export function oldestAgeMs(rates: KeyRates, lifetimes: Lifetimes, wanted: Wanted): number {
  if (isForEver(rates, lifetimes.ttlMs)) return 0
  return renewal.set(rates, lifetimes, lifetimes.ttlMs, wanted).oldestAgeMs
}

function isForEver({ drops, reloads, writes }: KeyRates, ttlMs: number): boolean {
  return !Number.isFinite(ttlMs) && drops === 0 && reloads === 0 && writes === 0
}

/** Only eviction ends it: the time since the last read decides. */
function drawKeptForEver({ reads }: KeyRates, { mostIdleMs }: Wanted, u: number, into: DrawnEntry): void {
  into.idleMs = -ln(1 - u) / reads
  into.isThere = reads > 0 && into.idleMs <= mostIdleMs
  into.ageMs = Number.POSITIVE_INFINITY
  into.lifeMs = Number.POSITIVE_INFINITY
}

/** Every hit begins the time to live again: the time since the last call decides, and whether a change came since. */
function drawSliding(
  { reads, drops, writes }: KeyRates,
  ttlMs: number,
  wanted: Wanted,
  u: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  into.ageMs = -ln(1 - u) / (reads + writes)
  into.idleMs = into.ageMs
  into.lifeMs = ttlMs
  const droppedMs = drops > 0 ? -ln(random.next()) / drops : Number.POSITIVE_INFINITY
  into.isThere = into.ageMs < droppedMs && into.ageMs <= mostSlidingMs(ttlMs, wanted) && Number.isFinite(into.ageMs)
}

/** The longest time since the last call at which a sliding entry is wanted, ms. */
function mostSlidingMs(ttlMs: number, { mostIdleMs, expiredLives }: Wanted): number {
  return Math.min(mostIdleMs, ttlMs * (1 + expiredLives))
}

/** It is a renewal process, of lives that differ where there is jitter. */
function drawRenewed(
  rates: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
  wanted: Wanted,
  u: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  const { jitter, graceMs } = lifetimes
  const pauseMs = jitter === 0 ? 0 : untilNextMs(rates.reads + rates.writes, rates.spacing)
  const lifeMs = jitter === 0 ? ttlMs : drawLife(ttlMs, jitter, pauseMs, random)
  into.lifeMs = lifeMs + graceMs
  renewal.set(rates, lifetimes, lifeMs, wanted).draw(u, random, into)
}

/** A life out of those that differ, each as likely as the time that it and the pause after it take. */
function drawLife(ttlMs: number, jitter: number, pauseMs: number, random: UniformSource): number {
  for (;;) {
    const lifeMs = ttlMs * (1 - jitter * random.next())
    if (random.next() * (ttlMs + pauseMs) < lifeMs + pauseMs) return lifeMs
  }
}
