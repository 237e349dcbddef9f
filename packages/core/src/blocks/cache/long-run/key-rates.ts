import { exp, pow } from '../../../support/elementary.ts'
import type { Spacing } from '../../spacing.ts'

/** What happens to one key of a cache, per ms, all of it at independent moments. */
export interface KeyRates {
  /** Reads, which bring it in. */
  readonly reads: number
  /** How reads follow one another. */
  readonly spacing: Spacing
  /** Changes that throw it out. */
  readonly drops: number
  /** Changes that load it again if it is in. */
  readonly reloads: number
  /** Writes that bring it in. */
  readonly writes: number
}

/** Probability that nobody requests the key for so long. */
export function unaskedShare(perMs: number, ms: number): number {
  return perMs === 0 ? 1 : exp(-perMs * ms)
}

/**
 * Mean time from any moment to the next call, ms. In one of n streams at rate r, whose gaps have a least length T and an
 * exponential rest, no call comes for t with probability 1 - rt up to T, and with (1 - rT) exp(-r (t - T) / (1 - rT)) beyond.
 */
export function untilNextMs(perMs: number, { leastGapMs, streams }: Spacing): number {
  if (leastGapMs === 0 || perMs === 0) return 1 / perMs
  const rate = perMs / streams
  const quiet = Math.max(0, 1 - rate * leastGapMs)
  const beyond = pow(quiet, streams + 1)
  return ((1 - beyond) / (streams + 1) + beyond / streams) / rate
}
