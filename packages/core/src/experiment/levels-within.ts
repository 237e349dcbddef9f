import { momentIn } from './measurement.ts'
import type { RunResults } from './run-results.ts'

/**
 * By replication: the mean of the samples of requests in flight that were taken during these cells of time. Null if none was:
 * a run is sampled at as many moments as its plan has ticks.
 */
export function levelsWithin({ plan, replicates }: RunResults, cells: readonly number[]): readonly number[] | null {
  const { endMs, cellStartsMs } = plan
  const tickMs = endMs / plan.ticks
  const spans = cells.map((cell) => [cellStartsMs[cell] as number, cellStartsMs[cell + 1] ?? endMs] as const)
  const isSelected = (_level: number, tick: number): boolean => {
    const atMs = momentIn(tick) * tickMs
    return spans.some(([fromMs, toMs]) => atMs >= fromMs && atMs < toMs)
  }
  const levels = replicates.map(({ series }) => {
    const own = series.inside.filter(isSelected)
    return own.reduce((sum, level) => sum + level, 0) / own.length
  })
  return levels.some(Number.isNaN) ? null : levels
}
