import { exp, ln, pow } from '../../support/elementary.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import type { Spacing } from '../spacing.ts'
import type { Lifetimes } from './lifetimes.ts'

/** What happens to one key of a cache, per ms, all of it at independent moments. */
export interface KeyRates {
  /** Reads, which bring it in. */
  readonly reads: number
  /** How reads follow one another. */
  readonly spacing: Spacing
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

/** Entries that are wanted: all others are as if they were not there. */
export interface Wanted {
  /** Time since they were asked for last, at most, ms. */
  readonly mostIdleMs: number
  /** How much older than their life they may be, in lives. */
  readonly expiredLives: number
}

/**
 * Draws the state of an entry in the long run. It is a renewal process: a read brings the key in; it stays for its life
 * unless a change throws it out; a read from the moment on at which it is loaded ahead, or a reload, begins a new life.
 * With reads at rate λ and a life of T it is in for λT / (1 + λT) of the time, at any age up to T alike.
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
  if (isForEver(rates, ttlMs)) {
    into.idleMs = -ln(1 - u) / rates.reads
    into.isThere = rates.reads > 0 && into.idleMs <= wanted.mostIdleMs
    into.ageMs = Number.POSITIVE_INFINITY
    into.lifeMs = Number.POSITIVE_INFINITY
  } else if (lifetimes.sliding) slide(rates, ttlMs, wanted, u, random, into)
  else renew(rates, lifetimes, ttlMs, wanted, u, random, into)
}

function isForEver({ drops, reloads, writes }: KeyRates, ttlMs: number): boolean {
  return !Number.isFinite(ttlMs) && drops === 0 && reloads === 0 && writes === 0
}

/** Where every hit begins the time to live anew, what counts is the last read. */
function slide(
  { reads, drops, writes }: KeyRates,
  ttlMs: number,
  { mostIdleMs, expiredLives }: Wanted,
  u: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  into.ageMs = -ln(1 - u) / (reads + writes)
  into.idleMs = into.ageMs
  into.lifeMs = ttlMs
  const mostMs = Math.min(mostIdleMs, ttlMs * (1 + expiredLives))
  const droppedMs = drops > 0 ? -ln(random.next()) / drops : Number.POSITIVE_INFINITY
  into.isThere = into.ageMs < droppedMs && into.ageMs <= mostMs && Number.isFinite(into.ageMs)
}

/** The part of a life in which an entry is there. */
class Stage {
  /** Mean length, ms. */
  livingMs = 0
  /** Probability to last to its end. */
  outlives = 0
  /** Of the mean, what lies before the first moment at which it may have been evicted, and how quickly it is left afterwards. */
  surelyMs = 0
  leavesPerMs = 0

  /**
   * Its end is the first of four: `ms` are over, something ends it (at rate `ends`), or nobody has asked for it for so long
   * that it is evicted. Of gaps between reads at rate r none is longer than T in the first T after one; the first is with
   * probability q = exp(-rT), and another begins at about the rate rq / (1 - q).
   */
  of(ms: number, reads: number, ends: number, staysMs: number): this {
    const surelyMs = Math.min(ms, staysMs)
    this.surelyMs = livingBy(surelyMs, ends)
    this.livingMs = this.surelyMs
    this.outlives = exp(-ends * surelyMs)
    this.leavesPerMs = ends
    if (surelyMs === ms) return this
    const unasked = unaskedShare(reads, staysMs)
    this.leavesPerMs += unasked < 1 ? (reads * unasked) / (1 - unasked) : Number.POSITIVE_INFINITY
    if (unasked === 1) this.outlives = 0
    this.outlives *= 1 - unasked
    this.livingMs += this.outlives * livingBy(ms - surelyMs, this.leavesPerMs)
    this.outlives *= exp(-this.leavesPerMs * (ms - surelyMs))
    return this
  }
}

/** Mean time until something at this rate ends what else lasts so long. */
function livingBy(ms: number, perMs: number): number {
  if (perMs === Number.POSITIVE_INFINITY) return 0
  return perMs === 0 ? ms : (1 - exp(-perMs * ms)) / perMs
}

/** What is to be known of an entry in the long run, if its life is so long. */
class Renewal {
  readonly stage = new Stage()
  pauseMs = 0
  stageMs = 0
  ends = 0
  /** Probabilities: that a life ends because its time is over; to be in it; to be wanted if not, unless thrown out. */
  endsByAge = 0
  lives = 0
  wantedEnded = 0

  of(rates: KeyRates, { graceMs, renewFrom }: Lifetimes, lifeMs: number, wanted: Wanted): this {
    const { reads, spacing, drops, reloads, writes } = rates
    const { mostIdleMs } = wanted
    const again = reloads + writes
    this.pauseMs = untilNextMs(reads + writes, spacing)
    this.stageMs = lifeMs * Math.min(1, renewFrom)
    this.ends = drops + again
    const { livingMs, outlives } = this.stage.of(this.stageMs, reads, this.ends, mostIdleMs)
    // Stages follow one another as long as reloads and writes end them.
    const last = 1 - again * livingMs
    const presentMs = livingMs / last
    this.endsByAge = outlives / last
    this.lives = reads + writes === 0 ? 0 : Number.isFinite(presentMs) ? presentMs / (presentMs + this.pauseMs) : 1
    const mostMs = Number.isFinite(lifeMs) ? (lifeMs + graceMs) * (1 + wanted.expiredLives) : Number.POSITIVE_INFINITY
    const quietMs = Math.min(mostIdleMs, mostMs - this.stageMs)
    this.wantedEnded = quietMs > 0 && Number.isFinite(this.pauseMs) ? 1 - exp(-quietMs / this.pauseMs) : 0
    return this
  }

  /** Probability that an entry whose life is over is there and was asked for within the time wanted. */
  endedShare({ reads, drops }: KeyRates, { mostIdleMs }: Wanted): number {
    const { pauseMs, stageMs } = this
    const stays = this.endsByAge / (1 + drops * pauseMs)
    if (!Number.isFinite(mostIdleMs)) return stays * this.wantedEnded
    // Since its last read there was a rest of its life, and then the pause.
    const perMs = 1 / pauseMs
    const more = reads - perMs
    const restMs = Math.min(stageMs, mostIdleMs)
    const within = Math.abs(more * restMs) < 1e-6 ? restMs : (1 - exp(-more * restMs)) / more
    return stays * Math.min(this.wantedEnded, 1 - (1 + perMs * within) * exp(-perMs * mostIdleMs))
  }
}

const renewal = new Renewal()

function renew(
  rates: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
  wanted: Wanted,
  u: number,
  random: UniformSource,
  into: DrawnEntry,
): void {
  const { reads, spacing, drops, writes } = rates
  const { jitter } = lifetimes
  const lifeMs = jitter === 0 ? ttlMs : longLife(ttlMs, jitter, untilNextMs(reads + writes, spacing), random)
  const { lives, wantedEnded, stageMs, pauseMs, endsByAge } = renewal.of(rates, lifetimes, lifeMs, wanted)
  into.lifeMs = lifeMs + lifetimes.graceMs
  into.isThere = false
  if (u < lives) {
    into.isThere = true
    drawAlive(reads, wanted.mostIdleMs, u / lives, random, into)
  } else if (u < lives + (1 - lives) * wantedEnded) {
    // Nobody has asked for it since: what was thrown out is out, what lived to the end is there for a while longer.
    const quietMs = -ln(1 - (u - lives) / (1 - lives)) * pauseMs
    const livedOn = random.next() < endsByAge
    const dropped = drops > 0 && random.next() > exp(-drops * quietMs)
    into.ageMs = stageMs + quietMs
    into.idleMs = Math.min(into.ageMs, quietMs - ln(random.next()) / reads)
    into.isThere = livedOn && !dropped && into.idleMs <= wanted.mostIdleMs && Number.isFinite(into.ageMs)
  }
}

/** An entry in its life: younger than it stays unasked, or else asked for within that time. @param u uniform on (0, 1) */
function drawAlive(reads: number, staysMs: number, u: number, random: UniformSource, into: DrawnEntry): void {
  const { stage, stageMs, ends } = renewal
  const { surelyMs, livingMs, leavesPerMs } = stage
  const share = (u * livingMs) / surelyMs
  if (share < 1) {
    into.ageMs = leftAfter(share, Math.min(stageMs, staysMs), ends)
    into.idleMs = reads === 0 ? into.ageMs : Math.min(into.ageMs, -ln(random.next()) / reads)
  } else {
    const rest = (u * livingMs - surelyMs) / (livingMs - surelyMs)
    into.ageMs = staysMs + leftAfter(rest, stageMs - staysMs, leavesPerMs)
    into.idleMs = -ln(1 - random.next() * (1 - unaskedShare(reads, staysMs))) / reads
  }
}

/** The age below which a share is of those that are left at this rate, and last no longer than `ms`. */
function leftAfter(share: number, ms: number, perMs: number): number {
  return perMs === 0 ? share * ms : -ln(1 - share * (1 - exp(-perMs * ms))) / perMs
}

/** Probability that the entry of a key is there and wanted; of those that live shorter than others, as if they did not. */
export function wantedShare(rates: KeyRates, lifetimes: Lifetimes, ttlMs: number, wanted: Wanted): number {
  const { reads, writes } = rates
  const { mostIdleMs, expiredLives } = wanted
  if (reads + writes === 0 || ttlMs === 0) return 0
  if (isForEver(rates, ttlMs)) return 1 - unaskedShare(reads, mostIdleMs)
  if (lifetimes.sliding) return 1 - exp(-(reads + writes) * Math.min(mostIdleMs, ttlMs * (1 + expiredLives)))
  const { lives } = renewal.of(rates, lifetimes, ttlMs, wanted)
  return lives + (1 - lives) * renewal.endedShare(rates, wanted)
}

/** A bound of the share of entries that are wanted, for all keys to which at most so much happens. */
export function mostWantedShare(rates: KeyRates, lifetimes: Lifetimes, wanted: Wanted): number {
  const { absentMs, sliding } = lifetimes
  const longestMs = Math.max(lifetimes.ttlMs, absentMs)
  if (sliding || isForEver(rates, longestMs)) return wantedShare(rates, lifetimes, longestMs, wanted)
  // An entry lives longest if nothing is thrown out.
  const { lives, wantedEnded } = renewal.of({ ...rates, drops: 0 }, lifetimes, longestMs, wanted)
  return lives + (1 - lives) * wantedEnded
}

/** Mean pauses after which one entry in 3,000 is not yet asked for. */
const hardlyAny = 8

/** An age that hardly any entry exceeds, ms. */
export function oldestAgeMs(rates: KeyRates, lifetimes: Lifetimes, wanted: Wanted): number {
  if (isForEver(rates, lifetimes.ttlMs)) return 0
  const { stageMs, pauseMs, ends } = renewal.of(rates, lifetimes, lifetimes.ttlMs, wanted)
  const livingMs = ends === 0 ? stageMs : Math.min(stageMs, hardlyAny / ends)
  return livingMs + (wanted.expiredLives > 0 ? hardlyAny * pauseMs : 0)
}

/** Probability that nobody asks for so long. */
function unaskedShare(perMs: number, ms: number): number {
  return perMs === 0 ? 1 : exp(-perMs * ms)
}

/**
 * Mean time from any moment to the next call. In one of n streams at rate r, whose gaps have a least length T and an
 * exponential rest, no call comes for t with probability 1 - rt up to T, and with (1 - rT) exp(-r (t - T) / (1 - rT)) beyond.
 */
function untilNextMs(perMs: number, { leastGapMs, streams }: Spacing): number {
  if (leastGapMs === 0 || perMs === 0) return 1 / perMs
  const rate = perMs / streams
  const quiet = Math.max(0, 1 - rate * leastGapMs)
  const beyond = pow(quiet, streams + 1)
  return ((1 - beyond) / (streams + 1) + beyond / streams) / rate
}

/** A life out of those that differ, each as likely as the time that it and the pause after it take. */
function longLife(ttlMs: number, jitter: number, pauseMs: number, random: UniformSource): number {
  for (;;) {
    const lifeMs = ttlMs * (1 - jitter * random.next())
    if (random.next() * (ttlMs + pauseMs) < lifeMs + pauseMs) return lifeMs
  }
}

const found = new Stage()

/** Share of the reads of a key that find it, where a key that nobody asks for is evicted after so long. */
export function foundShare(
  { reads, spacing, drops, reloads, writes }: KeyRates,
  lifetimes: Lifetimes,
  ttlMs: number,
  staysMs: number,
): number {
  if (reads + writes === 0) return 0
  if (lifetimes.sliding) {
    const asked = reads + writes
    return (1 - exp(-asked * Math.min(ttlMs, staysMs))) * (asked / (asked + drops))
  }
  const stageMs = (ttlMs + lifetimes.graceMs) * (1 - lifetimes.jitter / 2)
  const ends = drops + reloads + writes
  if (ends === 0 && stageMs === Number.POSITIVE_INFINITY) return 1 - unaskedShare(reads, staysMs)
  const { livingMs } = found.of(stageMs, reads, ends, staysMs)
  if (ends === 0) return 1 - 1 / Math.max(1, reads * (livingMs + untilNextMs(reads, spacing)))
  const presentMs = livingMs / (1 - (reloads + writes) * livingMs)
  return Number.isFinite(presentMs) ? presentMs / (presentMs + 1 / (reads + writes)) : 1
}
