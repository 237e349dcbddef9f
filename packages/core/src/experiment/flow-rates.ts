import { type Flow, followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { RunResults } from './run-results.ts'

/** Fewer requests or calls do not correct what arithmetic expects of their rate. */
const leastCounted = 100

/**
 * Calls per second of the flows of a design in a run: as arithmetic expects them, but for what it cannot know. Users who wait
 * for answers send less than without; behind caches only misses arrive. Those rates are measured.
 */
export const flowRates = oncePer((results: RunResults): ((flow: Flow) => number) => {
  const { design } = results
  const flows = followRequests(design)
  const seconds = measuredSeconds(results)
  const ofSource = new Map<string, number>()
  for (const { name } of design.sources) {
    const expected = sum(flows.filter(({ caller, source }) => caller === undefined && source === name)) * seconds
    const kinds = results.kinds.filter(({ source }) => source === name).map(({ index }) => index)
    const offered = results.sums({ ...results.all, kinds }, (cell) => cell.offered).reduce((a, b) => a + b, 0)
    ofSource.set(name, offered < leastCounted || expected === 0 ? 1 : offered / expected)
  }
  const sent = (flow: Flow) => flow.perSecond * (ofSource.get(flow.source) ?? 1)
  const behind = behindCaches(design)
  const missed = new Map<string, number>()
  for (const block of new Set([...behind].map((flow) => flow.block))) {
    const own = flows.filter((flow) => flow.block === block)
    const straight = own.reduce((total, flow) => total + (behind.has(flow) ? 0 : sent(flow)), 0)
    const most = own.reduce((total, flow) => total + (behind.has(flow) ? sent(flow) : 0), 0)
    const arrived = results.blockSum(results.blocks.indexOf(block), (cell) => cell.arrived) / seconds
    missed.set(block, most > 0 ? Math.min(1, Math.max(0, arrived - straight) / most) : 1)
  }
  return (flow) => sent(flow) * (behind.has(flow) ? (missed.get(flow.block) ?? 1) : 1)
})

/** Time measured over all replications, s. */
export function measuredSeconds(results: RunResults): number {
  return results.durationsMs(results.measured).reduce((total, ms) => total + ms, 0) / 1000
}

/** Calls that a cache makes on a miss, and the calls that these lead to. */
const behindCaches = oncePer((design: Design): ReadonlySet<Flow> => {
  const behind = new Set<Flow>()
  // Each call comes before what it leads to.
  for (const flow of followRequests(design)) {
    const { caller } = flow
    if (caller !== undefined && (behind.has(caller) || isCache(design, caller.block))) behind.add(flow)
  }
  return behind
})

function isCache(design: Design, name: string): boolean {
  const block = blockNamed(design, name)
  return block !== undefined && (blocks.get(block.type).measured?.(block.values) ?? []).includes('hits')
}

function sum(flows: readonly Flow[]): number {
  return flows.reduce((total, { perSecond }) => total + perSecond, 0)
}
