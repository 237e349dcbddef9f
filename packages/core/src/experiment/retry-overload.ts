import { expectedUse, type Flow, followRequests } from '../before-run/flows.ts'
import { blockNamed, sourceNamed } from '../before-run/named.ts'
import type { BlockType } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { SourceValues } from '../workloads/source.ts'
import type { RetryOverload, Verdict } from './answer.ts'
import type { RunResults } from './run-results.ts'
import { usesOf } from './use.ts'

/**
 * A caller waits for a connection first, and its time-out may be nearly over by then. It gets an answer in time only if the
 * time behind all connections is shorter than its time-out by this factor. With a factor of 5 (a database at 80 %, three
 * attempts) an overload outlasted the spike; with a factor of 50 it ended.
 */
const timeOutOverInside = 10

/**
 * A system whose failed calls bring more work can have two states. In the good state it answers in time. In the bad state
 * every call times out, and the retries keep the queue long even after the disturbance is over. The bad state exists where
 * a resource can do the work of the calls, but not that of all attempts together.
 * @returns the resource with the largest such load, or null if there is none
 *
 * Not counted: users of closed loops, who never send more than one attempt each.
 * Source: N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021.
 */
function retryOverloadOf(results: RunResults): RetryOverload | null {
  const { design } = results
  const flows = followRequests(design)
  const all = flows.map((flow) => ({ ...flow, perSecond: withAttempts(design, flow) }))
  if (all.every(({ perSecond }, i) => perSecond === flows[i]?.perSecond)) return null
  const asked = expectedUse(design, flows)
  let worst: RetryOverload | null = null
  for (const { block, resource, use } of expectedUse(design, all)) {
    const alone = asked.find((one) => one.block === block && one.resource === resource)?.use ?? 0
    const measured = usesOf(results, results.blocks.indexOf(block)).find(
      (one) => one.resource === resource,
    )?.utilization
    if (alone === 0 || measured?.sufficient !== true) continue
    // Caches answer some of the calls that arithmetic counts: how many is measured.
    const load = measured.point * (use / alone)
    if (measured.point < 1 && use > alone && load > Math.max(1, worst?.load ?? 0)) worst = { block, resource, load }
  }
  return worst
}

/** Calls per second of a flow if every one of them timed out as often as it is tried. */
function withAttempts(design: Design, flow: Flow): number {
  const source = sourceNamed(design, flow.source) as Partial<SourceValues> | undefined
  if (source?.users !== undefined) return flow.perSecond
  let [attempts, mostPerSecond, timesOut] = [1, Number.POSITIVE_INFINITY, false]
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) {
    const { options, detached, dispensable } = at.edge
    const timeoutMs = options?.timeout ?? Number.POSITIVE_INFINITY
    if (timeoutMs < longestMs(design, flow, options?.cancels ?? 'nothing')) {
      timesOut = true
      const perTimeOut = flow.perSecond / at.perSecond
      mostPerSecond = Math.min(mostPerSecond, (callsAtOnce(design, at.caller) * perTimeOut * 1000) / timeoutMs)
    }
    if (timesOut) attempts *= options?.retry?.attempts ?? 1
    // Nobody above is notified of the failure.
    if (detached === true || dispensable === true) break
  }
  return flow.perSecond === 0 ? 0 : Math.max(flow.perSecond, Math.min(flow.perSecond * attempts, mostPerSecond))
}

/**
 * How long a call may take whose caller gives up no sooner, ms: as long as all take that can be inside the block at once.
 * 0 where giving up takes the call out of the queue: what is left is worked on in time.
 */
function longestMs(design: Design, { block, operation }: Flow, cancels: 'nothing' | 'queued' | 'all'): number {
  const found = blockNamed(design, block)
  if (found === undefined) return 0
  const { risks = {}, demands } = blocks.get(found.type) as BlockType<never>
  const values = found.values as never
  if (cancels === 'all' || (cancels === 'queued' && risks.room?.(values) !== undefined)) return 0
  const perCallMs = (demands?.(values) ?? []).reduce(
    (longest, demand) =>
      demand.operation === undefined || demand.operation === operation
        ? Math.max(longest, demand.perCallMs / demand.capacity)
        : longest,
    0,
  )
  const inside = risks.mostInside?.(values) ?? Number.POSITIVE_INFINITY
  const connected = risks.connections?.(values) ?? Number.POSITIVE_INFINITY
  return perCallMs === 0 ? 0 : perCallMs * Math.min(inside, connected * timeOutOverInside)
}

/** Calls that a block has under way at most, one for each worker that waits for its answer. */
function callsAtOnce(design: Design, caller: Flow | undefined): number {
  const found = caller && blockNamed(design, caller.block)
  const most = found && blocks.get(found.type).risks?.callsAtOnce?.(found.values as never)
  return most ?? Number.POSITIVE_INFINITY
}

/** Adds to the verdict on a steady-state run, which starts in the good state, the retries that could keep it in the bad one. */
export function besideRetries(verdict: Verdict, results: RunResults): Verdict {
  const retryOverload = verdict.outcome === 'carries' ? retryOverloadOf(results) : null
  if (retryOverload === null) return verdict
  const { block, resource, load } = retryOverload
  const times = Number(load.toPrecision(2))
  const but = `If calls time out, their retries load the ${resource} of ${block} to ${times} times capacity, and the design may not recover`
  const remedy = 'Each replication starts in the good state: to test recovery, set run.for and add a spike or a fault'
  return { ...verdict, sentence: `${verdict.sentence}. ${but}. ${remedy}`, retryOverload }
}
