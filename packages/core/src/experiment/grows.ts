import type { Objective } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { growsBehind } from './done.ts'
import { measures } from './measures.ts'
import type { RunResults } from './run-results.ts'

type Measured = Pick<Objective, 'subject' | 'measure' | 'window'>

/** Whether a number grows with the length of the run, as the backlog of a block does; a window that ends before is as it is. */
export function growsWithRun(results: RunResults, { subject, measure, window }: Measured): boolean {
  if (results.growing.size === 0 || (window !== undefined && window.toMs < results.plan.measureToMs)) return false
  const { grows } = measures.get(measure)
  if (subject.kind === 'block') return grows === 'at the block' && results.growing.has(subject.block)
  return grows === 'behind requests' && growsBehind(results, results.selectionOf({ subject }).kinds)
}

/** Whether a number says how long the run was: it grows with the run, or is of requests that wait ever longer. */
export function isEverLonger(objective: Measured, results: RunResults, endless = results.endless): boolean {
  if (growsWithRun(results, objective)) return true
  const { kinds } = objective.subject.kind === 'block' ? results.all : results.selectionOf(objective)
  return kinds.some((kind) => endless.has(kind))
}

/** Outcome of the measure of an objective where a backlog grows without limit; undefined where it is what was measured. */
export function underOverload(objective: Measured, measured: Estimate, results: RunResults): number | undefined {
  if (growsWithRun(results, objective)) return Number.POSITIVE_INFINITY
  const { dimension, overloaded } = measures.get(objective.measure)
  if (objective.subject.kind === 'block' || (dimension !== 'duration' && measured.sufficient)) return undefined
  // A percentile over several kinds may fall among those that do not wait.
  const isAmongOthers =
    objective.measure === 'percentile' && results.endless.size > 0 && (measured.sufficient || !measured.isGrowing)
  return isAmongOthers ? undefined : overloaded
}
