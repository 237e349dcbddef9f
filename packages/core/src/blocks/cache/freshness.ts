import type { Call } from '../../kernel/call.ts'
import { hashName } from '../../kernel/chance.ts'
import type { Copy } from '../../kernel/copy.ts'
import { ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Block, Counter, Site } from '../block.ts'
import type { ObjectSizes } from '../object-sizes.ts'
import { ObjectCopy, Versions } from '../versions.ts'
import { Background } from './background.ts'
import { Invalidation } from './invalidation.ts'
import type { CacheNode } from './node.ts'
import type { CacheNodes } from './nodes.ts'
import type { CacheValues } from './params.ts'
import { updates } from './update/index.ts'
import { WriteBehind } from './write-behind.ts'

const renewalSite = hashName('renewal')
const writeSite = hashName('write behind')

/** How long a load in the background may take, ms: after that the next hit may begin another. */
const renewalTimeoutMs = 30_000

/** How old what a cache shows is, and what it does about it: loads ahead, hears of changes, writes what it owes. */
export class Freshness {
  readonly counters: readonly Counter[]
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly nodes: CacheNodes
  private readonly weightOf: (key: number) => number
  /** Share of the time to live from which on a hit loads the entry anew; Infinity for never. */
  private readonly renewFrom: number
  private readonly invalidation: Invalidation | null
  private renewals: Background | null = null
  private versions: Versions | undefined
  private shownCount = 0
  private stale = 0
  private staleVersions = 0
  private staleMs = 0
  private renewed = 0
  private invalidated = 0

  constructor(values: CacheValues, site: Site, nodes: CacheNodes, weightOf: (key: number) => number) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.nodes = nodes
    this.weightOf = weightOf
    const { name, values: own } = values.update
    const ahead = updates.get(name).ahead?.(own) ?? Number.POSITIVE_INFINITY
    this.renewFrom = values['stale-while-revalidate'] === undefined ? ahead : Math.min(ahead, 1)
    this.invalidation =
      values.invalidation === undefined
        ? null
        : new Invalidation(
            this.simulation,
            values.invalidation,
            site.hash,
            (key) => this.hearersOf(key),
            (key, node) => this.heard(key, node),
          )
    this.counters = [
      ...this.renewalCounters(),
      ...this.invalidationCounters(),
      ...this.writeCounters(),
      ...this.staleCounters(),
    ]
  }

  connect(origin: Block, operations: readonly number[], sizes: ObjectSizes): void {
    const { of } = this.values
    const to = (operation: number) => ({ block: origin, operation, instance: (of.instance ?? 0) - 1 })
    const [reads = 0, writes = 0] = operations
    this.versions = origin.versions
    if (this.versions !== undefined) this.invalidation?.watch(this.versions)
    if (Number.isFinite(this.renewFrom) || this.values.invalidation?.then === 'reload')
      this.renewals = new Background(this.site, to(reads), renewalTimeoutMs, renewalSite)
    const { name, values } = this.values.writes ?? this.values.update
    const behind = updates.get(name).behind?.(values)
    if (behind === undefined) return
    const background = new Background(this.site, to(writes), behind.timeout, writeSite)
    const versions = this.versions ?? new Versions()
    for (const node of this.nodes.list)
      node.behind = new WriteBehind(this.simulation, background, versions, behind, (key) => sizes.of(key))
  }

  /** What a warmed node holds is as it was stored at the start. */
  showAtStart(): void {
    const { versions } = this
    if (versions === undefined || !this.site.isAsked('write')) return
    for (const { shelf } of this.nodes.list)
      shelf.showAtStart((key) => new ObjectCopy(versions, key, versions.inStore(key)))
  }

  /** Looks up what a call asks for, and what it is shown. @returns whether there is anything. */
  find(node: CacheNode, call: Call): boolean {
    const { shelf, behind } = node
    const { nowMs } = this.simulation.agenda
    const slot = shelf.find(call.key, nowMs)
    const owed = behind?.find(call.key) ?? null
    if (slot < 0 && owed === null) return false
    call.copy = owed ?? shelf.copyAt(slot)
    this.shown(call)
    if (slot >= 0 && this.renewFrom !== Number.POSITIVE_INFINITY && shelf.ageShare(slot, nowMs) >= this.renewFrom)
      this.renew(node, call.key)
    return true
  }

  /** Brings in what was loaded or written. */
  take(node: CacheNode, key: number, copy: Copy | null): void {
    if (copy instanceof ObjectCopy) this.invalidation?.watch(copy.versions)
    node.shelf.take(key, this.weightOf(key), copy, this.simulation.agenda.nowMs)
  }

  /** Acknowledges a write that the origin will get later. */
  accept(node: CacheNode, call: Call): void {
    const copy = (node.behind as WriteBehind).accept(call.key)
    call.copy = copy
    this.take(node, call.key, copy)
  }

  /** Judges what a read is shown, at the moment when it was asked for. */
  shown(call: Call): void {
    const { copy } = call
    if (copy === null) return
    this.shownCount++
    const versions = copy.versionsBehind(call.arrivedMs)
    if (versions === 0) return
    this.stale++
    this.staleVersions += versions
    this.staleMs += copy.msBehind(call.arrivedMs)
  }

  private renewalCounters(): readonly Counter[] {
    const renews = Number.isFinite(this.renewFrom) || this.values.invalidation?.then === 'reload'
    return renews ? [{ name: 'renewed', read: () => this.renewed }] : []
  }

  private invalidationCounters(): readonly Counter[] {
    const { invalidation } = this
    if (invalidation === null) return []
    return [
      { name: 'invalidated', read: () => this.invalidated },
      { name: 'invalidations-lost', read: () => invalidation.lost },
    ]
  }

  private writeCounters(): readonly Counter[] {
    const { name, values } = this.values.writes ?? this.values.update
    if (updates.get(name).behind?.(values) === undefined) return []
    const sum = (count: (behind: WriteBehind) => number) =>
      this.nodes.sum(({ behind }) => (behind === null ? 0 : count(behind)))
    return [
      { name: 'acknowledged', read: () => sum(({ acknowledged }) => acknowledged) },
      { name: 'written', read: () => sum(({ written }) => written) },
      { name: 'coalesced', read: () => sum(({ coalesced }) => coalesced) },
      { name: 'writes-lost', read: () => sum(({ lost }) => lost) },
    ]
  }

  private staleCounters(): readonly Counter[] {
    if (!this.site.isAsked('write')) return []
    return [
      { name: 'shown', read: () => this.shownCount },
      { name: 'stale', read: () => this.stale },
      { name: 'stale-versions', read: () => this.staleVersions },
      { name: 'stale-ms', read: () => this.staleMs },
    ]
  }

  /** Loads a key in the background, once at a time. */
  private renew(node: CacheNode, key: number): void {
    if (node.renewing.has(key)) return
    node.renewing.add(key)
    this.renewals?.send({ key, sizeBytes: 0, copy: null }, (reply, outcome) => {
      if (!node.renewing.delete(key) || outcome !== ok) return
      this.renewed++
      this.take(node, key, reply.copy)
    })
  }

  private hearersOf(key: number): readonly number[] {
    return this.values.invalidation?.by === 'key' ? this.nodes.holdersOf(key) : this.nodes.all
  }

  private heard(key: number, index: number): void {
    const node = this.nodes.at(index)
    if (this.values.invalidation?.then === 'reload') {
      if (node.shelf.entries.slotOf(key) >= 0) this.renew(node, key)
      return
    }
    if (node.shelf.drop(key)) this.invalidated++
  }
}
