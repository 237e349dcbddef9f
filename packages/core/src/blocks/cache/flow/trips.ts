import type { Call, CancelScope } from '../../../kernel/call.ts'
import { type Outcome, ok } from '../../../kernel/outcome.ts'
import { hashPair } from '../../../kernel/random.ts'
import type { Sampler } from '../../../support/distributions/distribution.ts'
import { createSampler } from '../../../support/distributions/index.ts'
import type { Site } from '../../block.ts'
import type { CacheValues } from '../params.ts'
import type { Holdings } from '../shelf/holdings.ts'
import type { CacheNode } from '../shelf/node.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import { updates } from '../update/index.ts'
import { isOperation, passingBy, type Trip } from '../update/update.ts'
import { type Origin, others, read } from '../way-out/origin.ts'
import { Recall } from './recall.ts'
import { Flight } from './single-flight.ts'

/** The number of trips behind which every flow has ended: that of a call which goes past the cache. */
const bypassing = 1000

/** A trip, ready to be made. */
interface Stage {
  readonly isOperation: boolean
  readonly by: Trip['by']
  readonly run: (call: Call, by: Trip['by']) => void
}

/** Makes the trips of the calls of a cache, in the order that its update policy says; `call.pending` counts those made. */
export class Trips {
  loads = 0
  joined = 0
  bypassed = 0
  /** Calls of endpoints whose answers are not kept. */
  uncached = 0
  /** Those of calls before the start. */
  readonly recall: Recall
  private readonly values: CacheValues
  private readonly site: Site
  private readonly nodes: CacheNodes
  private readonly origin: Origin
  private readonly holdings: Holdings
  private readonly finish: (call: Call, outcome: Outcome) => void
  private readonly flows: readonly (readonly Stage[])[]
  private readonly compute: Sampler
  /** Whether the number of workers is limited. */
  private readonly holds: boolean
  private readonly runs: Readonly<Record<Trip['trip'], Stage['run']>> = {
    ask: (call) => this.next(call),
    get: (call) => this.get(call),
    put: (call) => this.put(call),
    delete: (call) => this.delete(call),
    load: (call, by) => this.load(call, by),
    forward: (call, by) => this.forward(call, by),
    buffer: (call) => this.buffer(call),
  }

  /** @param parts `finish` sends the answer of a call whose trips have been made. */
  constructor(
    values: CacheValues,
    site: Site,
    parts: {
      readonly nodes: CacheNodes
      readonly origin: Origin
      readonly holdings: Holdings
      readonly finish: (call: Call, outcome: Outcome) => void
    },
  ) {
    this.values = values
    this.site = site
    this.nodes = parts.nodes
    this.origin = parts.origin
    this.holdings = parts.holdings
    this.finish = parts.finish
    this.recall = new Recall(values, site.simulation.agenda, parts.origin, parts.holdings)
    this.compute = createSampler(values.compute)
    this.holds = values.workers !== 'unlimited'
    const { read: reading } = updates.get(values.update.name)
    const { write: writing } = updates.get((values.writes ?? values.update).name)
    this.flows = [reading, writing, passingBy].map((trips) => trips.map((trip) => this.stageOf(trip)))
  }

  /** A call has come to its node. */
  begin(call: Call): void {
    call.pending = 0
    const node = this.nodes.of(call)
    if (!node.worker.up && this.values['when-down'] === 'origin') this.goPast(call, node)
    else if ((this.flowOf(call)[0] as Stage).isOperation) node.worker.receive(call, this.workMs(call), this.arrived)
    else if (node.worker.take(call)) this.arrived(call)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    const node = this.nodes.of(call)
    if (call.place instanceof Flight) {
      call.place.leave(call)
      return node.worker.cancel(call, 'all')
    }
    const flight = call.operation === read ? node.ledBy(call) : null
    if (flight !== null && flight.waiting.length > 0) return scope === 'all' && this.handOver(call, flight)
    if (call.child === null) {
      if (call.begun && scope !== 'all') return false
    } else if (!this.origin.takeBack(call, call.child, scope)) {
      return false
    }
    if (flight !== null) {
      node.flights?.end(call.key)
      node.flights?.giveBack(flight)
    }
    return node.worker.cancel(call, 'all')
  }

  private stageOf({ trip, by }: Trip): Stage {
    return { isOperation: isOperation({ trip, by }), by, run: this.runs[trip] }
  }

  /** The call is where its present trip leads to. */
  private readonly arrived = (call: Call): void => {
    const stage = this.flowOf(call)[call.pending] as Stage
    stage.run(call, stage.by)
  }

  /** The present trip has been made: the next one, or the answer. */
  private next(call: Call): void {
    call.pending++
    this.go(call)
  }

  private go(call: Call): void {
    const stage = this.flowOf(call)[call.pending]
    if (stage === undefined) this.end(call, ok)
    else if (stage.isOperation) this.nodes.of(call).worker.again(call, this.workMs(call), this.arrived)
    else stage.run(call, stage.by)
  }

  private get(call: Call): void {
    const node = this.nodes.of(call)
    const found = this.holdings.find(node, call, true)
    if (!found) {
      node.misses++
      this.next(call)
      return
    }
    node.hits++
    this.holdings.shown(call)
    call.replyBytes = call.copy?.absent === true ? 0 : this.origin.sizes.of(call.key)
    this.finish(call, ok)
  }

  private put(call: Call): void {
    this.holdings.take(this.nodes.of(call), call.key, call.copy)
    this.next(call)
  }

  private delete(call: Call): void {
    this.nodes.of(call).shelf.drop(call.key)
    this.next(call)
  }

  private buffer(call: Call): void {
    this.holdings.accept(this.nodes.of(call), call)
    this.next(call)
  }

  private load(call: Call, by: Trip['by']): void {
    const { flights } = this.nodes.of(call)
    if (flights !== null) {
      const flight = flights.of(call.key)
      if (flight !== null && flight.leader !== call) {
        this.joined++
        flight.join(call)
        this.release(call, by)
        return
      }
      if (flight === null) flights.begin(call)
    }
    this.loads++
    this.forward(call, by)
  }

  /** The caller finds the cache down and does without it. */
  private goPast(call: Call, node: CacheNode): void {
    this.bypassed++
    node.worker.takeAnyway(call)
    call.pending = bypassing
    this.forward(call, 'caller')
  }

  private forward(call: Call, by: Trip['by']): void {
    if (call.operation >= others) this.uncached++
    this.release(call, by)
    this.origin.send(call, this.replied)
  }

  private release(call: Call, by: Trip['by']): void {
    if (by === 'caller' || !this.holds) this.nodes.of(call).worker.release(call)
  }

  private readonly replied = (call: Call, outcome: Outcome): void => {
    if (outcome === ok) this.next(call)
    else this.end(call, outcome)
  }

  /** Answers the call, and all who waited for what it loaded. */
  private end(call: Call, outcome: Outcome): void {
    const node = this.nodes.of(call)
    const flight = call.operation === read ? node.ledBy(call) : null
    if (call.operation === read && outcome === ok) this.holdings.shown(call)
    if (flight === null) {
      this.finish(call, outcome)
      return
    }
    const { replyBytes, copy } = call
    node.flights?.end(call.key)
    this.finish(call, outcome)
    for (let next = flight.takeFirst(); next !== null; next = flight.takeFirst()) {
      next.replyBytes = replyBytes
      next.copy = copy
      if (outcome === ok) this.holdings.shown(next)
      this.finish(next, outcome)
    }
    node.flights?.giveBack(flight)
  }

  /** Cancels the call that loads for others too; the first of them loads in its place. */
  private handOver(call: Call, flight: Flight): boolean {
    const heir = flight.takeFirst() as Call
    const { child } = call
    flight.leader = heir
    heir.pending = call.pending
    heir.replyBytes = call.replyBytes
    heir.copy = call.copy
    if (child !== null) {
      child.caller = heir
      heir.child = child
      call.child = null
    }
    this.nodes.of(call).worker.cancel(call, 'all')
    if (child === null) this.go(heir)
    return true
  }

  private flowOf(call: Call): readonly Stage[] {
    return this.flows[call.operation < others ? call.operation : others] as readonly Stage[]
  }

  /** Work of the present trip; the same for the same request whatever else happens. */
  private workMs(call: Call): number {
    const { compute, site } = this
    if (compute.constant !== undefined) return compute.constant
    return compute.sample(site.simulation.random.at(call.request, call.callPath, hashPair(site.hash, call.pending)))
  }
}
