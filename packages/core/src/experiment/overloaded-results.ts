import type { Estimate } from '../stats/estimate.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { Overload } from './overload.ts'
import { unlessHeldUp } from './rare-holds.ts'
import { RunResults, type Selection } from './run-results.ts'
import type { KindCell, Replicate } from './task.ts'
import { growing, shareNotKnown } from './unanswered.ts'

/**
 * What replications found whose requests wait in a backlog that grows without limit: those that have no answer yet are more
 * the longer the run is, however few they are at its end. A share counts them as either. A mean over them grows with the
 * run. A percentile counts requests of these kinds as never answered, and has a value where it falls among others.
 */
export class OverloadedResults extends RunResults {
  override shareKnown(selection: Selection, count: (cell: KindCell) => number): Estimate {
    return this.hasEndless(selection)
      ? (shareNotKnown(this, selection, count, 0) ?? this.share(selection, count))
      : super.shareKnown(selection, count)
  }

  override mean(selection: Selection): Estimate {
    return this.hasEndless(selection) ? growing(this) : super.mean(selection)
  }

  override percentile(selection: Selection, percentile: number): Estimate {
    if (!this.hasEndless(selection)) return super.percentile(selection, percentile)
    const { others } = this.split(selection)
    const found = this.quantileOf(this.histograms(selection), percentile)
    if (others.kinds.length === 0 || (found.sufficient && found.point === Number.POSITIVE_INFINITY))
      return growing(this)
    return unlessHeldUp(this, others.kinds, percentile / 100, found)
  }

  override histograms(selection: Selection): readonly LatencyHistogram[] {
    if (!this.hasEndless(selection)) return super.histograms(selection)
    const { endless, others } = this.split(selection)
    const offered = this.sums(endless, (cell) => cell.offered)
    return super.histograms(others).map((answered, i) => {
      const all = new LatencyHistogram()
      all.add(answered)
      all.recordUnanswered(offered[i])
      return all
    })
  }

  protected override of(replicates: readonly Replicate[]): RunResults {
    return new OverloadedResults(this.design, this.plan, replicates, this.confidence, this)
  }

  private hasEndless({ kinds }: Selection): boolean {
    return kinds.some((kind) => this.endless.has(kind))
  }

  private split(selection: Selection): { readonly endless: Selection; readonly others: Selection } {
    const { kinds } = selection
    return {
      endless: { ...selection, kinds: kinds.filter((kind) => this.endless.has(kind)) },
      others: { ...selection, kinds: kinds.filter((kind) => !this.endless.has(kind)) },
    }
  }
}

/**
 * The same with the blocks whose backlog grows, of which numbers that grow with the run are withheld. A run of several phases
 * shows what happened in them, and keeps its numbers.
 * @param endless the kinds of request that wait in these backlogs
 */
export function withOverloads(
  found: RunResults,
  overloads: readonly Pick<Overload, 'block'>[],
  endless: ReadonlySet<number>,
): RunResults {
  const { design, plan, replicates, confidence } = found
  const growing = new Set(overloads.map(({ block }) => block))
  return new (endless.size > 0 ? OverloadedResults : RunResults)(design, plan, replicates, confidence, {
    growing,
    endless,
  })
}
