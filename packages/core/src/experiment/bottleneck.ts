import type { Estimate } from '../stats/estimate.ts'
import type { Findings } from './findings.ts'
import { type Overload, worstOf } from './overload.ts'
import { fullestUse, type InstanceName, loadOn, type Use, waitingOutside } from './use.ts'

/** Of the calls that come, so many more than before wait for a connection where a block is asked for more than it can do. */
const leastKeptOut = 0.05

/** A resource of a block. */
export interface ResourceAnswer {
  readonly name: string
  /** Room for what is kept: full it still serves. */
  readonly isRoom: boolean
  /** Over all instances. */
  readonly capacity: number
  /** Share in use: of the fullest instance, where it is fuller than the mean of all beyond chance. */
  readonly utilisation: Estimate
  /** The instance that this is of; null for all of them together. */
  readonly instance: InstanceName
  /** Share in use over all instances. */
  readonly mean: Estimate
}

export interface Bottleneck {
  readonly block: string
  readonly instance: InstanceName
  readonly resource: string
  readonly utilisation: number
  /** Multiple of this load at which the resource is full, if use grows in proportion. */
  readonly fullAtLoad: number
}

/**
 * The resource that is fullest, of the fullest instance: what breaks first as load grows in proportion. Where a backlog
 * grows without end, the full resource behind it. It is full at less than this load only where it is asked for more than it
 * can do: a backlog grows there or for its connections, or calls are turned away or give up.
 */
export function bottleneckOf(
  findings: Findings,
  { overloads, untold }: { overloads: readonly Overload[]; untold: readonly Overload[] },
): Bottleneck | null {
  const worst = worstOf(overloads.filter((overload) => overload.full !== null))
  if (worst?.full != null) {
    const { load, ...full } = worst.full
    return { block: worst.block, ...full, fullAtLoad: 1 / load }
  }
  const fullest = fullestOf(findings)
  if (fullest === null) return null
  const { index, use, load } = fullest
  const block = findings.blocks[index] as string
  const isGrowing = untold.some((one) => one.block === block)
  const failed = findings.blockSum(index, (cell) => cell.failed.reduce((sum, count) => sum + count, 0))
  const offered = findings.blockSum(index, (cell) => cell.offered)
  const isKeptOut = findings.blockSum(index, waitingOutside) > leastKeptOut * offered
  const { resource, instance, utilisation } = use
  return {
    block,
    instance,
    resource,
    utilisation: utilisation.enough ? utilisation.point : 0,
    fullAtLoad: 1 / (isGrowing || isKeptOut || failed > 0 ? load : Math.min(1, load)),
  }
}

/** The fullest resource of all blocks, and what is asked of it over what it can do; null if nothing is in use. */
export function fullestOf(findings: Findings): { index: number; use: Use; load: number } | null {
  let best: { index: number; use: Use } | null = null
  let most = 0
  findings.blocks.forEach((_, index) => {
    const use = fullestUse(findings, index)
    if (use === null || !use.utilisation.enough || use.utilisation.point <= most) return
    best = { index, use }
    most = use.utilisation.point
  })
  if (best === null) return null
  const { index, use } = best as { index: number; use: Use }
  return { index, use, load: loadOn(findings, index, use) }
}
