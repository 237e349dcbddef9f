import type { Estimate } from '../stats/estimate.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { Selection } from './run-results.ts'
import type { KindCell, Replicate } from './task.ts'

/** The histograms of a selection, and the percentiles that were read from them: of thousands of objectives, many are the same. */
export interface SelectedHistograms {
  readonly name: string
  readonly histograms: readonly LatencyHistogram[]
  readonly percentiles: Map<number, Estimate>
}

/** What a replication counted of the requests selected. */
export function cellsOf(replicate: Replicate, selection: Selection): readonly KindCell[] {
  return selection.kinds.flatMap((kind) =>
    selection.cells.map((cell) => (replicate.kinds[kind] as readonly KindCell[])[cell] as KindCell),
  )
}

/** The response times of the requests selected, in one replication. */
export function histogramOf(replicate: Replicate, selection: Selection): LatencyHistogram {
  const [first, ...others] = cellsOf(replicate, selection)
  const histogram = first === undefined ? new LatencyHistogram() : LatencyHistogram.decode(first.histogram)
  for (const cell of others) histogram.add(LatencyHistogram.decode(cell.histogram))
  return histogram
}
