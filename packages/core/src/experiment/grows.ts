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

/** Outcome of the measure of an objective where a backlog grows without limit; undefined where it is what was measured. */
export function underOverload(objective: Measured, measured: Estimate, results: RunResults): number | undefined {
  if (growsWithRun(results, objective)) return Number.POSITIVE_INFINITY
  const { dimension, overloaded } = measures.get(objective.measure)
  return objective.subject.kind === 'block' || (dimension !== 'duration' && measured.sufficient)
    ? undefined
    : overloaded
}
