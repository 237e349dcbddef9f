import type { Copy } from './copy.ts'

/** A change that was made on behalf of a call, and those made before it: what the call has to be shown from now on. */
export interface Wrote {
  /** What the change stored. */
  readonly copy: Copy
  /** When it took effect, ms. */
  readonly atMs: number
  readonly earlier: Wrote | null
}

/** What is shown to somebody who has changed it before, and lacks that: read your writes is broken. */
class BeforeOwnWrites implements Copy {
  readonly absent: boolean
  readonly shown: Copy
  /** When the own changes took effect that it lacks, ascending, and when it was shown. */
  private readonly lackingMs: readonly number[]
  private readonly shownMs: number

  constructor(shown: Copy, lackingMs: readonly number[], shownMs: number) {
    this.shown = shown
    this.absent = shown.absent
    this.lackingMs = lackingMs
    this.shownMs = shownMs
  }

  /** Changes that had taken effect by then are in what is shown already, the own ones among them. */
  versionsBehind(atMs: number): number {
    return this.shown.versionsBehind(atMs) + this.lackingMs.filter((tookEffectMs) => tookEffectMs > atMs).length
  }

  msBehind(atMs: number): number {
    const later = this.lackingMs.find((tookEffectMs) => tookEffectMs > atMs)
    return Math.max(this.shown.msBehind(atMs), later === undefined ? 0 : this.shownMs - later)
  }

  isOfSame(other: Copy): boolean {
    const shown = other instanceof BeforeOwnWrites ? other.shown : other
    return this.shown.isOfSame?.(shown) === true
  }

  lacks(change: Copy): boolean {
    return this.shown.lacks?.(change) === true
  }
}

/** What is shown to a call that has made these changes: it counts those among them that it lacks. */
export function afterOwnWrites(shown: Copy, wrote: Wrote | null, nowMs: number): Copy {
  if (wrote === null || shown.lacks === undefined) return shown
  const lackingMs: number[] = []
  for (let own: Wrote | null = wrote; own !== null; own = own.earlier) {
    if (shown.lacks(own.copy)) lackingMs.push(own.atMs)
  }
  return lackingMs.length === 0
    ? shown
    : new BeforeOwnWrites(
        shown,
        lackingMs.sort((a, b) => a - b),
        nowMs,
      )
}

/** The changes of both. */
export function withWrites(one: Wrote | null, other: Wrote | null): Wrote | null {
  let all = one
  for (let own = other; own !== null; own = own.earlier) {
    if (!has(one, own.copy)) all = { copy: own.copy, atMs: own.atMs, earlier: all }
  }
  return all
}

function has(wrote: Wrote | null, copy: Copy): boolean {
  for (let own = wrote; own !== null; own = own.earlier) if (own.copy === copy) return true
  return false
}
