import { largestSideTask, type RunValues } from '../before-run/run-params.ts'
import type { Objective } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { growthFor, quantileAllowance } from '../stats/stopping.ts'
import { scaleOf } from './binding-objective.ts'
import { objectivesOf } from './judge.ts'
import type { RunResults } from './run-results.ts'

/**
 * How many replications a steady run should have in all so that what its objectives are of is measured as precisely as was
 * asked. The mean response and its p99, which end a run, say nothing about a queue for which no request waits. Whether an
 * objective is decided does not count: a run that ended when it is would keep low estimates and correct high ones.
 *
 * @param precision relative half-width asked of the mean; other measures may be `quantileAllowance` times as wide
 * @param done replications so far, which took so many `events`
 * @returns null where all are as precise, and where more would take too long.
 */
export function replicationsForObjectives(
  results: RunResults,
  { precision, done, events }: { precision: number; done: number; events: number },
): number | null {
  const { design } = results
  const widths = objectivesOf(design).map((objective) => relativeWidth(objective, results.measure(objective)))
  const widest = Math.max(0, ...widths) / (quantileAllowance * precision)
  if (widest <= 1) return null
  const wanted = Math.ceil(done * growthFor(widest))
  const { bounds } = design.run as unknown as RunValues
  return (events * wanted) / done > largestSideTask * bounds.events ? null : wanted
}

/** Half the width of what is measured, relative to it or to what the objective allows; 0 where more replications do not narrow it. */
function relativeWidth(objective: Objective, measured: Estimate): number {
  if (!measured.sufficient) return 0
  const width = (measured.high - measured.low) / 2
  return Number.isFinite(width) ? width / scaleOf(objective, measured.point) : 0
}
