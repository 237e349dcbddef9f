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

/** Σ of a number over what a replication counted of the requests selected. */
export function sumOf({ kinds }: Replicate, selection: Selection, value: (cell: KindCell) => number): number {
  let sum = 0
  for (const kind of selection.kinds) {
    const cells = kinds[kind] as readonly KindCell[]
    for (const cell of selection.cells) sum += value(cells[cell] as KindCell)
  }
  return sum
}

/** The response times of the requests selected, in one replication. */
function histogramOf(replicate: Replicate, selection: Selection): LatencyHistogram {
  const histogram = new LatencyHistogram()
  for (const cell of cellsOf(replicate, selection)) histogram.addEncoded(cell.histogram)
  return histogram
}

/**
 * The histograms first and last requested. Several percentiles are read from the same ones, and those of all requests are
 * the first and come back between those of each kind.
 */
export class Selections {
  private known: readonly SelectedHistograms[] = []

  of(replicates: readonly Replicate[], selection: Selection): SelectedHistograms {
    const name = `${selection.kinds.join()} ${selection.cells.join()}`
    const known = this.known.find((one) => one.name === name)
    if (known !== undefined) return known
    const histograms = replicates.map((replicate) => histogramOf(replicate, selection))
    const found: SelectedHistograms = { name, histograms, percentiles: new Map() }
    const [first] = this.known
    this.known = first === undefined ? [found] : [first, found]
    return found
  }
}
