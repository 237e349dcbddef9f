import { flowsTo, followRequests, waitedForBy } from '../before-run/flows.ts'
import { connectionQueue } from '../blocks/block.ts'
import { usualConfidence } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import { trend } from '../stats/trend.ts'
import { blockCells } from './block-cell.ts'
import { heldFor } from './held-resource.ts'
import type { RunResults } from './run-results.ts'
import type { BlockCell, BlockSeries } from './task.ts'
import { full, fullestUse, type InstanceName, loadOn, type Use } from './use.ts'

/** A backlog counts as growing from this share of what arrives: below, it may still be settling. */
const smallestGrowth = 0.002
/** Growth that falls below this share of what it was before slows down: it is not that of an overload. */
export const leastOfGrowth = 0.7
/** At least this share of an endless growth is that of a line: calls at work last as long as they last. */
const leastInLine = 0.5
/** From this share of abandoned calls on, a growth is theirs. It is below 1, as the latest calls have not timed out yet. */
const leastAbandoned = 0.5
/** Up to this share of what arrives, what is finished is what a full resource can do. */
const leastOfShare = 0.05

/** Failures below this share of what arrives are not named. */
const leastFailing = 0.005

/** A block whose backlog grows and grows. */
export interface Overload {
  readonly block: string
  /** By the ledger: what comes is finished, fails, or makes the backlog grow. */
  readonly growsPerSecond: number
  readonly offeredPerSecond: number
  readonly finishedPerSecond: number
  readonly failedPerSecond: number
  /**
   * Where a resource is full: the calls that it has the capacity for, by the work that they bring. Else those that were
   * done, which is no bound.
   */
  readonly carriesPerSecond: number
  /** What is full there; null where the backlog grows although nothing is. */
  readonly full: FullResource | null
}

export interface FullResource {
  /** The block that has it, where that is not the one whose backlog grows: calls there only wait for it. */
  readonly block?: string
  readonly resource: string
  readonly instance: InstanceName
  readonly utilization: number
  /** What is asked of it, over what it can do. */
  readonly load: number
}

/** The overload whose backlog grows fastest. */
export function worstOf(overloads: readonly Overload[]): Overload | undefined {
  return [...overloads].sort((a, b) => b.growsPerSecond - a.growsPerSecond)[0]
}

/** Blocks whose number inside rises over the last stretch of the runs. */
export interface Growth {
  /** The backlog grows without limit. */
  readonly overloads: readonly Overload[]
  /** The backlog may stop growing: a longer run would tell. */
  readonly untold: readonly Overload[]
}

/** A backlog that rises, and whether it does so without end. */
interface Growing {
  readonly isEndless: boolean
  readonly overload: Overload
}

export const noGrowth: Growth = { overloads: [], untold: [] }

/** The blocks whose backlog grows without limit over the last stretch of the runs. Empty if everything is carried. */
export function overloads(results: RunResults, fromMs: number): readonly Overload[] {
  return growth(results, fromMs).overloads
}

/**
 * The blocks whose number inside rises over the last stretch of the runs, in all replications together (99.9 %). Where a
 * resource of some is full, only those. A backlog grows without limit if it grows as fast at the end of the stretch as
 * before, and if the full resource receives more work than it can do; where none is full, if it is calls in line that grow in
 * number. Otherwise it may be filling for a while: a burst, a cache that expires, a queue that has not reached its steady
 * state, or work that lasts longer than the run.
 */
export function growth(results: RunResults, fromMs: number): Growth {
  const { plan } = results
  const tickMs = plan.endMs / plan.ticks
  const cells = results.cellsWithin(fromMs, Number.POSITIVE_INFINITY)
  const growing = results.blocks.flatMap((block, index): readonly Growing[] => {
    // Calls that wait for a connection at a source are in no block: only the line shows that they grow in number.
    const isGated = waitsAtSource(results, index)
    const long = levelsOf(results, fromMs, index, ({ inside, inLine }) => (isGated ? inLine : inside))
    const { slope, direction } = trend(long, usualConfidence)
    if (direction !== 'growing' || !slope.sufficient) return []
    const came = ({ offered, arrived }: BlockCell) => (isGated ? offered : arrived)
    const rates = ratesOf(results, index, cells, { slopePerSecond: (slope.point * 1000) / tickMs, came })
    const { offeredPerSecond } = rates
    const certain = trend(long).slope
    const isCertain =
      certain.sufficient &&
      (certain.low * 1000) / tickMs >= Math.max(smallestGrowth * offeredPerSecond, Number.MIN_VALUE)
    const use = fullestUse(results, index, cells)
    const fullUse = use?.utilization.sufficient === true && use.utilization.point >= full ? use : null
    const found = { block, ...rates }
    if (!isCertain && (fullUse === null || !isAskedForMore(results, index, fullUse, cells))) return []
    const isSteady = isCertain && growsSteadily(long)
    if (fullUse === null && isAbandoned(results, index, cells)) return []
    if (fullUse === null) {
      const isEndless = isSteady && growthInLine(results, fromMs, block) >= leastInLine * slope.point
      return [{ isEndless, overload: { ...found, carriesPerSecond: found.finishedPerSecond, full: null } }]
    }
    const resource = fullResourceOf(results, index, fullUse, cells)
    const overload: Overload = { ...found, carriesPerSecond: offeredPerSecond / resource.load, full: resource }
    return [{ isEndless: isSteady && isAskedForMore(results, index, fullUse, cells), overload }]
  })
  const atFault = growing.filter(({ overload }) => overload.full !== null)
  const found = atFault.length > 0 ? atFault : growing
  const those = (isEndless: boolean) => found.filter((one) => one.isEndless === isEndless).map((one) => one.overload)
  return { overloads: those(true), untold: those(false) }
}

/** Whether sources call a block themselves, and wait for a connection to it. */
function waitsAtSource(results: RunResults, block: number): boolean {
  const hasConnections = results.places.names(block)?.queues.includes(connectionQueue) === true
  const name = results.blocks[block] as string
  return hasConnections && flowsTo(followRequests(results.design), name).some(({ caller }) => caller === undefined)
}

/** A level of a block over the last stretch of each replication that is long enough to show a trend. */
function levelsOf(
  { plan, replicates }: RunResults,
  fromMs: number,
  block: number,
  level: (series: BlockSeries) => Float64Array,
): readonly Float64Array[] {
  const tickMs = plan.endMs / plan.ticks
  const fromTick = Math.min(plan.ticks - 4, Math.floor(fromMs / tickMs))
  const levels = replicates.map(({ series, endMs }) => {
    const lastTick = Math.min(plan.ticks, Math.floor(endMs / tickMs))
    return level(series.blocks[block] as BlockSeries).subarray(Math.min(fromTick, lastTick), lastTick)
  })
  return levels.filter((series) => series.length >= 4)
}

/**
 * Whether the calls that grow in number are those whose callers have given up. A hung instance keeps them until it is well
 * again. They bring no work to the instances that answer.
 */
function isAbandoned(results: RunResults, block: number, cells: readonly number[]): boolean {
  const [first = 0, last = 0] = [cells[0], cells.at(-1)]
  const growthOf = (level: (cell: BlockCell) => number) =>
    results.replicates.reduce((sum, replicate) => {
      const own = blockCells(replicate, block)
      const [before, after] = [own[first - 1], own[last]]
      return sum + (after === undefined ? 0 : level(after)) - (before === undefined ? 0 : level(before))
    }, 0)
  return growthOf((cell) => cell.abandoned) >= leastAbandoned * growthOf((cell) => cell.inside)
}

/** By how much the lines grow in which calls at a block wait, there and at the blocks that they wait for, per tick. */
function growthInLine(results: RunResults, fromMs: number, block: string): number {
  const waitedFor = waitedForBy(results.design).get(block)
  return results.blocks.reduce((sum, name, index) => {
    if (waitedFor?.has(name) !== true) return sum
    const { slope } = trend(levelsOf(results, fromMs, index, ({ inLine }) => inLine))
    return slope.sufficient ? sum + slope.point : sum
  }, 0)
}

/** What comes to a block over some cells, and where it goes; these add up. A slope per second where the cells show no growth. */
function ratesOf(
  results: RunResults,
  block: number,
  cells: readonly number[],
  { slopePerSecond, came }: { slopePerSecond: number; came: (cell: BlockCell) => number },
) {
  const perSecond = (count: (cell: BlockCell) => number) => {
    const estimate = results.blockRatio(block, count, 'time', cells)
    return estimate.sufficient ? estimate.point * 1000 : 0
  }
  const offeredPerSecond = perSecond(came)
  const finishedPerSecond = perSecond((cell) => cell.done)
  const failedPerSecond = perSecond((cell) => cell.failed.reduce((sum, count) => sum + count, 0))
  const keptPerSecond = offeredPerSecond - finishedPerSecond - failedPerSecond
  const growsPerSecond = keptPerSecond > 0 ? keptPerSecond : slopePerSecond
  return { growsPerSecond, offeredPerSecond, finishedPerSecond, failedPerSecond }
}

/**
 * Whether levels that grow over their second half grow in both parts of it, hardly more slowly in the later one, and do
 * not fall between. A level that jumps and falls again has a rising line through it, too.
 */
function growsSteadily(levels: readonly Float64Array[]): boolean {
  const long = levels.filter((series) => series.length >= 16)
  const part = (series: Float64Array, from: number, to: number) =>
    series.subarray(Math.floor(series.length * from), Math.floor(series.length * to))
  // A trend is that of the second half of what it is given.
  const [before, after] = [
    trend(
      long.map((series) => part(series, 1 / 4, 3 / 4)),
      usualConfidence,
    ),
    trend(
      long.map((series) => part(series, 1 / 2, 1)),
      usualConfidence,
    ),
  ]
  if (before.direction !== 'growing' || after.direction !== 'growing') return false
  if (!before.slope.sufficient || !after.slope.sufficient) return false
  const means = [4, 5, 6, 7].map((eighth) =>
    long.reduce((sum, series) => sum + meanOf(part(series, eighth / 8, (eighth + 1) / 8)), 0),
  )
  const isRising = means.every((mean, i) => i === 0 || mean > (means[i - 1] as number))
  return isRising && after.slope.point >= leastOfGrowth * before.slope.point
}

function meanOf(levels: Float64Array): number {
  return levels.reduce((sum, level) => sum + level, 0) / levels.length
}

/** Whether calls bring a full resource significantly more work than it can do. */
export function isAskedForMore(results: RunResults, block: number, use: Use, cells: readonly number[]): boolean {
  const loads = results.replicates.map((_, i) => loadOn(results.among([i]), block, use, cells))
  const load = meanInterval(loads, usualConfidence)
  return load.sufficient && load.low > 1
}

/** The full resource behind a backlog: of the block itself, or of a block for which the calls at it wait. */
function fullResourceOf(results: RunResults, block: number, use: Use, cells: readonly number[]): FullResource {
  const behind = heldFor(results, block, use, cells)
  const { resource, instance, utilization } = behind?.use ?? use
  return {
    ...(behind === null ? {} : { block: behind.block }),
    resource,
    instance,
    utilization: utilization.sufficient ? utilization.point : 1,
    load: Math.max(1, behind?.load ?? loadOn(results, block, use, cells)),
  }
}

/** The overload as a clause: `web handles at most 684/s of the 999/s it receives; its backlog grows by 320/s`. */
export function overloadSaid({ block, full, ...rates }: Overload): string {
  if (full?.load === 1)
    return `${block} receives exactly the work that its ${full.resource} can do, so its backlog never stops growing`
  const { growsPerSecond, offeredPerSecond, finishedPerSecond, failedPerSecond, carriesPerSecond } = rates
  const [received, finished, carried] = [offeredPerSecond, finishedPerSecond, carriesPerSecond].map(
    (rate) => `${round(rate)}/s`,
  )
  // Without the failures, the numbers would not add up.
  const isFailing = failedPerSecond >= leastFailing * offeredPerSecond
  const failed = isFailing ? ` and fails ${round(failedPerSecond)}/s` : ''
  // Cores shared by ever more calls finish fewer of them than they can do.
  const isUsed = Math.abs(carriesPerSecond - finishedPerSecond) <= leastOfShare * offeredPerSecond
  const does = full !== null && isUsed ? `handles at most ${carried}` : `finishes ${finished}`
  const could = full === null || isUsed ? '' : ` and could handle ${carried}`
  const said = `${block} ${does}${failed} of the ${received} it receives${could}; its backlog grows by ${round(growsPerSecond)}/s`
  if (full === null) return said
  const instance = full.instance === null ? '' : `.${full.instance}`
  const isOwn = full.block === undefined && instance === ''
  const what = isOwn ? `its ${full.resource}` : `the ${full.resource} of ${full.block ?? block}${instance}`
  return `${said}; ${what} ${full.resource.endsWith('s') ? 'are' : 'is'} saturated`
}

/** A number short enough for a sentence. */
export function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
}
