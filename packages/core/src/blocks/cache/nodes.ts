import type { Call } from '../../kernel/call.ts'
import { hashPair, type Stream } from '../../kernel/chance.ts'
import { Meters } from '../../kernel/meters.ts'
import type { Waits } from '../../kernel/waits.ts'
import type { Instance, Queue, Resource, Site } from '../block.ts'
import { spreads } from '../spread/index.ts'
import { type KeyHash, keyHash, type Spreader } from '../spread/spread.ts'
import { stationQueue, stationResources } from '../stations.ts'
import { Worker } from '../worker.ts'
import type { Edge } from './edge.ts'
import { evictions } from './eviction/index.ts'
import { type Lifetimes, lifetimesOf } from './lifetimes.ts'
import { CacheNode } from './node.ts'
import type { CacheValues } from './params.ts'
import type { PastCalls } from './past.ts'
import { Shelf } from './shelf.ts'
import { type Filling, type Warming, warm } from './warming.ts'

/** The nodes of a cache, and which of them a call goes to: that of its key, or that of the instance which asks. */
export class CacheNodes {
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly waits: readonly Waits[]
  private readonly values: CacheValues
  private readonly site: Site
  private readonly edge: Edge | null
  private readonly workers: readonly Worker[]
  private nodes: CacheNode[]
  private readonly spreader: Spreader
  /** The nodes among which the keys are spread. */
  private members: readonly number[] = []
  private readonly hash: KeyHash = { high: 0, low: 0 }
  /** Where keys and nodes lie: by chance, and so elsewhere in every replication. */
  private readonly layout: number
  /** The node of each session that has been here. */
  private readonly clients = new Map<number, number>()
  private readonly warmingChance: Stream
  private readonly lifetimes: Lifetimes
  /** Whether a key has no object: told before the cache is warmed, where that can be. */
  absent: (key: number) => boolean = () => false
  /** Told of the node of every new session. */
  onClient: ((node: CacheNode) => void) | null = null

  constructor(values: CacheValues, site: Site, edge: Edge | null = null) {
    this.values = values
    this.site = site
    this.edge = edge
    this.lifetimes = lifetimesOf(values)
    const meters = new Meters()
    const workers = values.workers === 'unlimited' ? Number.POSITIVE_INFINITY : values.workers
    const options = { workers, cores: values.cores, limit: Number.POSITIVE_INFINITY, meters }
    this.workers = Array.from({ length: edge?.count ?? values.instances }, () => new Worker(site, options))
    this.nodes = values.per === undefined ? this.workers.map((worker, i) => this.createNode(worker, i)) : []
    this.instances = this.workers.map((worker, i) => this.instance(worker, i))
    const stations = this.workers.map(({ station }) => station)
    this.resources = stationResources(stations, meters)
    this.queues = [stationQueue(meters)]
    this.waits = [meters.waits]
    this.layout = hashPair(hashPair(site.hash, site.simulation.seed), site.simulation.replication)
    this.warmingChance = site.simulation.stream(`warming of ${site.name}`)
    this.spreader = spreads.get(values.spread.name).create(values.spread.values, this.layout)
    this.join()
  }

  /** In-process caches: one for each instance of the service, which all work on the instances' own time. */
  connect(): void {
    const { per } = this.values
    if (per === undefined || per === 'session') return
    const service = this.site.block(per.block)
    const [worker] = this.workers as [Worker]
    this.nodes = service.instances.map((_, i) => this.createNode(worker, i))
    service.onCrash?.push((instance) => this.at(instance).forget())
  }

  /** Finds the node of a call that has just arrived, and notes it on the call. */
  assign(call: Call): CacheNode {
    const { per } = this.values
    if (per === 'session') call.instance = this.clientOf(call.session)
    else if (per !== undefined) call.instance = this.callerOf(call)
    else if (call.instance < 0) call.instance = this.holderOf(call.key)
    return this.of(call)
  }

  /** Whether an instance takes calls: caches in the memory of others are one to who asks from outside. */
  healthy(instance: number): boolean {
    return (this.workers[this.values.per === undefined ? instance : 0] as Worker).healthy()
  }

  of(call: Call): CacheNode {
    return this.nodes[call.instance] as CacheNode
  }

  at(index: number): CacheNode {
    return this.nodes[index] as CacheNode
  }

  get all(): readonly number[] {
    return [...this.nodes.keys()]
  }

  /** The nodes that may hold a key. */
  holdersOf(key: number): readonly number[] {
    return this.values.per === undefined && this.edge === null ? [this.holderOf(key)] : this.all
  }

  get list(): readonly CacheNode[] {
    return this.nodes
  }

  sum(count: (node: CacheNode) => number): number {
    return this.nodes.reduce((total, node) => total + count(node), 0)
  }

  /** A session that has not been here before brings what it has read elsewhere. */
  private clientOf(session: number): number {
    const known = this.clients.get(session)
    if (known !== undefined) return known
    const [worker] = this.workers as [Worker]
    const index = this.nodes.length
    const node = this.createNode(worker, index)
    this.nodes.push(node)
    this.clients.set(session, index)
    this.onClient?.(node)
    return index
  }

  /** Gives the nodes what their calls would have left in them: each for itself where each sees all keys. */
  warm(calls: PastCalls): void {
    const { nodes, edge } = this
    if (this.values.per === undefined && edge === null && nodes.length > 1) {
      const whole = this.warming(calls, 1)
      warm(this.together(), { ...whole, entries: whole.entries * nodes.length })
      return
    }
    nodes.forEach(({ shelf }, i) => {
      warm(shelf, { ...this.warming(calls, edge?.shareOf(i) ?? 1 / nodes.length, i), nodes: nodes.length })
    })
  }

  /** For one node, and a share of the calls. */
  private warming({ reads, changes, meanBytes, weightOf }: PastCalls, share: number, index = 0): Warming {
    const { values, site, edge } = this
    const { unit } = values.capacity
    const amount = this.roomOf(index)
    return {
      draw: reads,
      perMs: (site.expectedRate('read') / 1000) * share,
      changes: changes.map((change) => ({ ...change, perMs: change.perMs * share })),
      ttlMs: values.ttl ?? Number.POSITIVE_INFINITY,
      keepsExpired: edge?.validates === true,
      weightOf,
      entries: unit === 'entries' ? amount : amount / meanBytes,
      settledWhenFull: evictions.get(values.eviction.name).settledWhenFull === true,
      random: this.warmingChance,
      most: site.simulation.mostEvents,
    }
  }

  /** Warms the node of a session that comes for the first time: as it was at 0 s, since when it has only aged. */
  warmClient({ shelf }: CacheNode, calls: PastCalls): void {
    const nodes = Math.max(1, this.site.sessions)
    warm(shelf, { ...this.warming(calls, 1 / nodes), nodes })
  }

  private together(): Filling {
    const { nodes } = this
    const of = (key: number) => this.at(this.holderOf(key)).shelf
    let expired = 0
    return {
      find(key, nowMs) {
        const shelf = of(key)
        const before = shelf.expired
        const slot = shelf.find(key, nowMs)
        expired += shelf.expired - before
        return slot
      },
      fill: (key, weight, livedShare, nowMs) => of(key).fill(key, weight, livedShare, nowMs),
      isLate: (key, nowMs) => of(key).isLate(key, nowMs),
      has: (key) => of(key).has(key),
      drop: (key) => void of(key).drop(key),
      get expired() {
        return expired
      },
      // Not full before every node is: a ring gives some of them more keys than others.
      get replaced() {
        return nodes.every(({ shelf }) => shelf.replaced > 0) ? 1 : 0
      },
      settle(nowMs, spread) {
        for (const { shelf } of nodes) shelf.settle(nowMs, spread)
      },
      resetCounts() {
        for (const { shelf } of nodes) shelf.resetCounts()
      },
    }
  }

  /** Where the key is, or would be: the node itself may be down. */
  private holderOf(key: number): number {
    if (this.nodes.length === 1) return 0
    return this.members[this.spreader.placeOf(keyHash(key, this.layout, this.hash))] as number
  }

  /** Bytes or entries. */
  private roomOf(index: number): number {
    return this.edge?.capacities[index] ?? this.values.capacity.amount
  }

  private callerOf(call: Call): number {
    const instance = call.caller?.instance ?? 0
    return instance < 0 || instance >= this.nodes.length ? 0 : instance
  }

  private createNode(worker: Worker, index: number): CacheNode {
    const { values, site } = this
    const name = index === 0 ? site.name : `${site.name} ${index}`
    const policy = evictions.get(values.eviction.name)
    const { simulation } = site
    const shelf = new Shelf({
      capacity: this.roomOf(index),
      evictor: (slots) => policy.create(values.eviction.values, slots),
      random: simulation.stream(`eviction of ${name}`),
      lives: simulation.stream(`lives in ${name}`),
      absent: (key) => this.absent(key),
      lifetimes: this.lifetimes,
    })
    return new CacheNode(worker, shelf, values)
  }

  /** An instance as faults see it; where others take over, its keys go to them and come back. */
  private instance(worker: Worker, index: number): Instance {
    const [own] = worker.instances as [Instance]
    worker.onCrash = () => this.at(index).forget()
    const joins = this.values['when-down'] === 'others'
    return {
      crash: () => {
        own.crash()
        if (joins) this.join()
      },
      restart: () => {
        own.restart()
        if (joins) this.join()
      },
      slow: (factor) => own.slow(factor),
      pause: (paused) => own.pause(paused),
    }
  }

  /** Spreads the keys over the nodes that are up; over all where none is. */
  private join(): void {
    const all = [...this.workers.keys()]
    const up = all.filter((i) => (this.workers[i] as Worker).up)
    this.members = up.length === 0 ? all : up
    this.spreader.onMembers(this.members)
  }
}
