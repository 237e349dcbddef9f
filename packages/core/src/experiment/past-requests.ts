import { type Flow, workMsOf } from '../before-run/flows.ts'
import type { Block } from '../blocks/block.ts'
import type { Call } from '../kernel/call.ts'
import { together } from '../kernel/copy.ts'
import { hashName, type Stream } from '../kernel/random.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { createKeys } from '../keys/index.ts'
import type { Design } from '../language/design.ts'
import { ln } from '../support/elementary.ts'
import type { SourceValues } from '../workloads/source.ts'

/** One call of a request before the start, and the calls that it leads to. */
interface Leg {
  readonly flow: Flow
  readonly block: Block
  readonly operation: number
  /** Draws a key of its own; null where it requests that of its caller. */
  readonly draw: ((call: Call) => number) | null
  readonly sessions: number
  readonly next: Leg[]
  /** Work of a call there, on average, ms. */
  readonly workMs: number
  /** Makes the calls that this one leads to, and returns how long they take where nobody waits, ms. */
  readonly send: (call: Call) => number
}

/** Events run at most between two requests. */
const mostEvents = 1e9
/** What is due at 0 belongs to the run. */
const beforeStartMs = -1e-6

/**
 * Requests before the start, of which only what they leave in caches and stores is simulated: they wait for nobody, and
 * take no time but that of loads on their way into a cache. All tiers of caches see one stream, as in the run.
 */
export class PastRequests {
  private readonly simulation: Simulation
  private readonly random: Stream
  private readonly roots: readonly Leg[]
  private readonly perMs: number
  private made = 0
  /** Work of all calls so far, ms. */
  private workedMs = 0

  constructor(design: Design, flows: readonly Flow[], blocks: ReadonlyMap<string, Block>, simulation: Simulation) {
    this.simulation = simulation
    this.random = simulation.stream('requests before the start')
    const sessions = new Map(
      design.sources.map(({ name, values }) => [name, (values as unknown as SourceValues).sessions ?? 0]),
    )
    const legs = new Map<Flow, Leg>()
    for (const flow of flows) {
      const leg = this.legOf(design, flow, blocks.get(flow.block) as Block, sessions.get(flow.source) ?? 0)
      legs.set(flow, leg)
      if (flow.caller !== undefined) legs.get(flow.caller)?.next.push(leg)
    }
    this.roots = [...legs.values()].filter(({ flow }) => flow.caller === undefined && flow.perSecond > 0)
    this.perMs = this.roots.reduce((sum, { flow }) => sum + flow.perSecond / 1000, 0)
  }

  /** Recalls what was asked from `startMs` to 0; `step` is called for each request. */
  run(startMs: number, step: () => void): void {
    const { perMs, random } = this
    const { agenda } = this.simulation
    if (perMs === 0 || startMs >= 0) return
    agenda.nowMs = startMs
    for (;;) {
      const nextMs = agenda.nowMs - ln(random.next()) / perMs
      agenda.runUntil(Math.min(nextMs, beforeStartMs), mostEvents)
      if (nextMs > beforeStartMs) break
      agenda.nowMs = nextMs
      step()
      this.request()
    }
    agenda.nowMs = 0
  }

  private request(): void {
    const leg = this.oneOfRoots()
    const { calls } = this.simulation
    const call = calls.fresh()
    call.request = this.made++
    call.callPath = hashName(leg.flow.source)
    call.kind = 0
    call.key = 0
    call.session = leg.sessions === 0 ? 0 : 1 + this.random.below(leg.sessions)
    call.sizeBytes = 0
    call.priority = 9
    call.abandoned = false
    call.traced = false
    call.caller = null
    this.make(leg, call)
    calls.close(call)
  }

  private oneOfRoots(): Leg {
    let at = this.random.next() * this.perMs * 1000
    let index = 0
    while (index < this.roots.length - 1 && at >= (this.roots[index] as Leg).flow.perSecond)
      at -= (this.roots[index++] as Leg).flow.perSecond
    return this.roots[index] as Leg
  }

  private make(leg: Leg, call: Call): void {
    const { block } = leg
    this.workedMs += leg.workMs
    call.operation = leg.operation
    call.instance = (leg.flow.edge.to.instance ?? 0) - 1
    call.copy = null
    call.arrivedMs = this.simulation.agenda.nowMs
    if (leg.draw !== null) call.key = leg.draw(call)
    if (block.recall !== undefined) {
      block.recall(call, leg.send)
      return
    }
    const { length } = block.instances
    if (call.instance < 0 && length > 0) call.instance = length === 1 ? 0 : this.random.below(length)
    leg.send(call)
  }

  /** Sends calls by their probability: shares that add up to 1 lead to one call. */
  private send(leg: Leg, call: Call): number {
    const { calls, agenda } = this.simulation
    const beforeMs = this.workedMs
    const { next } = leg
    let reached = next.length === 0 ? 0 : this.random.next()
    for (const further of next) {
      const before = Math.floor(reached)
      reached += further.flow.edge.perCall
      for (let times = Math.floor(reached) - before; times > 0; times--) {
        const child = calls.make(call)
        child.payload = call.payload
        this.make(further, child)
        if (child.copy !== null) call.copy = together(call.copy, child.copy, agenda.nowMs)
        calls.close(child)
      }
    }
    return this.workedMs - beforeMs
  }

  private legOf(design: Design, flow: Flow, block: Block, sessions: number): Leg {
    const { caller, key, edge } = flow
    const chosen = caller === undefined ? key : edge.key
    const leg: Leg = {
      flow,
      block,
      operation: block.operation(flow.operation, flow.kind),
      draw: chosen === undefined ? null : this.drawer(chosen),
      sessions,
      next: [],
      workMs: workMsOf(design, flow),
      send: (call) => this.send(leg, call),
    }
    return leg
  }

  private drawer(chosen: NonNullable<Flow['key']>): (call: Call) => number {
    if (chosen.name === 'session') return (call) => call.session
    const keys = createKeys(chosen)
    return () => keys.sample(this.random)
  }
}
