import { type Flow, followRequests } from '../before-run/flows.ts'
import { blockNames } from '../before-run/kinds.ts'
import { blockNamed } from '../before-run/named.ts'
import type { Edge } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { type Memory, memoriesOfCall } from '../calls/guards/memory.ts'
import type { Design } from '../language/design.ts'
import { growthFor, type Replication } from '../stats/stopping.ts'
import { oncePer } from '../support/once-per.ts'
import { flowRates } from './flow-rates.ts'
import type { Rounds } from './rounds.ts'
import { RunResults } from './run-results.ts'
import type { BlockCell, Replicate } from './task.ts'

/** A replication measures so many times the longest state that a memory brings about: fewer make its means skewed. */
const timesMeasured = 10
/** A replication that is shorter by no more than this is long enough: rates that are measured have random error. */
const aLittleShorter = 0.8

type Found = Pick<Rounds, 'design' | 'plan' | 'replicates'>

/** What the memories at work need of a steady-state replication, ms, and the one that needs most. */
export interface MemoryNeeded {
  readonly leftOutMs: number
  readonly measuredMs: number
  readonly block: string
  readonly part: string
  /** Time that it remembers. */
  readonly ms: number
}

/** A memory of a block or source of traffic. */
interface Owned {
  readonly block: string
  readonly memory: Memory
}

/**
 * What these replications show that others need, since parts of the design remember what happened and no number of calls in
 * flight tells for how long. A memory counts once it acts: an ejection of targets that never fail costs nothing.
 * @returns null if nothing that acts remembers anything
 */
export function memoryNeeded(found: Found): MemoryNeeded | null {
  const acting = memoriesIn(found).filter(({ block, memory }) => acts(found, block, memory))
  const [longest] = acting.toSorted((a, b) => measuredMs(b.memory) - measuredMs(a.memory))
  if (longest === undefined) return null
  const { block, memory } = longest
  return {
    leftOutMs: Math.max(...acting.map((own) => own.memory.forgetsMs)),
    measuredMs: measuredMs(memory),
    block,
    part: memory.part,
    ms: Math.max(memory.forgetsMs, memory.lastsMs),
  }
}

/** How long a replication measures at least for the sake of a memory: as long as it leaves out, and several times its state. */
function measuredMs({ forgetsMs, lastsMs }: Memory): number {
  return Math.max(forgetsMs, timesMeasured * lastsMs)
}

/** The same replication, in steps of `tickMs`, or one that is as long as the memories at work need. */
export function withMemory(found: Found, replication: Replication, tickMs: number): Replication {
  const needed = memoryNeeded(found)
  if (needed === null) return replication
  const leftOut = Math.max(replication.leftOut, needed.leftOutMs / tickMs)
  const measured = Math.max(replication.length - replication.leftOut, needed.measuredMs / tickMs)
  return { leftOut, length: leftOut + measured }
}

/** Longer times of measurement, if the memories at work need longer ones than these, which follow from all else; or null. */
export function longerForMemory(
  found: Found,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): { fromMs: number; toMs: number } | null {
  const needed = memoryNeeded(found)
  if (needed === null) return null
  const { leftOutMs, measuredMs: leastMs } = needed
  if (fromMs >= aLittleShorter * leftOutMs && toMs - fromMs >= aLittleShorter * leastMs) return null
  const laterMs = Math.max(fromMs, leftOutMs)
  return { fromMs: laterMs, toMs: laterMs + Math.max(toMs - fromMs, leastMs) }
}

/**
 * How many replications a run should have in all so that the half-width of its availability is `precision`, as a share of all
 * requests. A breaker that is open answers nobody: the mean of those answered is precise long before.
 * @returns null if it is as precise, if it has no interval, or if nothing that acts remembers anything
 */
export function replicationsForAvailability(
  found: Found,
  results: RunResults,
  { precision, done }: { precision: number; done: number },
): number | null {
  if (memoryNeeded(found) === null) return null
  const availability = results.share(results.all, (cell) => cell.answered)
  if (!availability.sufficient) return null
  const width = (availability.high - availability.low) / 2 / precision
  return width <= 1 ? null : Math.ceil(done * growthFor(width))
}

const memoriesOfBlocks = oncePer((design: Design): readonly Owned[] =>
  design.blocks.flatMap(({ name, type, values }) =>
    (blocks.get(type).memories?.(values) ?? []).map((memory) => ({ block: name, memory })),
  ),
)

/** Calls whose guards remember something, with the flows that come this way. */
const guardedFlows = oncePer((design: Design): ReadonlyMap<Edge, readonly Flow[]> => {
  const byEdge = new Map<Edge, Flow[]>()
  for (const flow of followRequests(design)) {
    const { options, to } = flow.edge
    if (options === undefined || memoriesOfCall(options, to.block, 1).length === 0) continue
    const known = byEdge.get(flow.edge)
    if (known === undefined) byEdge.set(flow.edge, [flow])
    else known.push(flow)
  }
  return byEdge
})

/** All memories of the design: those of blocks, in name order, then those of calls. */
function memoriesIn({ design, plan, replicates }: Found): readonly Owned[] {
  const ofBlocks = memoriesOfBlocks(design).toSorted((a, b) => (a.block < b.block ? -1 : 1))
  const guarded = guardedFlows(design)
  if (guarded.size === 0) return ofBlocks
  const rateOf = flowRates(new RunResults(design, plan, replicates))
  const ofCalls = [...guarded].flatMap(([{ options = {}, to }, flows]) => {
    const [{ caller, source }] = flows as [Flow]
    const calling = caller === undefined ? undefined : blockNamed(design, caller.block)
    const instances = calling === undefined ? 1 : instancesOf(blocks.get(calling.type), calling.values)
    const perSecond = flows.reduce((sum, flow) => sum + rateOf(flow), 0)
    const memories = memoriesOfCall(options as NonNullable<Edge['options']>, to.block, perSecond / instances)
    return memories.map((memory) => ({ block: caller?.block ?? source, memory }))
  })
  return [...ofBlocks, ...ofCalls]
}

/** Whether a memory acts in any of these replications. */
function acts({ design, replicates }: Found, block: string, { acts: sign }: Memory): boolean {
  if (sign === undefined) return true
  if (sign === 'after a fault') return design.faults.length > 0
  const i = blockNames(design).indexOf(block)
  return replicates.some((replicate) => countedIn(replicate, i, sign.counter) > 0)
}

function countedIn({ blocks: cells, names }: Replicate, block: number, counter: string): number {
  const at = names[block]?.counters.indexOf(counter) ?? -1
  const counted = ({ counters }: BlockCell) => counters[at] ?? 0
  return cells[block]?.reduce((sum, cell) => sum + counted(cell), 0) ?? 0
}
