import type { Call, Extent } from '../../kernel/call.ts'
import { hashPair } from '../../kernel/chance.ts'
import { type Outcome, ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import { createSampler } from '../../support/laws/index.ts'
import type { Sampler } from '../../support/laws/law.ts'
import type { Block, Counter, Site } from '../block.ts'
import { ObjectSizes } from '../object-sizes.ts'
import { PassThrough } from '../pass-through.ts'
import { Worker } from '../worker.ts'
import type { CacheValues } from './cache.ts'
import { Entries } from './entries.ts'
import { evictions } from './eviction/index.ts'
import { Flight, Flights } from './single-flight.ts'
import { updates } from './update/index.ts'
import { isOperation, passingBy, type Trip } from './update/update.ts'
import { warm } from './warming.ts'

const read = 0
const write = 1
/** Operations from here on are the origin's own. */
const others = 2

/** Size of an object where neither the cache nor the origin says. */
const usualBytes = { name: 'constant', values: { value: 1024 } }

/** A trip, ready to be made. */
interface Stage {
  readonly isOperation: boolean
  readonly by: Trip['by']
  readonly run: (call: Call, by: Trip['by']) => void
}

/** A cache at work. */
export class CacheNode implements Block {
  readonly visits: Visits
  readonly worker: Worker
  readonly instances
  readonly resources
  readonly queues
  readonly waits
  readonly counters: readonly Counter[]
  readonly entries: Entries
  hits = 0
  misses = 0
  loads = 0
  joined = 0
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly flows: readonly (readonly Stage[])[]
  private readonly compute: Sampler
  private readonly ttlMs: number
  private readonly flights: Flights | null
  private readonly holds: boolean
  private readonly route: PassThrough
  /** Numbers of read and write at the origin. */
  private ownOperations: readonly number[] = []
  private readonly trips: Readonly<Record<Trip['trip'], Stage['run']>> = {
    ask: (call) => this.next(call),
    get: (call) => this.get(call),
    put: (call) => this.put(call),
    delete: (call) => this.delete(call),
    load: (call, by) => this.load(call, by),
    forward: (call, by) => this.forward(call, by),
  }
  private origin: Block | null = null
  private sizes: ObjectSizes | null = null

  constructor(values: CacheValues, site: Site) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.visits = new Visits(site.name, site.index)
    const workers = values.workers === 'unlimited' ? Number.POSITIVE_INFINITY : values.workers
    this.worker = new Worker(site, { workers, cores: values.cores, limit: Number.POSITIVE_INFINITY })
    this.worker.onCrash = () => this.forgetAll()
    this.holds = Number.isFinite(workers)
    this.instances = this.worker.instances
    this.resources = this.worker.resources
    this.queues = this.worker.queues
    this.waits = this.worker.waits
    this.compute = createSampler(values.compute)
    this.ttlMs = values.ttl ?? Number.POSITIVE_INFINITY
    const flows = updates.get(values.update.name)
    this.flows = [flows.read, flows.write, passingBy].map((trips) => trips.map((trip) => this.stageOf(trip)))
    this.flights = values['single-flight'] === 'per-key' ? new Flights() : null
    this.route = new PassThrough(() => site.block(values.of.block))
    const policy = evictions.get(values.eviction.name)
    this.entries = new Entries({
      capacity: values.capacity.amount,
      evictor: (slots) => policy.create(values.eviction.values, slots),
      random: site.simulation.stream(`eviction of ${site.name}`),
    })
    this.counters = [
      { name: 'hits', read: () => this.hits },
      { name: 'misses', read: () => this.misses },
      { name: 'expired', read: () => this.entries.expired },
      { name: 'evicted', read: () => this.entries.evicted },
      { name: 'loads', read: () => this.loads },
      { name: 'joined', read: () => this.joined },
    ]
  }

  connect(): void {
    const origin = this.site.block(this.values.of.block)
    this.origin = origin
    this.ownOperations = ['read', 'write'].map((name) => origin.operation(name, undefined))
    const own = this.values['object-size']
    if (own === undefined && 'sizes' in origin && origin.sizes instanceof ObjectSizes) this.sizes = origin.sizes
    else this.sizes = new ObjectSizes(own ?? usualBytes, this.simulation.seed, this.site.hash)
  }

  start(): void {
    if (this.values.start === 'empty') return
    const draw = this.site.keyStream('read')
    if (draw === null) return
    const { unit, amount } = this.values.capacity
    warm(this.entries, {
      draw,
      perMs: this.site.expectedRate('read') / 1000,
      ttlMs: this.ttlMs,
      weightOf: (key) => this.weightOf(key),
      entries: unit === 'entries' ? amount : amount / (this.sizes as ObjectSizes).meanBytes,
      settledWhenFull: evictions.get(this.values.eviction.name).settledWhenFull === true,
      random: this.simulation.stream(`warming of ${this.site.name}`),
    })
  }

  operation(name: string | undefined, kind: string | undefined): number {
    const asked = name ?? (kind === 'write' ? 'write' : 'read')
    if (asked === 'read') return read
    return asked === 'write' ? write : others + this.route.operation(asked, kind)
  }

  healthy(): boolean {
    return this.worker.healthy()
  }

  verify(): void {
    this.entries.verify()
  }

  receive(call: Call): void {
    call.pending = 0
    if ((this.flowOf(call)[0] as Stage).isOperation) this.worker.receive(call, this.workMs(call), this.arrived)
    else if (this.worker.take(call)) this.arrived(call)
  }

  withdraw(call: Call, extent: Extent): boolean {
    if (call.place instanceof Flight) {
      call.place.leave(call)
      return this.worker.withdraw(call, 'all')
    }
    const flight = this.ledBy(call)
    if (flight !== null && flight.waiting.length > 0) return extent === 'all' && this.handOver(call, flight)
    if (call.child === null) {
      if (call.begun && extent !== 'all') return false
    } else if (!this.takeBackChild(call, call.child, extent)) {
      return false
    }
    if (flight !== null) {
      this.flights?.end(call.key)
      this.flights?.giveBack(flight)
    }
    return this.worker.withdraw(call, 'all')
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
    else if (stage.isOperation) this.worker.again(call, this.workMs(call), this.arrived)
    else stage.run(call, stage.by)
  }

  private get(call: Call): void {
    if (this.entries.get(call.key, this.simulation.agenda.nowMs) < 0) {
      this.misses++
      this.next(call)
      return
    }
    this.hits++
    call.replyBytes = (this.sizes as ObjectSizes).of(call.key)
    this.worker.finish(call, ok)
  }

  private put(call: Call): void {
    this.entries.put(call.key, this.weightOf(call.key), this.simulation.agenda.nowMs + this.ttlMs)
    this.next(call)
  }

  private delete(call: Call): void {
    this.entries.drop(call.key)
    this.next(call)
  }

  private load(call: Call, by: Trip['by']): void {
    if (this.flights !== null) {
      const flight = this.flights.of(call.key)
      if (flight !== null) {
        this.joined++
        flight.join(call)
        this.release(call, by)
        return
      }
      this.flights.begin(call)
    }
    this.loads++
    this.forward(call, by)
  }

  private forward(call: Call, by: Trip['by']): void {
    this.release(call, by)
    const origin = this.origin as Block
    const child = this.simulation.calls.make(call)
    child.operation =
      call.operation < others
        ? (this.ownOperations[call.operation] as number)
        : this.route.translate(call.operation - others)
    call.child = child
    if (origin.gate === undefined) this.simulation.send(child, origin, this.replied)
    else origin.gate.acquire(child, origin, this.replied)
  }

  private release(call: Call, by: Trip['by']): void {
    if (by === 'caller' || !this.holds) this.worker.release(call)
  }

  private readonly replied = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.replyBytes = child.replyBytes
    if (outcome === ok) this.next(call)
    else this.end(call, outcome)
  }

  /** Answers the call, and all who waited for what it loaded. */
  private end(call: Call, outcome: Outcome): void {
    const flight = this.ledBy(call)
    if (flight === null) {
      this.worker.finish(call, outcome)
      return
    }
    const { replyBytes } = call
    this.flights?.end(call.key)
    this.worker.finish(call, outcome)
    for (let next = flight.takeFirst(); next !== null; next = flight.takeFirst()) {
      next.replyBytes = replyBytes
      this.worker.finish(next, outcome)
    }
    this.flights?.giveBack(flight)
  }

  /** The load that this call makes for itself and others. */
  private ledBy(call: Call): Flight | null {
    if (this.flights === null || call.operation !== read) return null
    const flight = this.flights.of(call.key)
    return flight?.leader === call ? flight : null
  }

  /** Takes back the call that loads for others too: the first of them goes on in its place. */
  private handOver(call: Call, flight: Flight): boolean {
    const heir = flight.takeFirst() as Call
    const { child } = call
    flight.leader = heir
    heir.pending = call.pending
    heir.replyBytes = call.replyBytes
    if (child !== null) {
      child.caller = heir
      heir.child = child
      call.child = null
    }
    this.worker.withdraw(call, 'all')
    if (child === null) this.go(heir)
    return true
  }

  private takeBackChild(call: Call, child: Call, extent: Extent): boolean {
    const gone =
      child.receiver === null
        ? (this.origin as Block).gate?.unqueue(child) === true
        : child.receiver.withdraw(child, extent)
    if (gone) call.child = null
    return gone
  }

  private forgetAll(): void {
    this.entries.clear()
    this.flights?.clear()
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
    return Math.max(1, Math.ceil((this.sizes as ObjectSizes).of(key)))
  }
}
