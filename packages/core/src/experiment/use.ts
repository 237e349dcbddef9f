import { flowsTo, followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import { blockCells } from './block-cell.ts'
import type { RunResults } from './run-results.ts'
import type { BlockCell, Replicate } from './task.ts'

/** From this share on a resource is full: what it receives beyond that waits. */
export const full = 0.95
/** An instance is told apart from the mean of all only if it is fuller by this share of it. */
const leastDifference = 0.02

/** One instance of a block, from 1; `fullest` where it is another one in each replication; null for the block as a whole. */
export type InstanceName = number | 'fullest' | null

/** How full one resource of a block is. */
export interface Use {
  readonly resource: string
  /** Room for what is kept, or of a bulkhead that refuses: no load fills it in proportion, so it is no bottleneck. */
  readonly isRoom: boolean
  /** Share in use, of the fullest instance where that is fuller than the mean. */
  readonly utilization: Estimate
  readonly instance: InstanceName
  /** Share in use over all instances. */
  readonly mean: Estimate
}

/** How full the resources of a block are, in their order. The fullest instance decides where it is certainly fuller. */
export function usesOf(results: RunResults, block: number, cells = results.measured): readonly Use[] {
  const { resources = [], rooms = [] } = results.places.names(block) ?? {}
  return resources.map((resource, i) => {
    const mean = results.utilization(block, i, cells)
    const found = { resource, isRoom: rooms[i] === true }
    const place = results.places.ofInstance(block, 'fullest')
    if (place < 0 || found.isRoom) return { ...found, utilization: mean, instance: null, mean }
    const utilization = results.utilization(place, i, cells)
    if (!isFuller(results, { block, place, resource: i, cells })) {
      return { ...found, utilization: mean, instance: null, mean }
    }
    return { ...found, utilization, instance: instanceOf(results, place, cells), mean }
  })
}

/** How full what does the work is: cores, or of a link the direction that is fuller. */
export function utilization(results: RunResults, block: number, cells: readonly number[]): Estimate {
  const isInstance = block >= results.blocks.length
  if (isInstance) return results.use(block, 'cores', cells)
  const nothing = insufficientData('the block has no resource', results.replications)
  const uses = usesOf(results, block, cells)
  const cores = uses.find(({ resource }) => resource === 'cores')
  return (cores ?? fullestUse(results, block, cells) ?? uses[0])?.utilization ?? nothing
}

export function occupancy(results: RunResults, block: number, cells: readonly number[]): Estimate {
  const isInstance = block >= results.blocks.length
  return isInstance ? results.use(block, 'workers', cells) : useOf(results, block, 'workers', cells)
}

/** The use of one resource of a block. */
function useOf(results: RunResults, block: number, resource: string, cells: readonly number[]): Estimate {
  const own = usesOf(results, block, cells).find((use) => use.resource === resource)
  return own?.utilization ?? insufficientData(`the block has no ${resource}`, results.replications)
}

/** The use of the resource of a block that is fullest, but for room; null where it has none in use. */
export function fullestUse(results: RunResults, block: number, cells = results.measured): Use | null {
  let best: Use | null = null
  let most = 0
  for (const use of usesOf(results, block, cells)) {
    if (use.isRoom || !use.utilization.sufficient || use.utilization.point <= most) continue
    best = use
    most = use.utilization.point
  }
  return best
}

/**
 * What is asked of a resource, over what it can do. Of one that is full that is more than what is in use: the work begun
 * per call that began, for all calls that came, over the time.
 */
export function loadOn(results: RunResults, block: number, use: Use, cells = results.measured): number {
  const inUse = use.utilization.sufficient ? use.utilization.point : 0
  return inUse < full ? inUse : Math.max(inUse, askedOf(results, block, use, cells))
}

/** The same whether it is full or not, without a lower bound: over some replications it averages out. */
export function askedOf(results: RunResults, block: number, use: Use, cells = results.measured): number {
  const place = use.instance === null ? block : results.places.ofInstance(block, 'fullest')
  const resource = results.places.names(block)?.resources.indexOf(use.resource) ?? -1
  const capacity = place >= results.blocks.length ? 1 : (results.capacities[block]?.[resource] ?? 1)
  const sum = (value: (cell: BlockCell) => number) =>
    results.replicates.reduce((total, replicate) => total + sumOf(replicate, place, cells, value), 0)
  const totalMs = results.durationsMs(cells).reduce((total, ms) => total + ms, 0)
  const keptOut = use.instance === null ? sum(waitingOutside) : 0
  if (use.instance === null && capacity > 0) {
    const perCallMs = workInTurns(results, block, use.resource)
    const arrived = sum((cell) => cell.arrived) + keptOut
    if (perCallMs !== null) return (arrived * perCallMs) / capacity / totalMs
  }
  const begun = sum((cell) => cell.begun)
  const unserved = sum((cell) => cell.unserved)
  const came = begun + unserved + keptOut
  const begunWork = sum((cell) => cell.workBegun[resource] ?? 0) / capacity / totalMs
  return begun > 0 ? (begunWork * came) / begun : begunWork
}

/**
 * Work that a call brings to a resource, by arithmetic, where calls do theirs in several turns; else null. Under overload
 * many have had some of their turns, and how much they still bring cannot be measured.
 */
function workInTurns({ design, blocks: names }: RunResults, block: number, resource: string): number | null {
  const { name, type, values } = blockNamed(design, names[block] ?? '') ?? {}
  if (type === undefined || values === undefined) return null
  const demands = blocks.get(type).demands?.(values) ?? []
  const own = demands.filter((demand) => demand.resource === resource && demand.inTurns === true)
  const flows = flowsTo(followRequests(design), name ?? '')
  const total = flows.reduce((sum, { perSecond }) => sum + perSecond, 0)
  if (own.length === 0 || total === 0) return null
  return flows.reduce((sum, { operation, perSecond }) => {
    const demand = own.find((one) => one.operation === undefined || one.operation === operation)
    return sum + ((demand?.perCallMs ?? 0) * perSecond) / total
  }, 0)
}

/** By how many more calls wait for a connection, on the side of their callers, than before. */
export function waitingOutside({ offered, arrived }: BlockCell): number {
  return offered - arrived
}

interface Compared {
  readonly block: number
  readonly place: number
  readonly resource: number
  readonly cells: readonly number[]
}

/** Whether the fullest instance is significantly fuller than the mean of all. */
function isFuller(results: RunResults, { block, place, resource, cells }: Compared): boolean {
  const capacity = results.capacities[block]?.[resource] ?? 1
  const durations = results.durationsMs(cells)
  const shares = results.replicates.map((replicate, i) => {
    const area = (at: number) => sumOf(replicate, at, cells, (cell) => cell.resources[resource] ?? 0)
    const ms = durations[i] as number
    return ms === 0 ? [0, 0] : [area(place) / ms, area(block) / capacity / ms]
  }) as [number, number][]
  const difference = meanInterval(
    shares.map(([fullest, mean]) => fullest - mean),
    results.confidence,
  )
  const mean = shares.reduce((sum, [, one]) => sum + one, 0) / Math.max(1, shares.length)
  return difference.sufficient && difference.low > 0 && difference.point > leastDifference * mean
}

/** Which instance is the fullest over these cells, if it is the same in every replication. */
function instanceOf({ replicates, blocks }: RunResults, place: number, cells: readonly number[]): number | 'fullest' {
  const chosen = new Set(
    replicates.flatMap(({ instances }) =>
      cells.flatMap((cell) => instances[place - blocks.length]?.chosen[cell] ?? []),
    ),
  )
  const [only] = chosen
  return chosen.size === 1 ? (only as number) + 1 : 'fullest'
}

function sumOf(
  replicate: Replicate,
  place: number,
  cells: readonly number[],
  value: (cell: BlockCell) => number,
): number {
  const own = blockCells(replicate, place)
  return cells.reduce((total, cell) => total + value(own[cell] as BlockCell), 0)
}
