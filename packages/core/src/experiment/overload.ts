import { trend } from '../stats/trend.ts'
import type { Overload } from './bottleneck.ts'
import type { Findings } from './findings.ts'
import { full, fullestUse, loadOn, type Use } from './use.ts'

/** A backlog counts as growing from this share of what arrives: below, it may still be settling. */
const smallestGrowth = 0.002
/** Where fewer are answered, those who are not answered belong to the overload. */
const leastAnswered = 0.999

/**
 * Whether an overload reaches those who wait. Behind a queue that answers at once a backlog may grow for ever: as long as
 * all are answered and no more and more are inside, their response time has a value.
 */
export function isHopeless(findings: Findings, found: readonly Overload[], phases: number): boolean {
  if (found.length === 0 || phases > 1) return false
  const { plan, replicates } = findings
  const levels = replicates.map(({ series, endMs }) =>
    series.inside.subarray(0, Math.min(plan.ticks, Math.floor((endMs * plan.ticks) / plan.endMs))),
  )
  const answered = findings.share(findings.all, (cell) => cell.answered)
  const isAnswered = answered.enough && answered.point > leastAnswered
  return !isAnswered || trend(levels.filter((series) => series.length >= 4)).direction === 'growing'
}

/**
 * The blocks whose backlog grows without end over the last stretch of the runs: the number inside rises in all
 * replications together (99.9 %), and a resource of theirs is full. Empty if everything is carried.
 */
export function overloads(findings: Findings, fromMs: number): readonly Overload[] {
  const { plan, replicates } = findings
  const tickMs = plan.endMs / plan.ticks
  const fromTick = Math.min(plan.ticks - 4, Math.floor(fromMs / tickMs))
  const cells = findings.cellsWithin(fromMs, Number.POSITIVE_INFINITY)
  const growing = findings.blocks.flatMap((block, index) => {
    const levels = replicates.map(({ series, endMs }) => {
      const lastTick = Math.min(plan.ticks, Math.floor(endMs / tickMs))
      return (series.blocks[index] as (typeof series.blocks)[number]).inside.subarray(
        Math.min(fromTick, lastTick),
        lastTick,
      )
    })
    const { slope, direction } = trend(levels.filter((series) => series.length >= 4))
    if (direction !== 'growing' || !slope.enough) return []
    const rate = (count: 'arrived' | 'done') => {
      const estimate = findings.blockRatio(index, (cell) => cell[count], 'time', cells)
      return estimate.enough ? estimate.point * 1000 : 0
    }
    const offeredPerSecond = rate('arrived')
    const growsPerSecond = (slope.point * 1000) / tickMs
    if ((slope.low * 1000) / tickMs < smallestGrowth * offeredPerSecond) return []
    const use = fullestUse(findings, index, cells)
    const fullUse = use?.utilisation.enough === true && use.utilisation.point >= full ? use : null
    const found = { block, growsPerSecond, offeredPerSecond }
    if (fullUse === null) return [{ ...found, carriesPerSecond: rate('done'), full: null }]
    const load = Math.max(1, loadOn(findings, index, fullUse, cells))
    return [{ ...found, carriesPerSecond: offeredPerSecond / load, full: fullResource(fullUse, load) }]
  })
  const atFault = growing.filter((block) => block.full !== null)
  return atFault.length > 0 ? atFault : growing
}

function fullResource({ resource, instance, utilisation }: Use, load: number): Overload['full'] {
  return { resource, instance, utilisation: utilisation.enough ? utilisation.point : 1, load }
}
