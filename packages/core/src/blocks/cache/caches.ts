import type { Call, Extent } from '../../kernel/call.ts'
import { hashPair } from '../../kernel/chance.ts'
import { type Outcome, ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import { createSampler } from '../../support/laws/index.ts'
import type { Sampler } from '../../support/laws/law.ts'
import type { Block, Counter, Site } from '../block.ts'
import { Freshness } from './freshness.ts'
import type { CacheNode } from './node.ts'
import { CacheNodes } from './nodes.ts'
import { Origin, others, read, write } from './origin.ts'
import type { CacheValues } from './params.ts'
import { Flight } from './single-flight.ts'
import { updates } from './update/index.ts'
import { isOperation, passingBy, type Trip } from './update/update.ts'

/** The number of trips behind which every flow has ended: that of a call which goes past the cache. */
const pastTheCache = 1000

/** A trip, ready to be made. */
interface Stage {
  readonly isOperation: boolean
  readonly by: Trip['by']
  readonly run: (call: Call, by: Trip['by']) => void
}

/** The nodes of a cache at work. */
export class Caches implements Block {
  readonly visits: Visits
  readonly instances
  readonly resources
  readonly queues
  readonly waits
  readonly counters: readonly Counter[]
  readonly nodes: CacheNodes
  private readonly freshness: Freshness
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly flows: readonly (readonly Stage[])[]
  private readonly compute: Sampler
  private readonly holds: boolean
  private readonly origin: Origin
  private readonly trips: Readonly<Record<Trip['trip'], Stage['run']>> = {
    ask: (call) => this.next(call),
    get: (call) => this.get(call),
    put: (call) => this.put(call),
    delete: (call) => this.delete(call),
    load: (call, by) => this.load(call, by),
    forward: (call, by) => this.forward(call, by),
    buffer: (call) => this.buffer(call),
  }
  private hits = 0
  private misses = 0
  private loads = 0
  private joined = 0
  private bypassed = 0

  constructor(values: CacheValues, site: Site) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.visits = new Visits(site.name, site.index)
    this.nodes = new CacheNodes(values, site)
    this.holds = values.workers !== 'unlimited'
    this.instances = this.nodes.instances
    this.resources = this.nodes.resources
    this.queues = this.nodes.queues
    this.waits = this.nodes.waits
    this.compute = createSampler(values.compute)
    const { read: reading } = updates.get(values.update.name)
    const { write: writing } = updates.get((values.writes ?? values.update).name)
    this.flows = [reading, writing, passingBy].map((trips) => trips.map((trip) => this.stageOf(trip)))
    this.origin = new Origin(values, site)
    this.freshness = new Freshness(values, site, this.nodes, (key) => this.weightOf(key))
    this.counters = [
      { name: 'hits', read: () => this.hits },
      { name: 'misses', read: () => this.misses },
      { name: 'expired', read: () => this.nodes.sum(({ shelf }) => shelf.entries.expired) },
      { name: 'evicted', read: () => this.nodes.sum(({ shelf }) => shelf.entries.evicted) },
      { name: 'loads', read: () => this.loads },
      { name: 'joined', read: () => this.joined },
      ...(values['when-down'] === 'refuse' ? [] : [{ name: 'past-the-cache', read: () => this.bypassed }]),
      ...this.freshness.counters,
    ]
  }

  connect(): void {
    this.origin.connect()
    this.nodes.connect()
    this.freshness.connect(this.origin)
  }

  start(): void {
    const draw = this.values.start === 'empty' ? null : this.site.keyStream('read')
    const { meanBytes } = this.origin.sizes
    const weightOf = (key: number) => this.weightOf(key)
    if (draw !== null) this.nodes.warm(draw, meanBytes, weightOf)
    for (const node of this.nodes.list) this.freshness.begin(node)
    this.nodes.onClient = (node) => {
      if (draw !== null) this.nodes.warmClient(node, draw, meanBytes, weightOf)
      this.freshness.begin(node)
    }
  }

  operation(name: string | undefined, kind: string | undefined): number {
    const asked = name ?? (kind === 'write' ? 'write' : 'read')
    if (asked === 'read') return read
    return asked === 'write' ? write : this.origin.operation(asked, kind)
  }

  healthy(instance: number): boolean {
    return this.nodes.at(instance).worker.healthy()
  }

  copyOf(operation: number, key: number) {
    return this.origin.copyOf(operation, key)
  }

  get versions() {
    return this.origin.versions
  }

  verify(): void {
    for (const { shelf } of this.nodes.list) shelf.entries.verify()
  }

  receive(call: Call): void {
    call.pending = 0
    const node = this.nodes.assign(call)
    if (!node.worker.up && this.values['when-down'] === 'origin') this.goPast(call, node)
    else if ((this.flowOf(call)[0] as Stage).isOperation) node.worker.receive(call, this.workMs(call), this.arrived)
    else if (node.worker.take(call)) this.arrived(call)
  }

  withdraw(call: Call, extent: Extent): boolean {
    const node = this.nodes.of(call)
    if (call.place instanceof Flight) {
      call.place.leave(call)
      return node.worker.withdraw(call, 'all')
    }
    const flight = call.operation === read ? node.ledBy(call) : null
    if (flight !== null && flight.waiting.length > 0) return extent === 'all' && this.handOver(call, flight)
    if (call.child === null) {
      if (call.begun && extent !== 'all') return false
    } else if (!this.origin.takeBack(call, call.child, extent)) {
      return false
    }
    if (flight !== null) {
      node.flights?.end(call.key)
      node.flights?.giveBack(flight)
    }
    return node.worker.withdraw(call, 'all')
  }

  // A flow is made trip by trip; `call.pending` counts the trips made.

  private stageOf({ trip, by }: Trip): Stage {
    return { isOperation: isOperation({ trip, by }), by, run: this.trips[trip] }
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
    const found = this.freshness.find(node, call)
    if (!found) {
      this.misses++
      this.next(call)
      return
    }
    this.hits++
    call.replyBytes = call.copy?.absent === true ? 0 : this.origin.sizes.of(call.key)
    node.worker.finish(call, ok)
  }

  private put(call: Call): void {
    this.freshness.take(this.nodes.of(call), call.key, call.copy)
    this.next(call)
  }

  private delete(call: Call): void {
    this.nodes.of(call).shelf.drop(call.key)
    this.next(call)
  }

  private buffer(call: Call): void {
    this.freshness.accept(this.nodes.of(call), call)
    this.next(call)
  }

  private load(call: Call, by: Trip['by']): void {
    const { flights } = this.nodes.of(call)
    if (flights !== null) {
      const flight = flights.of(call.key)
      if (flight !== null) {
        this.joined++
        flight.join(call)
        this.release(call, by)
        return
      }
      flights.begin(call)
    }
    this.loads++
    this.forward(call, by)
  }

  /** The caller finds the cache down and does without it. */
  private goPast(call: Call, node: CacheNode): void {
    this.bypassed++
    node.worker.takeAnyway(call)
    call.pending = pastTheCache
    this.forward(call, 'caller')
  }

  private forward(call: Call, by: Trip['by']): void {
    this.release(call, by)
    this.origin.send(call, this.replied)
  }

  private release(call: Call, by: Trip['by']): void {
    if (by === 'caller' || !this.holds) this.nodes.of(call).worker.release(call)
  }

  private readonly replied = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.replyBytes = child.replyBytes
    if (outcome === ok) this.next(call)
    else this.end(call, outcome)
  }

  /** Answers the call, and all who waited for what it loaded. */
  private end(call: Call, outcome: Outcome): void {
    const node = this.nodes.of(call)
    const flight = call.operation === read ? node.ledBy(call) : null
    if (call.operation === read && outcome === ok) this.freshness.shown(call)
    if (flight === null) {
      node.worker.finish(call, outcome)
      return
    }
    const { replyBytes, copy } = call
    node.flights?.end(call.key)
    node.worker.finish(call, outcome)
    for (let next = flight.takeFirst(); next !== null; next = flight.takeFirst()) {
      next.replyBytes = replyBytes
      next.copy = copy
      if (outcome === ok) this.freshness.shown(next)
      node.worker.finish(next, outcome)
    }
    node.flights?.giveBack(flight)
  }

  /** Takes back the call that loads for others too: the first of them goes on in its place. */
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
    this.nodes.of(call).worker.withdraw(call, 'all')
    if (child === null) this.go(heir)
    return true
  }

  private flowOf(call: Call): readonly Stage[] {
    return this.flows[call.operation < others ? call.operation : others] as readonly Stage[]
  }

  /** Work of the present trip; the same for the same request whatever else happens. */
  private workMs(call: Call): number {
    const { compute, simulation, site } = this
    if (compute.constant !== undefined) return compute.constant
    return compute.sample(simulation.chance.at(call.request, call.lineage, hashPair(site.hash, call.pending)))
  }

  private weightOf(key: number): number {
    if (this.values.capacity.unit === 'entries') return 1
    return Math.max(1, Math.ceil(this.origin.sizes.of(key)))
  }
}
