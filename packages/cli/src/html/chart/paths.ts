import { area, line } from 'd3-shape'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Returns a line through the points, with a gap at each missing point. */
export function linePath(points: readonly (Point | null)[]): string {
  const path = line<Point | null>(
    (point) => point?.x ?? 0,
    (point) => point?.y ?? 0,
  ).defined((point) => point !== null)
  path.digits(1)
  return path(points) ?? ''
}

/** Returns the area between two lines with points at the same x. */
export function bandPath(low: readonly (Point | null)[], high: readonly (Point | null)[]): string {
  const path = area<number>(
    (i) => low[i]?.x ?? 0,
    (i) => low[i]?.y ?? 0,
    (i) => high[i]?.y ?? 0,
  ).defined((i) => low[i] !== null && high[i] !== null)
  path.digits(1)
  return path(low.map((_, i) => i)) ?? ''
}
