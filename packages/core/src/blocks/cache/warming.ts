import { ln } from '../../support/elementary.ts'
import type { UniformSource } from '../../support/laws/law.ts'

/** What is to be filled: one node, or several among which the keys are spread. */
export interface Filling {
  /** Asks for a key. @returns a slot, or below 0 if it is not in. */
  find(key: number, nowMs: number): number
  fill(key: number, weight: number, livedShare: number, nowMs: number): void
  /** Since the beginning: entries that expired, and entries thrown out or refused: 0 as long as there is room. */
  readonly expired: number
  readonly replaced: number
  setExpiries(expiry: (expiresMs: number) => number): void
  resetCounts(): void
}

export interface Warming {
  /** Draws one key of the stream of reads. */
  readonly draw: () => number
  /** Reads per ms; 0 if unknown. */
  readonly perMs: number
  /** How long an entry may be shown at most; Infinity for ever. */
  readonly ttlMs: number
  readonly weightOf: (key: number) => number
  /** Entries that there is room for, about. */
  readonly entries: number
  /** Whether the policy has its usual content as soon as the cache is full. */
  readonly settledWhenFull: boolean
  readonly random: UniformSource
}

const mostDraws = 20e6
const stretch = 65_536

/**
 * Fills a cache with what it holds in the long run, without time: its keys are drawn until it is full, and then twice as
 * many again where the policy needs that to settle. It ends earlier when draws bring next to nothing in any more, or
 * when all could have expired three times.
 *
 * Ages: drawn keys have the times of independent reads at the rate given. In the first time to live a key that is new
 * gets only part of it, at random, as if it had come in before: popular keys would else expire together for ever. If the
 * draws take less than one time to live, ages are spread evenly over it.
 */
export function warm(entries: Filling, warming: Warming): void {
  const { draw, perMs, ttlMs, weightOf, random } = warming
  const gapMs = perMs > 0 ? 1 / perMs : 0
  const gap = () => (gapMs === 0 ? 0 : -ln(random.next()) * gapMs)
  const expires = Number.isFinite(ttlMs)
  let goal = Math.min(mostDraws, 20 * warming.entries)
  let full = false
  let nowMs = 0
  let loads = 0
  for (let draws = 1; draws <= goal; draws++) {
    const nextMs = expires ? nowMs + gap() : 0
    // It ends at this moment, not at the read after it: that comes after a gap which is longer than usual.
    if (gapMs > 0 && nextMs > 3 * ttlMs) {
      nowMs = 3 * ttlMs
      break
    }
    nowMs = nextMs
    const key = draw()
    const { expired } = entries
    if (entries.find(key, nowMs) < 0) {
      loads++
      const isFirst = entries.expired === expired
      const livedShare = expires && nowMs < ttlMs && isFirst ? 1 - random.next() : 0
      entries.fill(key, weightOf(key), livedShare, nowMs)
    }
    if (!full && entries.replaced > 0) {
      full = true
      goal = Math.min(goal, warming.settledWhenFull ? Math.max(draws, expires ? ttlMs * perMs : 0) : draws * 3)
    }
    if (draws % stretch === 0) {
      if (loads < stretch / 2000) break
      loads = 0
    }
  }
  if (expires && nowMs < ttlMs) entries.setExpiries(() => random.next() * ttlMs)
  else if (expires) entries.setExpiries((expiresMs) => expiresMs - nowMs)
  entries.resetCounts()
}
