import { LatencyHistogram } from '../stats/histogram.ts'
import type { KindBreakdown } from './breakdown.ts'
import type { BlockCell, BlockSeries, InstanceFound, KindCell, Plan, Replicate, Series } from './task.ts'

/** Batches of one run at most; a run of fewer replications keeps each by itself. */
const mostBatches = 512
/** Batches that every run may keep, however large it is: enough for Student's t and for the rule that ends a run. */
const leastBatches = 40
/** Bytes that all batches of a run take together, about. */
const bytesOfBatches = 256e6
/** Bytes of replications that are run before they are folded, about. */
const bytesOfChunk = 64e6
const mostAtOnce = 64
const leastAtOnce = 8
/** Bytes of what a block counted in one stretch of time, and of a distribution, about. */
const bytesOfBlockCell = 1200
const bytesOfHistogram = 12_000

/** Bytes that a run may take at most, about. */
const mostBytes = 2e9
/** Bytes of a distribution that is being counted, and how many replications are under way, about. */
const bytesWhileCounted = 61_440
const underWay = 4

/** Sizes of what a run keeps. */
export interface Keeping {
  /** Batches at most. */
  readonly batches: number
  /** Replications that are run at once. */
  readonly atOnce: number
  /** Memory that all of it takes, bytes, about. */
  readonly bytes: number
}

type BlockHistograms = Record<keyof Replicate['histograms'][number], Float64Array | null>

/** How much of a run of so many kinds of request and blocks is kept. Depends on nothing but the design and its plan. */
export function keepingOf(kinds: number, blocks: number, plan: Plan): Keeping {
  const cells = plan.cellStartsMs.length
  const ofBlocks = blocks * (cells * bytesOfBlockCell + plan.ticks * Float64Array.BYTES_PER_ELEMENT)
  const ofDistributions = (kinds * cells + plan.histograms.length) * bytesOfHistogram
  const each = ofBlocks + ofDistributions + 4 * plan.ticks * Float64Array.BYTES_PER_ELEMENT
  const batches = Math.min(mostBatches, Math.max(leastBatches, Math.floor(bytesOfBatches / each)))
  const atOnce = Math.min(mostAtOnce, Math.max(leastAtOnce, Math.floor(bytesOfChunk / each)))
  return { batches: batches - (batches % 2), atOnce, bytes: (batches + atOnce) * each }
}

/** Why a run would not fit into memory, and what to do. */
export interface NoRoom {
  readonly needs: string
  readonly remedy: string
}

/**
 * Why a run would not fit into memory, with what would; null if it fits.
 * @param fewer what would cut the time into fewer stretches; null where nothing can
 */
export function doesNotFit(kinds: number, blocks: number, plan: Plan, fewer: string | null): NoRoom | null {
  const bytesWith = (cells: number) => {
    const own = { ...plan, cellStartsMs: plan.cellStartsMs.slice(0, cells) }
    return keepingOf(kinds, blocks, own).bytes + underWay * kinds * cells * bytesWhileCounted
  }
  const cells = plan.cellStartsMs.length
  const bytes = bytesWith(cells)
  if (bytes <= mostBytes) return null
  let fitting = cells
  while (fitting > 1 && bytesWith(fitting) > mostBytes) fitting--
  const needs = `it would take about ${Number((bytes / 1e9).toPrecision(2))} GB of memory, for ${amount(blocks, 'block')} and ${amount(kinds, 'kind')} of request in ${cells === 1 ? 'one stretch' : `${cells} stretches`} of time`
  if (fewer === null || bytesWith(fitting) > mostBytes) return { needs, remedy: 'simulate a part of the design' }
  const remedy = `it fits with ${amount(fitting, 'stretch')}${fitting === 1 ? '' : 'es'}, so ${fewer}`
  return { needs, remedy }
}

function amount(count: number, of: string): string {
  return `${count} ${of}${count === 1 || of.endsWith('h') ? '' : 's'}`
}

/** Replications behind these batches. */
export function replicationsIn(batches: readonly Replicate[]): number {
  return batches.reduce((sum, { replications }) => sum + replications, 0)
}

/**
 * Adds replications, in order, to the batches of a run, and keeps at most `most` of them. When there would be more, each
 * two that follow one another become one batch, so that all but the last are of equally many replications. Batches of
 * independent replications are independent, so every estimator takes one for a replication.
 * Source: batches and their intervals: A. M. Distribution, Simulation Modeling and Analysis, ch. 9.5.
 */
export function fold(batches: Replicate[], more: readonly Replicate[], most: number): void {
  for (const one of more) {
    const size = batches[0]?.replications ?? 1
    const last = batches.at(-1)
    if (last !== undefined && last.replications < size && isWhole(last) && isWhole(one)) {
      batches[batches.length - 1] = together(last, one)
      continue
    }
    if (batches.length >= most && batches.every(isWhole)) inPairs(batches)
    const [first] = batches
    // What is the same in all is kept once.
    batches.push(first === undefined ? one : { ...one, names: first.names, capacities: first.capacities })
  }
}

/** What a limit ended early is of another length than the rest, and is kept by itself. */
function isWhole(replicate: Replicate): boolean {
  return replicate.stopped === null
}

function inPairs(batches: Replicate[]): void {
  const pairs = Math.floor(batches.length / 2)
  for (let i = 0; i < pairs; i++) batches[i] = together(batches[2 * i] as Replicate, batches[2 * i + 1] as Replicate)
  const [odd] = batches.length % 2 === 1 ? batches.slice(-1) : []
  batches.length = pairs
  if (odd !== undefined) batches.push(odd)
}

function together(a: Replicate, b: Replicate): Replicate {
  const replications = a.replications + b.replications
  const shares = [a.replications / replications, b.replications / replications] as const
  const slower = a.slowest === null || (b.slowest !== null && b.slowest.responseMs > a.slowest.responseMs) ? b : a
  return {
    replication: a.replication,
    replications,
    events: a.events + b.events,
    endMs: a.endMs,
    stopped: null,
    kinds: a.kinds.map((cells, kind) => cells.map((cell, i) => kindsTogether(cell, at(b.kinds, kind, i)))),
    blocks: a.blocks.map((cells, block) => cells.map((cell, i) => blocksTogether(cell, at(b.blocks, block, i)))),
    instances: a.instances.map((own, i) => instancesTogether(own, b.instances[i] ?? own)),
    capacities: a.capacities,
    names: a.names,
    fillings: a.fillings,
    standInErrors: a.standInErrors.map((error, i) => Math.max(error, b.standInErrors[i] as number)),
    histograms: a.histograms.map((own, i) => blockHistogramsTogether(own, b.histograms[i] ?? own)),
    offeredByTick: sums(a.offeredByTick, b.offeredByTick),
    answeredByTick: sums(a.answeredByTick, b.answeredByTick),
    sumMsByTick: sums(a.sumMsByTick, b.sumMsByTick),
    series: seriesTogether(a.series, b.series, shares),
    breakdown: a.breakdown.map((own, kind) => breakdownsTogether(own, b.breakdown[kind] as KindBreakdown)),
    traces: [...a.traces, ...b.traces],
    closeUp: null,
    slowest: slower.slowest,
  }
}

function at<T>(lists: readonly (readonly T[])[], list: number, i: number): T {
  return (lists[list] as readonly T[])[i] as T
}

function kindsTogether(a: KindCell, b: KindCell): KindCell {
  const failed = new Map(a.failed)
  for (const [outcome, count] of b.failed) failed.set(outcome, (failed.get(outcome) ?? 0) + count)
  return {
    ...numbersTogether(a, b),
    failed: [...failed].sort(([one], [other]) => one - other),
    histogram: histogramsTogether(a.histogram, b.histogram) as Float64Array,
    doneHistogram: histogramsTogether(a.doneHistogram, b.doneHistogram),
  }
}

function blocksTogether(a: BlockCell, b: BlockCell): BlockCell {
  const each = (one: readonly number[], other: readonly number[]) => one.map((value, i) => value + (other[i] as number))
  return {
    ...numbersTogether(a, b),
    failed: sums(a.failed, b.failed),
    resources: each(a.resources, b.resources),
    workBegun: each(a.workBegun, b.workBegun),
    queues: each(a.queues, b.queues),
    queueMax: a.queueMax.map((longest, i) => Math.max(longest, b.queueMax[i] as number)),
    counters: each(a.counters, b.counters),
    oldestMost: Math.max(a.oldestMost, b.oldestMost),
  }
}

function instancesTogether(a: InstanceFound, b: InstanceFound): InstanceFound {
  return {
    ...a,
    chosen: a.chosen.map((own, i) => [...new Set([...own, ...(b.chosen[i] ?? [])])].sort((one, other) => one - other)),
    cells: a.cells.map((cell, i) => blocksTogether(cell, b.cells[i] as BlockCell)),
    histograms: blockHistogramsTogether(a.histograms, b.histograms),
  }
}

/** Adds up the fields that are plain numbers; the others have to be set behind it. */
function numbersTogether<T extends object>(a: T, b: T): T {
  const sum = { ...a } as Record<string, unknown>
  for (const [name, value] of Object.entries(b)) {
    if (typeof value === 'number') sum[name] = (sum[name] as number) + value
  }
  return sum as T
}

function blockHistogramsTogether(a: BlockHistograms, b: BlockHistograms): BlockHistograms {
  const both = { ...a }
  for (const of of Object.keys(a) as (keyof BlockHistograms)[]) both[of] = histogramsTogether(a[of], b[of])
  return both
}

function histogramsTogether(a: Float64Array | null, b: Float64Array | null): Float64Array | null {
  if (a === null || b === null) return a ?? b
  const both = LatencyHistogram.decode(a)
  both.addEncoded(b)
  return both.encode()
}

function sums(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number))
}

/** The mean level: its slope is the mean of their slopes. */
function seriesTogether(a: Series, b: Series, [ofA, ofB]: readonly [number, number]): Series {
  const mean = (one: Float64Array, other: Float64Array) =>
    one.map((level, i) => ofA * level + ofB * (other[i] as number))
  return {
    inside: mean(a.inside, b.inside),
    blocks: a.blocks.map(({ inside, inLine }, i) => {
      const other = b.blocks[i] as BlockSeries
      return { inside: mean(inside, other.inside), inLine: mean(inLine, other.inLine) }
    }),
  }
}

function breakdownsTogether(a: KindBreakdown, b: KindBreakdown): KindBreakdown {
  const parts = new Map(a.parts)
  for (const [part, ms] of b.parts) parts.set(part, (parts.get(part) ?? 0) + ms)
  return { ...numbersTogether(a, b), parts: [...parts].sort(([one], [other]) => (one < other ? -1 : 1)) }
}
