import type { Call, CancelScope } from '../../kernel/call.ts'
import type { Counter, Queue, Resource } from '../../kernel/measured.ts'
import { ok } from '../../kernel/outcome.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import { connectionLimit } from '../../kernel/semaphore.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import { createSampler } from '../../support/distributions/index.ts'
import { type Block, connectionQueue, type Health, type Site } from '../block.ts'
import type { DataSource } from '../data-source.ts'
import { Duplicates } from '../duplicates.ts'
import { ObjectSizes } from '../object-sizes.ts'
import { operationIndex } from '../operation.ts'
import { ObjectCopy, type PastWrites, Versions } from '../versions.ts'
import { Worker } from '../worker.ts'
import { BufferPool } from './buffer-pool.ts'
import { idempotenceOf, workOf } from './operations.ts'
import { countsDuplicates, type DatabaseValues, diskRead, operationsOf } from './params.ts'
import { Stored } from './stored.ts'

const write = 1
const flushSite = hashName('flush')

/** A database node at work. */
export class DatabaseNode implements Block {
  readonly visits: Visits
  readonly worker: Worker
  readonly instances
  readonly resources: Resource[]
  readonly queues: Queue[]
  readonly counters: readonly Counter[]
  readonly waits
  /** Sizes of what it stores; a cache in front of it keeps the same objects. */
  readonly sizes: ObjectSizes
  readonly data: DataSource
  private readonly versions: Versions
  private readonly site: Site
  private readonly names: readonly string[]
  private readonly work: readonly Sampler[]
  private readonly sites: readonly number[]
  private readonly msPerByte: number
  private readonly stored: Stored
  private readonly pool: BufferPool | null
  private readonly flush: Sampler | null
  private readonly duplicates: Duplicates | null
  /** By operation, whether doing it twice matters. */
  private readonly matters: readonly boolean[]
  /** Whether anything here is ever written. */
  private readonly changes: boolean

  constructor(values: DatabaseValues, site: Site) {
    this.site = site
    this.visits = new Visits(site.name, site.index)
    const unlimited = (value: number | 'unlimited') => (value === 'unlimited' ? Number.POSITIVE_INFINITY : value)
    this.worker = new Worker(site, {
      workers: unlimited(values.workers),
      cores: values.cores,
      limit: unlimited(values.limit),
    })
    const operations = operationsOf(values)
    this.names = operations.map(([name]) => name)
    this.work = operations.map(([, operation]) => createSampler(workOf(operation)))
    this.matters = operations.map(([, operation]) => idempotenceOf(operation) === 'never')
    this.sites = operations.map((_, i) => hashPair(site.hash, i))
    this.msPerByte = values.throughput === undefined ? 0 : 1000 / values.throughput
    this.sizes = new ObjectSizes(values['object-size'], site)
    this.changes = site.isAsked('write')
    this.versions = new Versions(values.tables, this.changes, this.pastWrites())
    this.stored = new Stored(this.versions, values, site)
    this.data = {
      stores: [this.versions],
      copyOf: (operation, key, kept) => this.stored.show(operation, key, kept),
      sizesOf: () => this.sizes,
    }
    this.pool =
      values.buffer === undefined
        ? null
        : new BufferPool(values.buffer, createSampler(diskRead(values)), site, this.sizes)
    this.flush = values.flush === undefined ? null : createSampler(values.flush)
    this.duplicates = countsDuplicates(values) ? new Duplicates(site.simulation) : null
    this.counters = [...(this.pool?.counters ?? []), ...(this.duplicates?.counters ?? [])]
    this.worker.onCrash = () => this.pool?.clear()
    if (!this.stored.isPlain) this.worker.onBegin = (call) => this.look(call)
    this.instances = this.worker.instances
    this.waits = this.worker.waits
    this.queues = [...this.worker.queues]
    this.resources = [...this.worker.resources]
    if (values.connections !== 'unlimited') this.limitConnections(values.connections)
  }

  private limitConnections(connections: number): void {
    const limit = connectionLimit(this.site.simulation, connections)
    this.visits.connectionLimit = limit
    const { held, waiting } = limit.meters
    this.queues.push({
      name: connectionQueue,
      areaAt: (nowMs) => waiting.areaAt(nowMs),
      length: () => waiting.value,
      max: () => waiting.max,
    })
    this.resources.push({ name: 'connections', capacity: connections, areaAt: (nowMs) => held.areaAt(nowMs) })
  }

  operation(name: string | undefined, kind: string | undefined): number {
    return operationIndex(this.names, name, kind, 'read')
  }

  health(): Health {
    return this.worker.health()
  }

  receive(call: Call): void {
    const { random } = this.site.simulation
    const work = this.work[call.operation] as Sampler
    const bytes = this.sizes.of(call.key)
    const ms =
      work.constant ?? work.sample(random.at(call.request, call.callPath, this.sites[call.operation] as number))
    call.replyBytes = call.operation === write ? 0 : bytes
    this.worker.receive(call, ms + bytes * this.msPerByte, this.done)
  }

  warm(): void {
    this.pool?.warm()
  }

  allWarm(): void {
    this.versions.begin(this.site.startMs)
  }

  recall(call: Call): void {
    this.pool?.diskMs(call)
    if (call.operation !== write) call.copy = this.stored.show(call.operation, call.key)
    else if (this.changes) this.store(call)
  }

  verify(): void {
    this.pool?.verify()
  }

  private readonly done = (call: Call): void => {
    const diskMs = this.pool?.diskMs(call) ?? 0
    if (diskMs > 0) this.worker.pass(call, diskMs, this.inMemory)
    else this.inMemory(call)
  }

  private readonly inMemory = (call: Call): void => {
    const flushMs = call.operation === write ? this.flushMs(call) : 0
    if (flushMs > 0) this.worker.pass(call, flushMs, this.durable)
    else this.durable(call)
  }

  /** Each write waits for one flush of its own, as commits at the same time share one. */
  private flushMs(call: Call): number {
    if (this.flush === null) return 0
    const { random } = this.site.simulation
    const site = hashPair(this.site.hash, flushSite)
    return this.flush.constant ?? this.flush.sample(random.at(call.request, call.callPath, site))
  }

  /** Others see a write from here on. */
  private readonly durable = (call: Call): void => {
    if (call.operation === write && this.changes) this.store(call)
    if (this.matters[call.operation] === true) this.duplicates?.note(call.operation, call)
    this.worker.finish(call, ok)
  }

  /** A read shows what is stored when it begins, as a snapshot does: what changes while it works comes too late for it. */
  private look(call: Call): void {
    if (call.operation === write) return
    call.copy = this.stored.show(call.operation, call.key)
    if (call.copy?.absent === true) call.replyBytes = 0
  }

  private pastWrites(): PastWrites | null {
    const { site } = this
    const draw = site.keyStream('write')
    const random = site.simulation.stream(`changes in ${site.name} before the start`)
    const { mostEvents } = site.simulation
    if (draw === null) return null
    const perMs = site.expectedRate('write') / 1000
    return { perMs, draw, popularity: site.popularity('write'), random, most: mostEvents }
  }

  /** A write stores what it carries, or a version of its own, which is what its answer shows. */
  private store(call: Call): void {
    if (call.payload?.arriveIn?.(this.versions) === true) {
      call.copy = call.payload
      return
    }
    const { nowMs } = this.site.simulation.agenda
    const copy = new ObjectCopy(this.versions, call.key, this.versions.write(call.key, nowMs))
    call.copy = copy
    call.wrote = { copy, atMs: nowMs, earlier: null }
  }

  cancel(call: Call, scope: CancelScope): boolean {
    return this.worker.cancel(call, scope)
  }
}
