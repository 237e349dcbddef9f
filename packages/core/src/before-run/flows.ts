import type { BlockType, Edge } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { BlockValues, Design } from '../language/design.ts'
import { createSampler } from '../support/distributions/index.ts'
import { oncePer } from '../support/once-per.ts'
import type { Chosen } from '../support/params.ts'
import { replayFacts } from '../workloads/recording.ts'
import type { SourceValues } from '../workloads/source.ts'
import { beginsInRun, requestsAtOnce } from '../workloads/span.ts'
import { blockNamed } from './named.ts'
import { callsDuring, demandsIn, demandsOf, operationsIn } from './of-block.ts'

/** Calls of one kind of request to one operation of a block, as far as arithmetic on the design can tell. */
export interface Flow {
  readonly block: string
  readonly operation: string | undefined
  readonly source: string
  readonly kind: string
  /** Calls per second; for a closed loop an upper bound: as if answers took no time. */
  readonly perSecond: number
  /** Popularity of the keys requested. */
  readonly key: Chosen | undefined
  /** Of a source that replays a trace, where the keys are those of the trace: the source, and the kind of request. */
  readonly replayed: Replayed | undefined
  /** The call on whose behalf this one is made; undefined for a request of the source itself. */
  readonly caller: Flow | undefined
  /** The call as it is written. */
  readonly edge: Edge
}

/** Requests of one kind of a source that replays a trace. */
export interface Replayed {
  readonly values: SourceValues
  readonly kind: string
}

/** One call on the way through a design, before it is known where it leads. */
interface Going {
  readonly edge: Edge
  readonly asked: string | undefined
  readonly kind: string
  readonly perSecond: number
  readonly key: Chosen | undefined
  readonly replayed: Replayed | undefined
  readonly caller: Flow | undefined
}

/** Requests per second of a source while it sends, where its shape's factor is 1; 0 for a source that sends all at once. */
export function nominalRate(values: SourceValues): number {
  if (values.rate !== undefined) return values.rate
  const atOnce = requestsAtOnce(values)
  if (atOnce !== null) return values.every === undefined ? 0 : (atOnce * 1000) / values.every
  const replayed = replayFacts(values)
  if (replayed !== null) return replayed.lengthMs > 0 ? (replayed.requests * 1000) / replayed.lengthMs : 0
  const thinkMs = createSampler(values.think).mean
  return thinkMs > 0 ? ((values.users ?? 0) * 1000) / thinkMs : 0
}

/** The operation that a call is for: the one named or the request's own, if the block has it, else its default. */
export function operationOf(
  type: BlockType,
  block: BlockValues,
  name: string | undefined,
  kind: string,
): string | undefined {
  const operations = operationsIn(block)
  if (operations === undefined) return name
  const asked = name ?? kind
  return operations.has(asked) ? asked : type.defaultOperation
}

/**
 * Follows every kind of request through the design, call by call. Expected numbers: branches count with their probability,
 * a cache's origin as if nothing were cached, retries not at all.
 */
export const followRequests = oncePer((design: Design): readonly Flow[] => {
  const flows: Flow[] = []

  // Each call before what it leads to, without recursion: a chain of calls may be as long as the design.
  const follow = (first: Going, origin: { source: string; kind: string }): void => {
    const open = [first]
    for (let going = open.pop(); going !== undefined; going = open.pop()) {
      const { edge, asked, kind, perSecond, key, replayed, caller } = going
      const block = blockNamed(design, edge.to.block)
      if (block === undefined) continue
      const type = blocks.get(block.type)
      const operation = operationOf(type, block, asked, kind)
      const flow: Flow = { block: block.name, operation, ...origin, perSecond, key, replayed, caller, edge }
      flows.push(flow)
      for (const next of callsDuring(block, operation).toReversed()) {
        const passes = next.passesOperation === true
        open.push({
          edge: next,
          asked: passes ? asked : next.to.operation,
          kind: passes ? kind : (operation ?? kind),
          perSecond: perSecond * next.perCall,
          key: next.key ?? key,
          replayed: next.key === undefined ? replayed : undefined,
          caller: flow,
        })
      }
    }
  }

  // In name order: sums of rates must not depend on the order in which a design declares its parts.
  for (const source of design.sources.toSorted(byName)) {
    const values = source.values as unknown as SourceValues
    const rate = nominalRate(values)
    const requests = Object.entries(values.requests).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const weights = requests.reduce((sum, [, request]) => sum + request.weight, 0)
    for (const [kind, request] of requests) {
      const edge = { to: request.to, perCall: 1, options: request }
      const shares = replayFacts(values)?.shares
      const perSecond = shares === undefined ? (rate * request.weight) / weights : rate * (shares.get(kind) ?? 0)
      const { key } = request
      const replayed = values.replay === undefined || key !== undefined ? undefined : { values, kind }
      follow(
        { edge, asked: request.to.operation, kind, perSecond, key, replayed, caller: undefined },
        { source: source.name, kind },
      )
    }
  }
  return flows
})

/** The flows of sources that send before 0 s: what caches and stores begin with comes from them. */
export const flowsBeforeStart = oncePer((design: Design): readonly Flow[] => {
  const flows = followRequests(design)
  const later = new Set(
    design.sources.filter(({ values }) => beginsInRun(values as unknown as SourceValues)).map(({ name }) => name),
  )
  return later.size === 0 ? flows : flows.filter(({ source }) => !later.has(source))
})

const byBlock = oncePer((flows: readonly Flow[]) => {
  const found = new Map<string, Flow[]>()
  for (const flow of flows) {
    const own = found.get(flow.block)
    if (own === undefined) found.set(flow.block, [flow])
    else own.push(flow)
  }
  return found
})

/** The flows that come to a block. */
export function flowsTo(flows: readonly Flow[], block: string): readonly Flow[] {
  return byBlock(flows).get(block) ?? []
}

/** Each block with those for which calls at it wait: it, those that it calls, and those that they call. */
export const waitedForBy = oncePer((design: Design): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map(design.blocks.map(({ name }) => [name, new Set([name])]))
  for (const flow of followRequests(design)) {
    for (const caller of callersOf(flow)) found.get(caller.block)?.add(flow.block)
  }
  return found
})

/** The calls that wait for this one, from the nearest on. */
export function callersOf(flow: Flow): readonly Flow[] {
  const callers: Flow[] = []
  for (let at = flow; at.caller !== undefined && at.edge.detached !== true; at = at.caller) callers.push(at.caller)
  return callers
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

/** Share of a resource that the expected calls would use, by arithmetic alone; above 1 it cannot carry them. */
export interface ExpectedUse {
  readonly block: string
  readonly resource: string
  readonly use: number
}

/** Expected use of every resource of which arithmetic can tell. */
export function expectedUse(design: Design, flows: readonly Flow[]): readonly ExpectedUse[] {
  return design.blocks.toSorted(byName).flatMap((block) => {
    const demands = demandsIn(block)
    const use = new Map<string, number>()
    for (const demand of demands) {
      for (const flow of flowsTo(flows, block.name)) {
        if (demand.operation !== undefined && demand.operation !== flow.operation) continue
        // What never happens uses nothing, even work whose mean is infinite.
        if (flow.perSecond === 0) continue
        const share = (flow.perSecond * demand.perCallMs) / 1000 / demand.capacity
        use.set(demand.resource, (use.get(demand.resource) ?? 0) + share)
      }
    }
    return [...use].map(([resource, amount]) => ({ block: block.name, resource, use: amount }))
  })
}

/** Work of a call at its block by arithmetic, without calls further on, ms; 0 where arithmetic cannot tell. */
export function workMsOf(design: Design, { block, operation }: Flow): number {
  const found = blockNamed(design, block)
  const demands = found === undefined ? [] : demandsOf(found, operation)
  const perCallMs = demands.reduce((sum, demand) => sum + demand.perCallMs, 0)
  return Number.isFinite(perCallMs) ? perCallMs : 0
}

/** The most sessions that a source has whose requests reach a block. */
export function sessionsOf(design: Design, block: string, flows: readonly Flow[]): number {
  const from = new Set(flowsTo(flows, block).map(({ source }) => source))
  return design.sources
    .filter(({ name }) => from.has(name))
    .reduce((most, { values }) => Math.max(most, (values as unknown as SourceValues).sessions ?? 0), 0)
}
