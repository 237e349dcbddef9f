import type { Call } from '../../../kernel/call.ts'
import type { Queue, Resource } from '../../../kernel/measured.ts'
import { Meters } from '../../../kernel/meters.ts'
import { hashPair } from '../../../kernel/random.ts'
import type { Waits } from '../../../kernel/waits.ts'
import type { Health, Instance, MeasuredInstance, Site } from '../../block.ts'
import { spreads } from '../../spread/index.ts'
import { type KeyHash, keyHash, type Spreader } from '../../spread/spread.ts'
import { measuredStations, stationQueue, stationResources } from '../../stations.ts'
import { Worker } from '../../worker.ts'
import { evictions } from '../eviction/index.ts'
import type { EntryStandIns } from '../long-run/entry-stand-ins.ts'
import type { CacheValues } from '../params.ts'
import type { Points } from '../points.ts'
import { type Lifetimes, lifetimesOf } from './lifetimes.ts'
import { CacheNode } from './node.ts'
import { Shelf } from './shelf.ts'

/** The nodes of a cache, and which of them a call goes to: that of its key, or that of the instance which asks. */
export class CacheNodes {
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly waits: readonly Waits[]
  readonly measuredInstances: readonly MeasuredInstance[] | undefined
  private readonly values: CacheValues
  private readonly site: Site
  private readonly points: Points | null
  private readonly workers: readonly Worker[]
  private nodes: CacheNode[]
  private readonly spreader: Spreader
  /** The nodes among which the keys are spread. */
  private members: readonly number[] = []
  private readonly hash: KeyHash = { high: 0, low: 0 }
  /** The places of keys and nodes: random, and so different in every replication. */
  private readonly layout: number
  /** The node of each session that has been here. */
  private readonly clients = new Map<number, number>()
  private readonly lifetimes: Lifetimes
  /** Whether a key has no object: told before the cache is warmed, where that can be. */
  absent: (key: number) => boolean = () => false
  /** Where one key stands for several, here and in every node. */
  standIns: EntryStandIns | null = null
  /** Called with the node of every new session. */
  onClient: ((node: CacheNode) => void) | null = null
  /** Called with every node that a fault has emptied. */
  onFlush: ((node: CacheNode) => void) | null = null

  constructor(values: CacheValues, site: Site, points: Points | null = null) {
    this.values = values
    this.site = site
    this.points = points
    this.lifetimes = lifetimesOf(values)
    const meters = new Meters(points?.count ?? values.instances)
    const workers = values.workers === 'unlimited' ? Number.POSITIVE_INFINITY : values.workers
    const options = { workers, cores: values.cores, limit: Number.POSITIVE_INFINITY, meters }
    this.workers = Array.from({ length: points?.count ?? values.instances }, () => new Worker(site, options))
    this.nodes = values.per === undefined ? this.workers.map((worker, i) => this.createNode(worker, i)) : []
    this.instances = this.workers.map((worker, i) => this.instance(worker, i))
    const stations = this.workers.map(({ station }) => station)
    this.resources = stationResources(stations, meters)
    this.queues = [stationQueue(meters)]
    this.waits = [meters.waits]
    this.measuredInstances = measuredStations(stations, meters, (i) => [
      { name: 'hits', read: () => this.nodes[i]?.hits ?? 0 },
      { name: 'misses', read: () => this.nodes[i]?.misses ?? 0 },
    ])
    this.layout = hashPair(hashPair(site.hash, site.simulation.seed), site.simulation.replication)
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

  /** Of an instance: caches in the memory of others are one to who asks from outside. */
  health(instance: number): Health {
    return (this.workers[this.values.per === undefined ? instance : 0] as Worker).health()
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
    return this.values.per === undefined && this.points === null ? [this.holderOf(key)] : this.all
  }

  /** The first of them; undefined where there is none yet. */
  firstHolderOf(key: number): CacheNode | undefined {
    return this.nodes[this.values.per === undefined && this.points === null ? this.holderOf(key) : 0]
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

  /** Where the key is, or would be, with all for whom another stands: the node itself may be down. */
  holderOf(key: number): number {
    return this.nodes.length === 1 ? 0 : this.holderOfKept(this.standIns === null ? key : this.standIns.of(key))
  }

  /** As `holderOf`, of a key for which no other stands. */
  holderOfKept(kept: number): number {
    return this.members[this.spreader.placeOf(keyHash(kept, this.layout, this.hash))] as number
  }

  /** Bytes or entries. */
  roomOf(index: number): number {
    return this.points?.capacities[index] ?? this.values.capacity.amount
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
      crash: (isRestarted) => {
        own.crash(isRestarted)
        if (joins) this.join()
      },
      restart: () => {
        own.restart()
        if (joins) this.join()
      },
      slow: (factor) => own.slow(factor),
      pause: (paused) => own.pause(paused),
      flush: () => {
        for (const node of this.values.per === undefined ? [this.at(index)] : this.nodes) {
          node.empty()
          this.onFlush?.(node)
        }
      },
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
