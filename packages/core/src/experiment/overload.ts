import { trend } from '../stats/trend.ts'
import type { Overload } from './answer.ts'
import type { Findings } from './findings.ts'

/** A backlog counts as growing from this share of what arrives: below, it may still be settling. */
const smallestGrowth = 0.002
/** Where fewer are answered, those who are not answered belong to the overload. */
const leastAnswered = 0.999
/** A resource this full is the reason why a backlog grows. */
const full = 0.95

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
    const fullest = Math.max(
      0,
      ...(findings.capacities[index] ?? []).map((_, resource) => {
        const use = findings.utilisation(index, resource, cells)
        return use.enough ? use.point : 0
      }),
    )
    return [{ block, growsPerSecond, carriesPerSecond: rate('done'), offeredPerSecond, fullest }]
  })
  const atFault = growing.filter((block) => block.fullest >= full)
  return (atFault.length > 0 ? atFault : growing).map(({ fullest: _, ...overload }) => overload)
}
