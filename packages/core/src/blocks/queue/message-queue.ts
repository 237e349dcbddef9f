import { createCallSite } from '../../calls/params.ts'
import type { Call, CancelScope } from '../../kernel/call.ts'
import { CallSite } from '../../kernel/call-site.ts'
import { Level } from '../../kernel/level.ts'
import type { Counter, Queue, Resource } from '../../kernel/measured.ts'
import { OldestAge } from '../../kernel/oldest-age.ts'
import { failedAt, type Outcome, ok, reasons } from '../../kernel/outcome.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Station } from '../../kernel/station.ts'
import { Visits } from '../../kernel/visits.ts'
import { WaitQueue } from '../../kernel/wait-queue.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { Reference } from '../../support/params.ts'
import { acknowledgedCounter, acknowledgedLostCounter } from '../acknowledged.ts'
import type { Block, Health, Instance, Site } from '../block.ts'
import { PassThrough } from '../pass-through.ts'
import { healthOf, StationInstance, stationQueue, stationResources } from '../stations.ts'
import { overflows } from './overflow/index.ts'
import type { FullQueue, Overflow } from './overflow/overflow.ts'
import type { QueueValues } from './queue.ts'

const backlogSite = hashName('backlog at the start')

/** A message queue and its workers at work. A call to it is a message; the publisher is answered when it is taken. */
export class MessageQueue implements Block, FullQueue<Call> {
  readonly visits: Visits
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters: readonly Counter[]
  readonly waits
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly values: QueueValues
  private readonly station: Station
  private readonly limit: number
  private readonly overflow: Overflow
  private readonly compute: Sampler
  private readonly holding = new WaitQueue()
  private readonly held = new Level()
  readonly oldest = new OldestAge()
  private readonly inWork = new Set<Call>()
  /** Of its workers, by operation. */
  private readonly callSites: CallSite[] = []
  private readonly route: PassThrough
  private dropped = 0
  /** Messages taken, and those of them that ended otherwise than well: dropped, in a crash, or as their worker failed. */
  private acknowledged = 0
  private lost = 0

  constructor(values: QueueValues, site: Site) {
    this.site = site
    this.values = values
    this.simulation = site.simulation
    this.visits = new Visits(site.name, site.index)
    this.route = new PassThrough(() => site.block((values.workers.call as Reference).block))
    const { instances } = values.workers
    this.station = new Station(site.simulation, {
      workers: instances,
      cores: instances,
      limit: Number.POSITIVE_INFINITY,
      ordering: values.ordering,
      elastic: site.faulty,
    })
    this.limit = values.limit === 'unlimited' ? Number.POSITIVE_INFINITY : values.limit
    this.overflow = overflows.get(values.overflow.name)
    this.compute = createSampler(values.workers.compute)
    this.instances = [new StationInstance(this.station, () => this.crash())]
    this.resources = stationResources([this.station], this.station.meters)
    this.waits = [this.station.meters.waits]
    this.counters = [
      { name: 'dropped', read: () => this.dropped },
      { name: acknowledgedCounter, read: () => this.acknowledged },
      { name: acknowledgedLostCounter, read: () => this.lost },
    ]
    const { held } = this
    this.queues = [
      stationQueue(this.station.meters),
      {
        name: 'publishers waiting',
        areaAt: (nowMs) => held.areaAt(nowMs),
        length: () => held.value,
        max: () => held.max,
      },
    ]
  }

  /** The operation that the workers then call: the one they name, else the one that has the name of what is published. */
  operation(name: string | undefined, kind: string | undefined): number {
    const { call } = this.values.workers
    return call === undefined ? 0 : this.route.operation(call.operation, name ?? kind)
  }

  takeBacklog(): void {
    const { simulation, visits } = this
    const describe = this.site.messageStream()
    for (let waiting = this.station.waiting; waiting < this.values.start; waiting++) {
      const message = simulation.calls.fresh()
      message.request = waiting
      message.callPath = hashPair(this.site.hash, backlogSite)
      message.session = 0
      message.traced = false
      message.abandoned = false
      message.has = null
      message.operation = this.operation(undefined, describe(message))
      message.receiver = this
      message.visits = visits
      visits.arrive(message, simulation.agenda.nowMs)
      this.acknowledged++
      this.station.lineUp(message, this.begin)
    }
    this.noteOldest()
  }

  beginBacklog(): void {
    this.station.serve()
  }

  health(): Health {
    return healthOf(this.station)
  }

  receive(message: Call): void {
    const hasRoom = this.station.waiting < this.limit || this.hasFreeWorker()
    if (hasRoom && this.holding.length === 0) this.accept(message)
    else this.overflow.full(this, message)
  }

  private hasFreeWorker(): boolean {
    return this.station.up && this.station.held < this.station.workers
  }

  private accept(message: Call): void {
    this.acknowledged++
    this.simulation.acknowledge(message)
    this.station.enter(message, this.begin)
    this.noteOldest()
  }

  private noteOldest(): void {
    this.oldest.note(this.station.oldestSinceMs, this.simulation.agenda.nowMs)
  }

  reject(message: Call): void {
    this.simulation.reply(message, failedAt(reasons.queueFull, this.site.index))
  }

  replaceOldest(message: Call): void {
    const oldest = this.station.takeOldest()
    if (oldest === null) {
      this.reject(message)
      return
    }
    this.dropped++
    this.lost++
    this.simulation.end(oldest, failedAt(reasons.dropped, this.site.index))
    this.accept(message)
  }

  hold(message: Call): void {
    message.sinceMs = this.simulation.agenda.nowMs
    this.held.add(1, message.sinceMs)
    this.holding.join(message)
  }

  private readonly begin = (message: Call): void => {
    const { random, workFactor } = this.simulation
    message.begun = true
    this.inWork.add(message)
    this.noteOldest()
    const workMs =
      this.compute.constant ?? this.compute.sample(random.at(message.request, message.callPath, this.site.hash))
    message.workMs = workMs * workFactor
    this.station.compute(message, this.computed)
    this.admitHeld()
  }

  private admitHeld(): void {
    while (this.station.waiting < this.limit || this.hasFreeWorker()) {
      const message = this.holding.takeFirst()
      if (message === null) return
      const now = this.simulation.agenda.nowMs
      this.held.add(-1, now)
      if (message.traced) this.simulation.trace(message, 'waiting', message.sinceMs, now, 'room in the queue')
      this.accept(message)
    }
  }

  private readonly computed = (message: Call): void => {
    const { call } = this.values.workers
    if (call === undefined) {
      this.finish(message, ok)
      return
    }
    this.callSites[message.operation] ??= this.createCallSite(call, message.operation)
    this.callSites[message.operation]?.start(message)
  }

  private createCallSite(call: Reference, operation: number): CallSite {
    return createCallSite(this.simulation, this.values.workers, {
      to: this.site.block(call.block),
      operation: this.route.translate(operation),
      instance: (call.instance ?? 0) - 1,
      key: null,
      repeating: () => this.site.repeating(call, this.route.kindOf(operation) ?? ''),
      block: this.site.index,
      site: hashPair(this.site.hash, 1),
      done: (message, outcome) => this.finish(message, outcome),
    })
  }

  private finish(message: Call, outcome: Outcome): void {
    this.inWork.delete(message)
    if (outcome !== ok) this.lost++
    this.simulation.reply(message, outcome)
    this.station.leave()
    if (this.holding.length > 0) this.admitHeld()
  }

  /** A message that was taken is no longer its publisher's; one that waits to be taken is. */
  cancel(message: Call, _extent: CancelScope): boolean {
    if (message.queue !== this.holding) return false
    this.holding.remove(message)
    this.held.add(-1, this.simulation.agenda.nowMs)
    this.simulation.end(message, failedAt(reasons.cancelled, this.site.index))
    return true
  }

  private crash(): void {
    this.station.up = false
    for (const message of [...this.inWork]) {
      this.station.interrupt(message)
      CallSite.cancelChild(message, 'nothing')
      this.finish(message, failedAt(reasons.crashed, this.site.index))
    }
  }
}
