import type { Estimate } from '../stats/estimate.ts'
import { RunResults, type Selection } from './run-results.ts'
import type { KindCell } from './task.ts'
import { shareNotKnown } from './unanswered.ts'

/**
 * What replications found whose requests wait in a backlog that grows without limit: those that have no answer yet are more
 * the longer the run is, however few they are at its end. A share counts them as either.
 */
export class OverloadedResults extends RunResults {
  override shareKnown(selection: Selection, count: (cell: KindCell) => number): Estimate {
    return shareNotKnown(this, selection, count, 0) ?? this.share(selection, count)
  }
}
