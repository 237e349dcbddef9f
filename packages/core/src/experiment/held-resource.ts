import { callersOf, type Flow, flowsTo, followRequests } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import type { RunResults } from './run-results.ts'
import { full, fullestUse, loadOn, type Use, waitingOutside } from './use.ts'

/** What a call keeps while it waits for blocks further on. */
const held: ReadonlySet<string> = new Set(['workers', 'connections', 'slots'])

/** A full resource behind another one. */
interface Behind {
  readonly block: string
  readonly use: Use
  /** What all calls ask of it, those that still wait at the block before it too, over what it can do. */
  readonly load: number
}

/**
 * The full resource for which calls wait while they fill the workers or connections of a block. Where several are full, the
 * one furthest on; null where none is.
 */
export function heldFor(results: RunResults, index: number, use: Use, cells: readonly number[]): Behind | null {
  if (!held.has(use.resource)) return null
  const { design, blocks } = results
  const before = blocks[index] as string
  let last: { readonly block: string; readonly use: Use; readonly steps: number } | null = null
  for (const flow of followRequests(design)) {
    const steps = stepsFrom(before, flow)
    if (steps <= (last?.steps ?? 0)) continue
    const own = fullestUse(results, blocks.indexOf(flow.block), cells)
    if (own !== null && isFull(own)) last = { block: flow.block, use: own, steps }
  }
  if (last === null) return null
  const letIn = loadOn(results, blocks.indexOf(last.block), last.use, cells)
  const more = cameOverBegun(results, index, cells) - 1
  return { block: last.block, use: last.use, load: letIn * (1 + more * shareFrom(design, before, last.block)) }
}

/** Whether callers of a block wait for their workers or connections, so that fewer calls come to it than would. */
export function isHeldBack(results: RunResults, block: string): boolean {
  const { design, blocks } = results
  return flowsTo(followRequests(design), block).some((flow) =>
    callersOf(flow).some((caller) => {
      const use = fullestUse(results, blocks.indexOf(caller.block))
      return use !== null && held.has(use.resource) && isFull(use)
    }),
  )
}

function isFull({ utilization }: Use): boolean {
  return utilization.sufficient && utilization.point >= full
}

/** Calls from a block on until a flow begins that it waits for; 0 where it does not. */
function stepsFrom(block: string, flow: Flow): number {
  return callersOf(flow).findIndex((caller) => caller.block === block) + 1
}

/** Share of the calls to a block that another one waits for. */
function shareFrom(design: Design, before: string, block: string): number {
  const flows = flowsTo(followRequests(design), block)
  const sum = (some: readonly Flow[]) => some.reduce((total, { perSecond }) => total + perSecond, 0)
  return sum(flows.filter((flow) => stepsFrom(before, flow) > 0)) / sum(flows)
}

/** Calls that come to a block over those whose work begins. */
function cameOverBegun(results: RunResults, block: number, cells: readonly number[]): number {
  const begun = results.blockSum(block, (cell) => cell.begun, cells)
  const waiting = results.blockSum(block, (cell) => cell.unserved + waitingOutside(cell), cells)
  return begun > 0 ? (begun + waiting) / begun : 1
}
