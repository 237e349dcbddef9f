import { type Flow, flowsTo, followRequests } from '../before-run/flows.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { RunResults } from './run-results.ts'

/** The blocks of a design that begin with a backlog. */
const withBacklog = oncePer((design: Design): readonly string[] =>
  design.blocks.flatMap(({ name, type, values }) =>
    blocks.get(type).startsWith?.(values) === undefined ? [] : [name],
  ),
)

/**
 * Share of the work at a block that traffic brings, from 0 to 1. The rest is work on a backlog at the start, which is done
 * once and does not grow with the load. A block behind the backlog does the work that its messages lead to.
 */
export function shareOfTraffic(results: RunResults, block: number, cells: readonly number[]): number {
  const { design, blocks: names } = results
  let more = 0
  for (const name of withBacklog(design)) {
    const place = names.indexOf(name)
    const begun = results.blockSum(place, (cell) => cell.begun, cells)
    const arrived = results.blockSum(place, (cell) => cell.arrived, cells)
    const behind = place === block ? 1 : shareBehind(design, name, names[block] as string)
    // Each message that came brings as many of the backlog with it.
    if (begun > arrived && behind > 0) more += arrived === 0 ? Number.POSITIVE_INFINITY : behind * (begun / arrived - 1)
  }
  return 1 / (1 + more)
}

/** Share of the calls to a block that messages of a queue lead to. */
function shareBehind(design: Design, queue: string, block: string): number {
  const flows = flowsTo(followRequests(design), block)
  const behind = flows.filter((flow) => isBehind(queue, flow))
  // A source that sends all at once has no rate.
  const weight = flows.some(({ perSecond }) => perSecond > 0) ? ({ perSecond }: Flow) => perSecond : () => 1
  const sum = (some: readonly Flow[]) => some.reduce((total, flow) => total + weight(flow), 0)
  return behind.length === 0 ? 0 : sum(behind) / sum(flows)
}

function isBehind(queue: string, flow: Flow): boolean {
  for (let at = flow.caller; at !== undefined; at = at.caller) if (at.block === queue) return true
  return false
}
