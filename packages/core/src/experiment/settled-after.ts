import { averagedOver, warmUp } from '../stats/warm-up.ts'
import type { Replicate } from './task.ts'

/** Ticks, of those after `from`, in which the replications have settled; null if they have not within the first half. */
export function settledAfter(replicates: readonly Replicate[], from: number): number | null {
  const average = (series: (replicate: Replicate) => ArrayLike<number>) =>
    averagedOver(replicates.map(series)).subarray(from)
  const inside = warmUp(average((replicate) => replicate.series.inside))
  const responses = average((replicate) => replicate.sumMsByTick)
  const answered = average((replicate) => replicate.answeredByTick)
  const response = warmUp(
    responses
      .map((sum, i) => ((answered[i] as number) > 0 ? sum / (answered[i] as number) : 0))
      .subarray(0, responses.length - 5),
  )
  if (!inside.longEnough || !response.longEnough) return null
  return Math.max(inside.cut, response.cut)
}
