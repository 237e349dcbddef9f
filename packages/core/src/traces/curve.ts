/** A cache of this size hits so large a share of the requests. */
export interface CurvePoint {
  readonly size: number
  readonly hitRatio: number
}

const sizes = 8

/** Eight sizes from a thousandth of `total` to all of it, each about 2.7 times the one before; fewer of a small total. */
export function usualSizes(total: number): readonly number[] {
  if (!(total >= 1)) return []
  const ratio = 2.6826957952797255 // the seventh root of 1000
  const found = [Math.max(1, Math.floor(total))]
  let size = total
  for (let i = 1; i < sizes; i++) {
    size /= ratio
    const rounded = twoDigits(size)
    if (rounded >= 1 && rounded < (found[0] as number)) found.unshift(rounded)
  }
  return found
}

/** Whole numbers that one can say. */
function twoDigits(value: number): number {
  let unit = 1
  while (unit * 100 <= value) unit *= 10
  return Math.round(value / unit) * unit
}

/**
 * Where more room begins to bring less than before: the point farthest above the straight line from nothing to the last
 * one, if any is well above it (V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a Kneedle in a Haystack", 2011,
 * without its smoothing).
 */
export function knee(points: readonly CurvePoint[]): CurvePoint | null {
  const last = points.at(-1)
  if (points.length < 3 || last === undefined || last.hitRatio <= 0) return null
  let best: CurvePoint | null = null
  let farthest = 0.1
  for (const point of points) {
    const above = point.hitRatio / last.hitRatio - point.size / last.size
    if (above <= farthest) continue
    farthest = above
    best = point
  }
  return best
}
