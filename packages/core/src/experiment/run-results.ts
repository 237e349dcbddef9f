import { blockNames, kindsOf } from '../before-run/kinds.ts'
import type { RequestKind } from '../kernel/simulation.ts'
import type { Design, Objective, Subject } from '../language/design.ts'
import { censoredQuantileInterval, isKnown, noAnswerYet } from '../stats/censored-quantile.ts'
import { type Estimate, exactly, insufficientData, usualConfidence } from '../stats/estimate.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import { type Range, ratioInterval } from '../stats/mean-interval.ts'
import { merged, observationsBeyondQuantile } from '../stats/quantile-interval.ts'
import { shareInterval } from '../stats/share-interval.ts'
import { guaranteed } from '../stats/stopping.ts'
import { blockCells } from './block-cell.ts'
import { replicationsIn } from './fold.ts'
import { growsWithRun } from './grows.ts'
import { levelsWithin } from './levels-within.ts'
import { ofBlockOrCalls } from './measure.ts'
import { measures } from './measures.ts'
import { Places } from './places.ts'
import { unlessRare, unlessRareAt } from './rare-draws.ts'
import { unlessHeldUp } from './rare-holds.ts'
import { type SelectedHistograms, Selections, sumOf } from './selected.ts'
import type { BlockCell, BlockHistogram, KindCell, Plan, Replicate } from './task.ts'
import { growing, knownShare, meanNotKnown } from './unanswered.ts'

/** Which requests, and which stretches of time. */
export interface Selection {
  readonly kinds: readonly number[]
  readonly cells: readonly number[]
  /** The window of time of an objective, if it has one. */
  readonly window?: NonNullable<Objective['window']>
}

/** What replications found, and every measure that can be read from them. */
export class RunResults {
  readonly design: Design
  readonly plan: Plan
  /** Replications, or batches of them where there are many. */
  readonly replicates: readonly Replicate[]
  readonly kinds: readonly RequestKind[]
  readonly blocks: readonly string[]
  readonly places: Places
  /** The cells that count: all but the warm-up and what follows the measurement. */
  readonly measured: readonly number[]
  readonly confidence: number
  /** Blocks whose backlog grows throughout without limit: some numbers of them only say how long the run was. */
  readonly growing: ReadonlySet<string>
  /** Kinds of request, by index, that wait ever longer in these backlogs. */
  readonly endless: ReadonlySet<number>
  private isPart = false
  private readonly selections = new Selections()
  private everything: Selection | null = null

  constructor(
    design: Design,
    plan: Plan,
    replicates: readonly Replicate[],
    confidence = usualConfidence,
    { growing, endless }: Pick<RunResults, 'growing' | 'endless'> = { growing: new Set(), endless: new Set() },
  ) {
    this.design = design
    this.plan = plan
    this.replicates = replicates
    this.confidence = confidence
    this.growing = growing
    this.endless = endless
    this.kinds = kindsOf(design)
    this.blocks = blockNames(design)
    this.places = new Places(this.blocks, replicates[0])
    this.measured = plan.cellStartsMs.flatMap((startMs, cell) =>
      startMs >= plan.measureFromMs && startMs < plan.measureToMs ? [cell] : [],
    )
  }

  /** What some of the replications found, by position; a percentile of a part has no interval of its own. */
  among(kept: readonly number[]): RunResults {
    const part = this.of(kept.map((i) => this.replicates[i] as Replicate))
    part.isPart = true
    return part
  }

  /** All of it, for percentiles without an interval: of few replications there is none. */
  asPart(): RunResults {
    return this.among([...this.replicates.keys()])
  }

  /** The same about other replications. */
  protected of(replicates: readonly Replicate[]): RunResults {
    return new RunResults(this.design, this.plan, replicates, this.confidence, this)
  }

  /** Replications behind all of it, however many are in a batch. */
  get replications(): number {
    return replicationsIn(this.replicates)
  }

  /** All requests over all measured time. */
  get all(): Selection {
    this.everything ??= { kinds: this.kinds.map((kind) => kind.index), cells: this.measured }
    return this.everything
  }

  /** The cells of the first and of the second half of a steady measurement; null where they are not told apart. */
  get halves(): readonly [readonly number[], readonly number[]] | null {
    const { halfMs, measureFromMs, measureToMs } = this.plan
    if (halfMs === undefined) return null
    return [this.cellsWithin(measureFromMs, halfMs), this.cellsWithin(halfMs, measureToMs)]
  }

  /** The cells within a stretch of time. */
  cellsWithin(fromMs: number, toMs: number): readonly number[] {
    return this.measured.filter((cell) => {
      const startMs = this.plan.cellStartsMs[cell] as number
      return startMs >= fromMs && startMs < toMs
    })
  }

  /** Mean response time of the requests that were answered, unless too many have no answer yet. */
  mean(selection: Selection): Estimate {
    const answered = this.ratio(
      selection,
      (cell) => cell.sumMs,
      (cell) => cell.answered,
    )
    return meanNotKnown(this, selection) ?? unlessRare(this, selection.kinds, answered)
  }

  /** Share of the requests offered; those inside at the end, of whom nobody can say yet, are left out. */
  share(selection: Selection, count: (cell: KindCell) => number): Estimate {
    return this.shareOf(selection, count, (cell) => cell.offered - cell.stillInTime)
  }

  /** Share of what `whole` counts, of which so many are `independent`, or all. */
  shareOf(
    selection: Selection,
    part: (cell: KindCell) => number,
    whole: (cell: KindCell) => number,
    independent?: number,
  ): Estimate {
    const [parts, wholes] = [this.sums(selection, part), this.sums(selection, whole)]
    return this.counted(shareInterval(parts, wholes, this.confidence, independent))
  }

  /** Share of the requests offered; a range where too many have no answer yet, or where those are stuck. */
  shareKnown(selection: Selection, count: (cell: KindCell) => number): Estimate {
    return knownShare(this, selection, count)
  }

  /** Requests answered per second of the time selected, whenever they arrived. */
  throughput(selection: Selection): Estimate {
    return this.rate(selection, (cell) => cell.completed)
  }

  percentile(selection: Selection, percentile: number): Estimate {
    const { histograms, percentiles } = this.select(selection)
    const known = percentiles.get(percentile)
    if (known !== undefined) return known
    const found = unlessHeldUp(this, selection.kinds, percentile / 100, this.quantileOf(histograms, percentile))
    percentiles.set(percentile, found)
    return found
  }

  /**
   * A percentile without an interval; null where fewer than 100 observations lie beyond it. `isKnown` is false where it
   * falls among requests that have no answer yet: it is then at least `ms`.
   */
  quantile(selection: Selection, percentile: number): { readonly ms: number; readonly isKnown: boolean } | null {
    const all = merged(this.histograms(selection))
    const q = percentile / 100
    if (all.count * (1 - q) < observationsBeyondQuantile) return null
    return { ms: all.quantile(q), isKnown: isKnown(all, q) }
  }

  /** One histogram a replication. */
  histograms(selection: Selection): readonly LatencyHistogram[] {
    return this.select(selection).histograms
  }

  private select(selection: Selection): SelectedHistograms {
    return this.selections.of(this.replicates, selection)
  }

  /** Σ of a number over the cells selected, one value a replication. */
  sums(selection: Selection, value: (cell: KindCell) => number): readonly number[] {
    return this.replicates.map((replicate) => sumOf(replicate, selection, value))
  }

  /** Events per second of the time selected. */
  rate(selection: Selection, count: (cell: KindCell) => number): Estimate {
    const seconds = this.durationsMs(selection.cells).map((ms) => ms / 1000)
    return this.interval(this.sums(selection, count), seconds)
  }

  /** Length of the time selected, by replication or added up over those of a batch, in ms. */
  durationsMs(cells: readonly number[]): readonly number[] {
    return this.replicates.map((replicate) => cells.reduce((sum, cell) => sum + this.cellMs(replicate, cell), 0))
  }

  /** Quotient of two numbers of a block over the time selected; `time` is that time in ms. */
  blockRatio(
    block: number,
    above: (cell: BlockCell) => number,
    below: ((cell: BlockCell) => number) | 'time',
    cells: readonly number[] = this.measured,
  ): Estimate {
    return this.quotient(block, above, below, cells)
  }

  /** The share of what `whole` counts at a block that `part` counts; of the whole so many are `independent`, or all. */
  blockShare(
    block: number,
    part: (cell: BlockCell) => number,
    whole: (cell: BlockCell) => number,
    cells: readonly number[] = this.measured,
    independent?: number,
  ): Estimate {
    const [parts, wholes] = [this.blockSums(block, part, cells), this.blockSums(block, whole, cells)]
    return this.counted(shareInterval(parts, wholes, this.confidence, independent))
  }

  /** Quotient of two numbers of a block that settle at once: use, and events per second. */
  private quotient(
    block: number,
    above: (cell: BlockCell) => number,
    below: ((cell: BlockCell) => number) | 'time',
    cells: readonly number[],
    range: Range = 'non-negative',
  ): Estimate {
    const over = below === 'time' ? this.durationsMs(cells) : this.blockSums(block, below, cells)
    return this.interval(this.blockSums(block, above, cells), over, range)
  }

  /** Σ of a number of a block over the time selected, one value a replication. */
  blockSums(block: number, value: (cell: BlockCell) => number, cells: readonly number[]): readonly number[] {
    return this.replicates.map((replicate) =>
      cells.reduce((total, cell) => total + value(blockCells(replicate, block)[cell] as BlockCell), 0),
    )
  }

  /** Σ of a number of a block over the time selected of all replications. */
  blockSum(block: number, value: (cell: BlockCell) => number, cells = this.measured): number {
    return this.blockSums(block, value, cells).reduce((total, one) => total + one, 0)
  }

  /** The requests that an objective is about. */
  selectionOf({ subject, window }: Pick<Objective, 'subject' | 'window'>): Selection {
    const cells = window === undefined ? this.measured : this.cellsWithin(window.fromMs, window.toMs)
    return { kinds: this.kindsOf(subject), cells, ...(window === undefined ? {} : { window }) }
  }

  /** The measure that an objective bounds. */
  measure(objective: Pick<Objective, 'subject' | 'measure' | 'percentile' | 'window'>): Estimate {
    const { subject } = objective
    if (growsWithRun(this, objective)) return growing(this)
    const selection = this.selectionOf(objective)
    const percentile = objective.percentile ?? 99
    const measure = measures.get(objective.measure)
    const found =
      subject.kind === 'block'
        ? ofBlockOrCalls(measure, this, this.places.of(subject), subject.callee, selection, percentile)
        : measure.ofRequests?.(this, selection, percentile)
    return found ?? insufficientData(`${objective.measure} does not apply here`, this.replications)
  }

  private kindsOf(subject: Subject): readonly number[] {
    return this.kinds
      .filter(
        (kind) =>
          subject.kind === 'design' ||
          (subject.kind === 'traffic' && kind.source === subject.source) ||
          (subject.kind === 'request' && kind.source === subject.source && kind.name === subject.request),
      )
      .map((kind) => kind.index)
  }

  /** Mean number of requests in flight during the cells selected. */
  inFlight({ cells }: Selection): Estimate {
    const levels = levelsWithin(this, cells)
    if (levels === null)
      return insufficientData('the window is too short for the samples of the run', this.replications)
    const mean = this.interval(levels, new Array<number>(levels.length).fill(1))
    return unlessRare(this, this.all.kinds, mean)
  }

  /** Mean number of calls inside a block. */
  blockInFlight(block: number, cells: readonly number[]): Estimate {
    return unlessRareAt(
      this,
      block,
      'stay',
      this.blockRatio(block, (cell) => cell.insideArea, 'time', cells),
    )
  }

  /** Events of a block per second of the time selected. */
  blockRate(block: number, count: (cell: BlockCell) => number, cells: readonly number[]): Estimate {
    return perSecond(this.quotient(block, count, 'time', cells))
  }

  /** Position of a counter of a block, -1 if it keeps none of that name. */
  counter(block: number, name: string): number {
    return this.places.counter(block, name)
  }

  /** Ratio of what some of the counters of a block counted to what others did. */
  counterRatio(
    block: number,
    above: readonly string[],
    below: readonly string[],
    cells: readonly number[],
    range: Range = 'non-negative',
  ): Estimate {
    const places = (names: readonly string[]) => names.map((name) => this.counter(block, name))
    const [over, under] = [places(above), places(below)]
    const missing = [...above, ...below].find((_, i) => ([...over, ...under][i] as number) < 0)
    if (missing !== undefined) return insufficientData(`the block does not count \`${missing}\``, this.replications)
    const count = (cell: BlockCell, counters: readonly number[]) =>
      counters.reduce((sum, counter) => sum + (cell.counters[counter] ?? 0), 0)
    const counted = [(cell: BlockCell) => count(cell, over), (cell: BlockCell) => count(cell, under)] as const
    return range === 'share' ? this.blockShare(block, ...counted, cells) : this.blockRatio(block, ...counted, cells)
  }

  /** A number known without error. */
  exactly(point: number): Estimate {
    return exactly(point, this.replications)
  }

  /** Share of a resource in use. */
  utilization(block: number, resource: number, cells: readonly number[] = this.measured): Estimate {
    const capacity = this.places.capacity(block, resource)
    if (capacity === undefined) return insufficientData('the block has no such resource', this.replications)
    return this.quotient(block, (cell) => (cell.resources[resource] ?? 0) / capacity, 'time', cells, 'share')
  }

  /** Share of the resource of this name in use: blocks differ in what they have, and in which order. */
  use(block: number, resource: string, cells: readonly number[] = this.measured): Estimate {
    return this.utilization(block, this.places.names(block)?.resources.indexOf(resource) ?? -1, cells)
  }

  /** Mean number of calls in the queue of this name. */
  queueLength(block: number, queue: string, cells: readonly number[] = this.measured): Estimate {
    const position = this.places.names(block)?.queues.indexOf(queue) ?? -1
    if (position < 0) return insufficientData(`the block has no queue named ${queue}`, this.replications)
    const mean = this.blockRatio(block, (cell) => cell.queues[position] ?? 0, 'time', cells)
    return unlessRareAt(this, block, 'wait', mean)
  }

  /** Capacity of each resource of each block. */
  get capacities(): readonly (readonly number[])[] {
    return this.replicates[0]?.capacities ?? []
  }

  /** A percentile of a distribution inside a block, if it was kept. */
  blockPercentile(block: number, of: BlockHistogram, percentile: number): Estimate {
    const encoded = this.replicates.map((replicate) => this.places.histogram(replicate, block, of))
    if (encoded.some((one) => one === null))
      return insufficientData('the run did not keep its distribution', this.replications)
    const histograms = encoded.map((one) => LatencyHistogram.decode(one as Float64Array))
    return this.quantileOf(histograms, percentile)
  }

  protected quantileOf(histograms: readonly LatencyHistogram[], percentile: number): Estimate {
    if (this.isPart) return this.quantileOfPart(merged(histograms), percentile / 100)
    return this.counted(censoredQuantileInterval(histograms, percentile / 100, this.confidence))
  }

  private quantileOfPart(all: LatencyHistogram, q: number): Estimate {
    const ms = all.quantile(q)
    if (isKnown(all, q)) return this.exactly(ms)
    return insufficientData(noAnswerYet(all.open / all.count), this.replications, { atLeast: ms })
  }

  /** Ratio of two sums. */
  ratio(selection: Selection, above: (cell: KindCell) => number, below: (cell: KindCell) => number): Estimate {
    return this.interval(this.sums(selection, above), this.sums(selection, below))
  }

  interval(above: readonly number[], below: readonly number[], range: Range = 'non-negative'): Estimate {
    return this.counted(ratioInterval(above, below, this.confidence, range))
  }

  /** Estimators take a batch for a replication; what they answer counts all that are in it, and says what it guarantees. */
  counted(estimate: Estimate): Estimate {
    return { ...guaranteed(estimate), replications: this.replications }
  }

  private cellMs(replicate: Replicate, cell: number): number {
    const startMs = Math.min(this.plan.cellStartsMs[cell] as number, replicate.endMs)
    const endMs = Math.min(this.plan.cellStartsMs[cell + 1] ?? replicate.endMs, replicate.endMs)
    return (endMs - startMs) * replicate.replications
  }
}

/** An estimate per ms as one per second. */
function perSecond(estimate: Estimate): Estimate {
  if (!estimate.sufficient) return estimate
  return { ...estimate, point: estimate.point * 1000, low: estimate.low * 1000, high: estimate.high * 1000 }
}
