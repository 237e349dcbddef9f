import { expectedUse, followRequests } from '../before-run/flows.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Estimate } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import { callsToSettle } from '../stats/stopping.ts'
import type { SourceValues } from '../workloads/source.ts'
import { isHeldBack } from './held-resource.ts'
import type { Overload } from './overload.ts'
import { eventsPerMs } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { RunResults } from './run-results.ts'
import { askedOf, full, fullestUse, type Use } from './use.ts'

/** Rounding of sums of rates times work. */
const rounding = 1e-9

/** Confidence with which a load is told from the capacity: many pilots of many runs are looked at. */
const nearlyCertain = 0.999

/** A full resource that receives as much work as it can do, within the random error. */
interface AtCapacity {
  readonly block: string
  readonly index: number
  readonly use: Use
  /** What is asked of it, over what it can do. */
  readonly load: Extract<Estimate, { readonly sufficient: true }>
}

/**
 * Ends a steady run that does not settle because a resource receives as much work as it can do, so that longer and
 * longer replications would be tried in vain. Where arithmetic says exactly as much, there is no steady state, unless
 * nothing is random. Where it cannot be told from that by chance, there may be one, which takes more events than the run may have.
 * @returns how the run ends, or null
 */
export function endAtCapacity(
  { design, plan, replicates }: Rounds,
  { workFactor }: RunContext,
): Pick<Rounds, 'overloads' | 'stopped' | 'tooShort'> | null {
  const results = new RunResults(design, plan, replicates)
  const found = atCapacity(results)
  if (found === null) return null
  if (isExact(results, found, workFactor))
    return { overloads: [overloadOf(results, found)], stopped: null, tooShort: true }
  const { block, use, load } = found
  const { bounds } = design.run as unknown as RunValues
  // Even if what is asked of it is as far from what it can do as it may be, to either side.
  const distance = Math.max(1 - load.low, load.high - 1)
  const most = callsToSettle(1 - distance) * eventsPerCall(results, found)
  if (most <= bounds.events) return null
  const range = `${percent(load.low)} to ${percent(load.high)} %`
  const stopped = `the load on the ${use.resource} of ${block} is ${range} of capacity, too close to saturation to reach steady state within run.bounds.events; lower the load, or add capacity to ${block}`
  return { overloads: [], stopped, tooShort: true }
}

/** Only where all wait that come: users who wait for answers, and calls that are turned away or give up, bound a backlog. */
function atCapacity(results: RunResults): AtCapacity | null {
  const { design, blocks } = results
  const failed = blocks.some(
    (_, i) => results.blockSum(i, (cell) => cell.failed.reduce((sum, one) => sum + one, 0)) > 0,
  )
  const isClosed = design.sources.some(({ values }) => (values as unknown as SourceValues).users !== undefined)
  if (failed || isClosed) return null
  for (const [index, block] of blocks.entries()) {
    const use = fullestUse(results, index)
    if (use === null || !use.utilization.sufficient || use.utilization.point < full) continue
    // What comes to it is then as much as its callers let through, which is what it can do.
    if (isHeldBack(results, block)) continue
    const loads = results.replicates.map((_, i) => askedOf(results.among([i]), index, use))
    const load = meanInterval(loads, nearlyCertain)
    if (load.sufficient && load.low <= 1 && load.high >= 1) return { block, index, use, load }
  }
  return null
}

function isExact({ design }: RunResults, { block, use }: AtCapacity, workFactor: number): boolean {
  const expected = expectedUse(design, followRequests(design))
  return expected.some(
    (one) => one.block === block && one.resource === use.resource && Math.abs(one.use * workFactor - 1) < rounding,
  )
}

function overloadOf(results: RunResults, { block, index, use }: AtCapacity): Overload {
  const { plan, replicates } = results
  const inside = replicates.reduce((sum, { series }) => sum + (series.blocks[index]?.inside.at(-1) ?? 0), 0)
  const perSecond = arrivedPerSecond(results, index)
  const growsPerSecond = (inside / replicates.length / plan.endMs) * 1000
  const { resource, instance } = use
  return {
    block,
    growsPerSecond,
    offeredPerSecond: perSecond,
    finishedPerSecond: perSecond - growsPerSecond,
    failedPerSecond: 0,
    carriesPerSecond: perSecond,
    // In the long run: what was measured is of the time in which the backlog began to grow.
    full: { resource, instance, utilization: 1, load: 1 },
  }
}

function eventsPerCall(results: RunResults, { index }: AtCapacity): number {
  return (eventsPerMs(results) * 1000) / arrivedPerSecond(results, index)
}

function arrivedPerSecond(results: RunResults, index: number): number {
  const arrived = results.blockRate(index, (cell) => cell.arrived, results.measured)
  return arrived.sufficient ? arrived.point : 0
}

function percent(share: number): string {
  return (100 * share).toPrecision(4)
}
