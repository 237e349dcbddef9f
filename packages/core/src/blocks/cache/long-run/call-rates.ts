import type { Popularity } from '../../block.ts'
import { unspaced } from '../../spacing.ts'
import type { KeyRates } from './key-rates.ts'
import type { PastReads } from './past-calls.ts'

/** How often what happens to the entry of each key of one endpoint, as far as the popularity of keys is known. */
export class CallRates {
  /** Keys that may be in: those that are read, and those that writes bring in. */
  readonly keys: number
  /** Whether all of it is known. */
  readonly areKnown: boolean
  private readonly calls: PastReads
  private readonly rates = { reads: 0, spacing: unspaced, drops: 0, reloads: 0, writes: 0 }

  constructor(calls: PastReads) {
    const { draw, popularity, changes } = calls
    this.calls = calls
    this.areKnown = draw === null || (popularity !== null && changes.every((change) => change.popularity !== null))
    this.keys = changes.reduce(
      (most, change) => (change.leaves === 'entry' ? Math.max(most, change.popularity?.keys ?? 0) : most),
      popularity?.keys ?? 0,
    )
  }

  /** Of a node that sees so large a share of the calls. Written over by the next call, of this or of `mostFrom`. */
  of(key: number, share: number): KeyRates {
    return this.summed(share, (popularity) => popularity.perMsOf(key))
  }

  /** At most, for this key and any that follows it. */
  mostFrom(key: number, share: number): KeyRates {
    return this.summed(share, (popularity) => popularity.mostPerMsFrom(key))
  }

  private summed(share: number, of: (popularity: Popularity) => number): KeyRates {
    const { rates, calls } = this
    const reads = calls.popularity === null ? 0 : of(calls.popularity) * share
    let [drops, reloads, writes] = [0, 0, 0]
    for (const { leaves, popularity, reached, isEverywhere } of calls.changes) {
      const perMs = popularity === null ? 0 : of(popularity) * reached * (isEverywhere ? 1 : share)
      if (leaves === 'nothing') drops += perMs
      else if (leaves === 'copy') reloads += perMs
      else writes += perMs
    }
    // In a circle of caches this is requested while it is found out: it is written when all is known.
    rates.reads = reads
    rates.spacing = share === 1 ? (calls.popularity?.spacing ?? unspaced) : unspaced
    rates.drops = drops
    rates.reloads = reloads
    rates.writes = writes
    return rates
  }
}
