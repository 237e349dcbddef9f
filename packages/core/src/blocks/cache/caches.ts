import type { Call, CancelScope } from '../../kernel/call.ts'
import type { Counter } from '../../kernel/measured.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import type { Block, Filling, Health, Site } from '../block.ts'
import type { DataSource } from '../data-source.ts'
import { type Spacing, unspaced } from '../spacing.ts'
import { Loaded } from './flow/loaded.ts'
import { Travel } from './flow/travel.ts'
import { Trips } from './flow/trips.ts'
import { fillingOf } from './long-run/filling.ts'
import { NodeWarming } from './long-run/node-warming.ts'
import { type PastCalls, pastCalls } from './long-run/past-calls.ts'
import type { CacheValues } from './params.ts'
import type { Points } from './points.ts'
import type { Holdings } from './shelf/holdings.ts'
import type { CacheNode } from './shelf/node.ts'
import { CacheNodes } from './shelf/nodes.ts'
import { Storage } from './shelf/storage.ts'
import { Origin, read } from './way-out/origin.ts'

/** Where the nodes of a cache stand, and what they have, if not as a cache usually has it. */
export interface Placing {
  readonly points?: Points
  readonly holdings?: (nodes: CacheNodes) => Holdings
}

/** The nodes of a cache at work. */
export class Caches implements Block {
  readonly visits: Visits
  readonly instances
  readonly resources
  readonly queues
  readonly waits
  readonly measuredInstances
  counters: readonly Counter[] = []
  readonly nodes: CacheNodes
  readonly data: DataSource
  private readonly holdings: Holdings
  /** Whether what it holds comes in by being read, and is not uploaded. */
  private readonly isFilledByReads: boolean
  private readonly points: Points | null
  private readonly travel: Travel | null
  private readonly storage: Storage | null
  private bytesOut = 0
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly origin: Origin
  private readonly trips: Trips
  private warming: NodeWarming | null = null

  constructor(values: CacheValues, site: Site, placing: Placing = {}) {
    const { points = null, holdings } = placing
    this.points = points
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.visits = new Visits(site.name, site.index)
    this.nodes = new CacheNodes(values, site, points)
    this.instances = this.nodes.instances
    this.storage = points === null ? null : new Storage(points.capacities.reduce((sum, room) => sum + room, 0))
    this.resources = [...this.nodes.resources, ...(this.storage === null ? [] : [this.storage])]
    this.queues = this.nodes.queues
    this.waits = this.nodes.waits
    this.measuredInstances = this.nodes.measuredInstances
    this.origin = new Origin(values, site, points?.originLatency ?? null)
    this.travel = points === null ? null : new Travel(this.simulation, site.hash)
    const weightOf = (entry: number) => this.weightOf(entry)
    this.isFilledByReads = holdings === undefined
    this.holdings =
      holdings?.(this.nodes) ??
      new Loaded(values, site, { nodes: this.nodes, numbers: this.origin.numbers, weightOf }, points ?? undefined)
    const { nodes, origin } = this
    const finish = (call: Call, outcome: Outcome) => this.finish(call, outcome)
    this.data = this.shown()
    this.trips = new Trips(values, site, { nodes, origin, holdings: this.holdings, finish })
  }

  connect(): void {
    this.origin.connect()
    this.nodes.connect()
    this.holdings.connect(this.origin)
    this.counters = this.allCounters()
  }

  warm(): void {
    const calls = this.startsEmpty ? null : this.pastCalls()
    this.nodes.absent = (entry) => this.origin.copyOf(read, entry)?.absent === true
    const { values, site, nodes, points } = this
    this.warming = calls === null ? null : new NodeWarming(values, site, nodes, calls, points)
    this.warming?.warm()
    this.holdings.warmed?.()
    this.nodes.onFlush = (node) => this.noteStorage(node)
    this.nodes.onClient = (node) => {
      this.warming?.warmClient(node)
      this.holdings.begin(node, this.simulation.agenda.nowMs)
    }
  }

  private get startsEmpty(): boolean {
    return this.values.start === 'empty' && !(this.isFilledByReads && this.site.isEmptiedAtStart)
  }

  private pastCalls(): PastCalls | null {
    const { values, site, origin, points } = this
    const isRenamed = typeof points?.renamedAfterMs === 'number'
    return pastCalls(values, site, origin, (entry) => this.weightOf(entry), isRenamed)
  }

  get filling(): Filling | null {
    const { values, nodes, points, isFilledByReads } = this
    const calls = isFilledByReads && this.startsEmpty ? this.pastCalls() : null
    return calls === null ? null : fillingOf(values, calls, { nodes, points, sessions: this.site.sessions })
  }

  allWarm(): void {
    for (const node of this.nodes.list) this.holdings.begin(node, this.site.startMs)
  }

  recall(call: Call, send: (call: Call) => number): void {
    if (this.points !== null) call.instance = this.points.nodeOf(call)
    const { operation, key } = call
    this.origin.enter(call)
    this.trips.recall.run(this.nodes.assign(call), call, send)
    call.operation = operation
    call.key = key
  }

  start(): void {
    for (const node of this.nodes.list) {
      this.noteStorage(node)
      node.shelf.start()
    }
  }

  emptyAtStart(): void {
    if (this.values.start !== 'empty') return
    for (const node of this.nodes.list) {
      node.empty()
      this.noteStorage(node)
    }
  }

  get standInError(): number {
    return this.warming?.standInError ?? 0
  }

  get spacing(): Spacing {
    return this.warming?.answered.spacing ?? unspaced
  }

  get alone(): number | null {
    return this.warming?.standIns?.alone ?? null
  }

  keepsAnswersTo(operation: string | undefined): boolean {
    return this.origin.numbers.names.some((name) => name === operation)
  }

  answeredShare(operation: string | undefined, key: number): number {
    const { numbers } = this.origin
    const endpoint = numbers.names.indexOf(operation ?? '')
    return endpoint < 0 ? 0 : (this.warming?.answered.share(numbers.of(endpoint, key)) ?? 0)
  }

  operation(name: string | undefined, kind: string | undefined): number {
    if (this.values.endpoints !== undefined) return this.origin.operation(name ?? kind ?? '', kind)
    return this.origin.operation(name ?? (kind === 'write' ? 'write' : 'read'), kind)
  }

  health(instance: number): Health {
    return this.nodes.health(instance)
  }

  /** What is behind it, as old as what it may have kept. */
  private shown(): DataSource {
    const { origin, holdings } = this
    return {
      get stores() {
        return origin.stores
      },
      copyOf(asked, key, kept) {
        const { operation, entry } = origin.entered(asked, key)
        return origin.copyOf(operation, entry, kept && holdings.keptBefore(entry, kept))
      },
      sizesOf: (operation) => origin.sizesOf(operation),
    }
  }

  verify(): void {
    for (const { shelf, behind } of this.nodes.list) {
      shelf.entries.verify()
      behind?.verify()
    }
  }

  receive(call: Call): void {
    const { points, travel, origin } = this
    origin.enter(call)
    const { nowMs } = this.simulation.agenda
    if (points === null || travel === null) {
      this.nodes.assign(call)
      this.visits.placed(call, nowMs)
      this.trips.begin(call)
      return
    }
    call.instance = points.nodeOf(call)
    this.visits.placed(call, nowMs)
    call.begun = true
    travel.start(call, points.edgeLatencies[call.instance] as Sampler, 'there', this.come)
  }

  private readonly come = (call: Call): void => {
    call.begun = false
    this.nodes.assign(call)
    this.trips.begin(call)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    return this.trips.cancel(call, scope)
  }

  /** Sends the answer. */
  private finish(call: Call, outcome: Outcome): void {
    const node = this.nodes.of(call)
    const { worker } = node
    const { points, travel } = this
    if (points === null || travel === null) {
      worker.finish(call, outcome)
      return
    }
    this.noteStorage(node)
    worker.part(call)
    this.bytesOut += call.replyBytes
    call.failure = outcome
    travel.start(call, points.edgeLatencies[call.instance] as Sampler, 'back', this.handBack)
  }

  private noteStorage(node: CacheNode): void {
    this.storage?.note(node, this.holdings.usedBy(node), this.simulation.agenda.nowMs)
  }

  private readonly handBack = (call: Call): void => {
    this.simulation.reply(call, call.failure)
  }

  private allCounters(): readonly Counter[] {
    return [
      { name: 'hits', read: () => this.nodes.sum(({ hits }) => hits) },
      { name: 'misses', read: () => this.nodes.sum(({ misses }) => misses) },
      { name: 'expired', read: () => this.nodes.sum(({ shelf }) => shelf.entries.expired) },
      { name: 'evicted', read: () => this.nodes.sum(({ shelf }) => shelf.entries.evicted) },
      { name: 'loads', read: () => this.trips.loads },
      { name: 'joined', read: () => this.trips.joined },
      ...(this.values['when-down'] === 'refuse' ? [] : [{ name: 'past-the-cache', read: () => this.trips.bypassed }]),
      ...(this.passesSome ? [{ name: 'uncached', read: () => this.trips.uncached }] : []),
      ...this.holdings.counters,
      ...(this.points === null ? [] : this.pointCounters()),
    ]
  }

  private get passesSome(): boolean {
    return this.values.endpoints?.some(({ isCached }) => !isCached) === true
  }

  private pointCounters(): readonly Counter[] {
    return [
      { name: 'bytes-out', read: () => this.bytesOut },
      { name: 'bytes-from-origin', read: () => this.origin.bytes },
      { name: 'origin-calls', read: () => this.origin.calls },
      { name: 'fetches', read: () => this.origin.fetches },
      { name: 'bytes-fetched', read: () => this.origin.bytesFetched },
      { name: 'not-modified', read: () => this.origin.notModified },
    ]
  }

  private weightOf(entry: number): number {
    if (this.values.capacity.unit === 'entries') return 1
    return Math.max(1, Math.ceil(this.origin.sizes.of(entry)))
  }
}
