/** How far an answer reaches over worlds: what is uncertain about the design, not about the estimate. */
export interface WorldRange {
  readonly median: number
  /** A twentieth of the worlds is below. */
  readonly low: number
  /** A twentieth of the worlds is above. */
  readonly high: number
  readonly worlds: number
}

/**
 * The 5 to 95 % range of one answer over worlds, each drawn once from what the design leaves uncertain. With fewer than
 * 20 worlds the ends are the smallest and the largest answer: nothing in between could be told apart from them. An
 * answer that is infinite in a world (not answered) counts as the largest. Undefined without a world.
 * Source of the interpolation: R. J. Hyndman and Y. Fan, The American Statistician 50(4), 1996, definition 8.
 */
export function worldRange(answers: ArrayLike<number>): WorldRange | undefined {
  const sorted = Float64Array.from(answers).sort()
  if (sorted.length === 0) return undefined
  const at = (share: number) => quantileOfSorted(sorted, share)
  const few = sorted.length < 20
  return {
    median: at(0.5),
    low: few ? (sorted[0] as number) : at(0.05),
    high: few ? (sorted[sorted.length - 1] as number) : at(0.95),
    worlds: sorted.length,
  }
}

function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = Math.min(Math.max((sorted.length + 1 / 3) * share + 1 / 3, 1), sorted.length)
  const rank = Math.floor(position)
  const below = sorted[rank - 1] as number
  const above = sorted[Math.min(rank, sorted.length - 1)] as number
  return below === above ? below : below + (position - rank) * (above - below)
}
