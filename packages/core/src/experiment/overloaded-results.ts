import type { Estimate } from '../stats/estimate.ts'
import type { Overload } from './overload.ts'
import { RunResults, type Selection } from './run-results.ts'
import type { KindCell } from './task.ts'
import { shareNotKnown } from './unanswered.ts'

/**
 * What replications found whose requests wait in a backlog that grows without limit: those that have no answer yet are more
 * the longer the run is, however few they are at its end. A share counts them as either.
 */
export class OverloadedResults extends RunResults {
  override shareKnown(selection: Selection, count: (cell: KindCell) => number): Estimate {
    const isEndless = selection.kinds.some((kind) => this.endless.has(kind))
    return isEndless
      ? (shareNotKnown(this, selection, count, 0) ?? this.share(selection, count))
      : super.shareKnown(selection, count)
  }
}

/**
 * The same with the blocks whose backlog grows, of which numbers that grow with the run are withheld. A run of several phases
 * shows what happened in them, and keeps its numbers.
 * @param endless the kinds of request that wait in these backlogs
 */
export function withOverloads(
  found: RunResults,
  overloads: readonly Overload[],
  endless: ReadonlySet<number>,
): RunResults {
  const { design, plan, replicates, confidence } = found
  const growing = new Set(overloads.map(({ block }) => block))
  return new (endless.size > 0 ? OverloadedResults : RunResults)(design, plan, replicates, confidence, {
    growing,
    endless,
  })
}
