import { exp } from '../../../support/elementary.ts'
import type { Lifetimes } from '../shelf/lifetimes.ts'
import { type KeyRates, unaskedShare, untilNextMs } from './key-rates.ts'
import { LifeStage } from './life-stage.ts'

const stage = new LifeStage()

/** Share of the reads of a key that find it in the long run, where a key that nobody requests is evicted after `staysMs`. */
export function foundShare(rates: KeyRates, lifetimes: Lifetimes, ttlMs: number, staysMs: number): number {
  const { reads, spacing, drops, reloads, writes } = rates
  if (reads + writes === 0) return 0
  if (lifetimes.sliding) return foundIfSliding(rates, Math.min(ttlMs, staysMs))
  const stageMs = (ttlMs + lifetimes.graceMs) * (1 - lifetimes.jitter / 2)
  const endsPerMs = drops + reloads + writes
  if (endsPerMs === 0 && stageMs === Number.POSITIVE_INFINITY) return 1 - unaskedShare(reads, staysMs)
  const { livingMs } = stage.set(stageMs, reads, endsPerMs, staysMs)
  // Of the reads in a life and the pause after it, the first misses.
  if (endsPerMs === 0) return 1 - 1 / Math.max(1, reads * (livingMs + untilNextMs(reads, spacing)))
  const presentMs = livingMs / (1 - (reloads + writes) * livingMs)
  return Number.isFinite(presentMs) ? presentMs / (presentMs + 1 / (reads + writes)) : 1
}

/** Where every hit begins the time to live again, the last call decides: it came within that time, and no change since. */
function foundIfSliding({ reads, drops, writes }: KeyRates, mostIdleMs: number): number {
  const asked = reads + writes
  return (1 - exp(-asked * mostIdleMs)) * (asked / (asked + drops))
}
