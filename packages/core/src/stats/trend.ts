import type { Estimate } from './estimate.ts'
import { meanInterval } from './mean-interval.ts'

export type Direction = 'growing' | 'falling' | 'steady'

export interface Trend {
  /** Change of the level per step of the series. */
  readonly slope: Estimate
  readonly direction: Direction
}

/**
 * Whether a level (the number inside, a backlog) still grows over the second half of its series: the least-squares
 * slope of each replication, and Student's t interval of their mean. `series[r][i]` is the level of replication r at
 * step i, steps evenly spaced. A level that merely wanders has slopes of either sign, so the interval contains zero;
 * the confidence is high because "does not carry this load" must not be said by chance: 99.9 %.
 */
export function trend(series: readonly ArrayLike<number>[], confidence = 0.999): Trend {
  const slope = meanInterval(
    series.map((one) => slopeOf(one, Math.floor(one.length / 2))),
    confidence,
  )
  const certain = slope.sufficient && (slope.low > 0 || slope.high < 0)
  return { slope, direction: certain ? (slope.point > 0 ? 'growing' : 'falling') : 'steady' }
}

/** Least-squares slope per step of the values from `start` on; 0 where fewer than two. */
function slopeOf(values: ArrayLike<number>, start: number): number {
  const size = values.length - start
  const centre = (size - 1) / 2
  let products = 0
  let squares = 0
  for (let i = 0; i < size; i += 1) {
    products += (i - centre) * (values[start + i] as number)
    squares += (i - centre) * (i - centre)
  }
  return squares === 0 ? 0 : products / squares
}
