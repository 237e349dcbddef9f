import type { Estimate } from '../stats/estimate.ts'
import { shareOfTraffic } from './backlog-at-start.ts'
import { isAskedForMore, type Overload, worstOf } from './overload.ts'
import { peakWithin } from './peak.ts'
import type { Phase } from './plan.ts'
import type { RunResults } from './run-results.ts'
import { fullestUse, type InstanceName, loadOn, type Use, waitingOutside } from './use.ts'

/** Of the calls that come, so many more than before wait for a connection where a block receives more than it can do. */
const leastKeptOut = 0.05

/** A resource of a block. */
export interface ResourceAnswer {
  readonly name: string
  /** Room for what is kept, or of a bulkhead that refuses: no load fills it in proportion, so it is no bottleneck. */
  readonly isRoom: boolean
  /** Over all instances. */
  readonly capacity: number
  /** Share in use: of the fullest instance, where it is significantly fuller than the mean of all. */
  readonly utilization: Estimate
  /** The instance that this is of; null for all of them together. */
  readonly instance: InstanceName
  /** Share in use over all instances. */
  readonly mean: Estimate
}

export interface Bottleneck {
  readonly block: string
  readonly instance: InstanceName
  readonly resource: string
  readonly utilization: number
  /**
   * Multiple of this load at which the resource is full, if use grows in proportion. It is a load that lasts: work on a
   * backlog at the start, which is done once, is left aside.
   */
  readonly saturationLoad: number
  /** Whether utilization includes work on a backlog at the start, which `saturationLoad` leaves aside; absent if not. */
  readonly isWithBacklog?: true
  /** Of a terminating run, the phase that this is of, the one that fills most; absent if none does so significantly. */
  readonly phase?: Phase
  /** How many times as high as over that time use is at its busiest moment, by the shape of traffic; absent if rates do not change. */
  readonly peak?: number
}

/** At twice the load a resource is full: from here on the response time of one server grows faster than its work. */
const mostHeadroom = 2

/** Whether a resource is at least half full, so that a percentile can be near the knee. */
export function isLoaded(bottleneck: Pick<Bottleneck, 'saturationLoad'> | null): boolean {
  return bottleneck !== null && bottleneck.saturationLoad <= mostHeadroom
}

/** The fullest resource, over a time. */
interface Fullest {
  readonly index: number
  readonly use: Use
  /** What traffic asks of it over what it can do, at the busiest moment. */
  readonly load: number
  /** Share of its work that traffic brings; the rest is a backlog at the start. */
  readonly ofTraffic: number
  readonly peak: number
  readonly cells: readonly number[]
  readonly phase: Phase | null
}

/** A backlog at the start that is a smaller share of the work is not mentioned. */
const leastBacklog = 0.005

/** A rate that changes less is not said to. */
const leastPeak = 1.005

/**
 * The resource that is fullest, of the fullest instance, in the fullest phase: what breaks first as load grows in proportion.
 * Where a backlog grows without limit, the full resource behind it. It is full at less than this load only where it is asked
 * for more than it can do: a backlog grows there or for its connections, or calls are turned away or give up.
 */
export function bottleneckOf(
  results: RunResults,
  { overloads, untold }: { overloads: readonly Overload[]; untold: readonly Overload[] },
  phases: readonly Phase[],
): Bottleneck | null {
  const worst = worstOf(overloads.filter((overload) => overload.full !== null))
  if (worst?.full != null) {
    const { load, ...full } = worst.full
    return { block: worst.block, ...full, saturationLoad: 1 / load }
  }
  const fullest = fullestInTime(results, phases)
  if (fullest === null) return null
  const { index, use, load, ofTraffic, peak, cells, phase } = fullest
  const block = results.blocks[index] as string
  const isGrowing = untold.some((one) => one.block === block)
  const failed = results.blockSum(index, (cell) => cell.failed.reduce((sum, count) => sum + count, 0), cells)
  const offered = results.blockSum(index, (cell) => cell.offered, cells)
  const isKeptOut = results.blockSum(index, waitingOutside, cells) > leastKeptOut * offered
  const isFull = isGrowing || isKeptOut || failed > 0 || (phase !== null && isAskedForMore(results, index, use, cells))
  const { resource, instance, utilization } = use
  return {
    block,
    instance,
    resource,
    utilization: utilization.sufficient ? utilization.point : 0,
    saturationLoad: 1 / (isFull || peak > 1 ? load : Math.min(1, load)),
    ...(1 - ofTraffic < leastBacklog ? {} : { isWithBacklog: true as const }),
    ...(phase === null ? {} : { phase }),
    ...(peak > 1 ? { peak } : {}),
  }
}

/** Of the whole time, or of a phase in which a resource has significantly more work, at its busiest moment. */
function fullestInTime(results: RunResults, phases: readonly Phase[]): Fullest | null {
  const all = fullestOf(results)
  if (all === null) return null
  const [first, ...others] = phases
  const whole: Fullest = { ...all, cells: results.measured, phase: null, peak: 1 }
  if (first === undefined) return whole
  if (others.length === 0) return atPeak(results, whole, first)
  let best = whole
  for (const phase of phases) {
    const cells = results.cellsWithin(phase.fromMs, phase.toMs)
    results.blocks.forEach((_, index) => {
      const use = fullestUse(results, index, cells)
      if (use === null || !use.utilization.sufficient) return
      const ofTraffic = shareOfTraffic(results, index, cells)
      const load = loadOn(results, index, use, cells) * ofTraffic
      const own = atPeak(results, { index, use, load, ofTraffic, cells, phase, peak: 1 }, phase)
      // Where it is full, what is asked of it is told from what it can do.
      const least = Math.max(use.utilization.low * ofTraffic, load > 1 ? load : 0) * own.peak
      if (least > all.load && own.load > leastPeak * best.load) best = own
    })
  }
  return best
}

function atPeak(results: RunResults, found: Fullest, { fromMs, toMs }: Phase): Fullest {
  const block = results.blocks[found.index] as string
  const highest = peakWithin(results.design, { block, resource: found.use.resource, fromMs, toMs })
  const peak = highest > leastPeak ? highest : 1
  return { ...found, peak, load: found.load * peak }
}

/** The resource of all blocks of which traffic uses most, and what it asks of it over what it can do; null if nothing is in use. */
export function fullestOf(results: RunResults): Pick<Fullest, 'index' | 'use' | 'load' | 'ofTraffic'> | null {
  let best: { index: number; use: Use; ofTraffic: number } | null = null
  let most = 0
  results.blocks.forEach((_, index) => {
    const use = fullestUse(results, index)
    if (use === null || !use.utilization.sufficient) return
    const ofTraffic = shareOfTraffic(results, index, results.measured)
    if (use.utilization.point * ofTraffic <= most) return
    best = { index, use, ofTraffic }
    most = use.utilization.point * ofTraffic
  })
  if (best === null) return null
  const { index, use, ofTraffic } = best as { index: number; use: Use; ofTraffic: number }
  return { index, use, ofTraffic, load: loadOn(results, index, use) * ofTraffic }
}
