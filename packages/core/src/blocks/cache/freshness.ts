import type { Call } from '../../kernel/call.ts'
import { hashName } from '../../kernel/chance.ts'
import { type Copy, partsOf } from '../../kernel/copy.ts'
import { ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { UniformSource } from '../../support/laws/law.ts'
import { acknowledgedCounter, acknowledgedLostCounter } from '../acknowledged.ts'
import type { Counter, Site } from '../block.ts'
import { ObjectCopy, type Past, ResultCopy, Versions } from '../versions.ts'
import { Background } from './background.ts'
import type { Edge } from './edge.ts'
import type { Holdings } from './holdings.ts'
import { Invalidation } from './invalidation.ts'
import { type Lifetimes, lifetimesOf } from './lifetimes.ts'
import type { CacheNode } from './node.ts'
import type { CacheNodes } from './nodes.ts'
import { type Origin, read, write } from './origin.ts'
import type { CacheValues } from './params.ts'
import { reachedShare } from './past.ts'
import type { Shelf } from './shelf.ts'
import { Shown } from './shown.ts'
import { updates } from './update/index.ts'
import { Batch, WriteBehind, type WriteBehindValues } from './write-behind.ts'

const renewalSite = hashName('renewal')
const writeSite = hashName('write behind')

/** How long a load in the background may take, ms: after that the next hit may begin another. */
const renewalTimeoutMs = 30_000

/** How old what a cache shows is, and what it does about it: loads ahead, hears of changes, writes what it owes. */
export class Freshness implements Holdings {
  counters: readonly Counter[] = []
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly nodes: CacheNodes
  private readonly edge: Pick<Edge, 'validates' | 'renamedAfterMs'>
  private readonly weightOf: (key: number) => number
  private readonly lifetimes: Lifetimes
  private readonly random: UniformSource
  /** Share of the changes in the store that reach an entry. */
  private reached = 1
  private readonly invalidation: Invalidation | null
  private renewals: Background | null = null
  private origin: Origin | null = null
  private createBehind: () => WriteBehind | null = () => null
  private readonly judged = new Shown()
  private renewed = 0
  private invalidated = 0
  private changesHeard = 0

  constructor(
    values: CacheValues,
    site: Site,
    nodes: CacheNodes,
    weightOf: (key: number) => number,
    edge: Pick<Edge, 'validates' | 'renamedAfterMs'> = { validates: false, renamedAfterMs: null },
  ) {
    this.values = values
    this.edge = edge
    this.site = site
    this.simulation = site.simulation
    this.nodes = nodes
    this.weightOf = weightOf
    this.lifetimes = lifetimesOf(values)
    this.random = site.simulation.stream(`ages in ${site.name} before the start`)
    this.invalidation =
      values.invalidation === undefined
        ? null
        : new Invalidation(
            this.simulation,
            values.invalidation,
            site.hash,
            (key) => this.hearersOf(key),
            (store, key, node) => this.heard(store, key, node),
          )
  }

  connect(origin: Origin): void {
    this.origin = origin
    const { stores } = origin
    const changes = stores.length === 0 ? this.site.isAsked('write') : stores.some(({ canChange }) => canChange)
    this.counters = [
      ...this.renewalCounters(),
      ...this.invalidationCounters(),
      ...this.writeCounters(),
      ...(changes ? this.judged.counters : []),
    ]
    for (const store of stores) this.invalidation?.watch(store)
    if (this.renews)
      this.renewals = new Background(this.site, origin, read, { timeoutMs: renewalTimeoutMs, salt: renewalSite })
    const settings = this.writesBehind()
    if (settings === undefined) return
    const background = new Background(this.site, origin, write, { timeoutMs: settings.timeout, salt: writeSite })
    const versions = origin.versions ?? new Versions()
    const bytesOf = (key: number) => origin.sizes.of(key)
    const phases = this.simulation.stream(`rounds of writing of ${this.site.name}`)
    this.createBehind = () =>
      new WriteBehind(this.simulation, background, versions, { ...settings, phase: phases.next() }, bytesOf)
  }

  /** Asks for the changes of as long a time before the start as anything has been kept. */
  warmed(): void {
    const { values, site, nodes, origin } = this
    if (origin === null) return
    const nodesOfAKey = values.per === 'session' ? site.sessions : nodes.holdersOf(0).length
    this.reached = this.edge.renamedAfterMs !== null ? 1 : reachedShare(values, site, origin, nodesOfAKey)
    if (this.reached === 1) return
    const { ttlMs, graceMs } = this.lifetimes
    const oldestMs = this.nodes.list.reduce(
      (oldest, { shelf }) => Math.min(oldest, shelf.oldestMs),
      site.startMs - ttlMs - graceMs,
    )
    for (const store of origin.stores) store.reachBack(-oldestMs)
  }

  /** A node begins: what it holds, if it is warmed, is as it was stored when it came in. */
  begin(node: CacheNode, fromMs: number): void {
    const { reached, random } = this
    const { startMs } = this.site
    node.behind = this.createBehind()
    for (const store of this.origin?.stores ?? []) store.begin(startMs)
    // From then on a change that is heard of touches the entry.
    const sinceBegun = { sinceMs: fromMs, reached: 0 }
    node.shelf.show((key, sinceMs) => {
      const copy = this.origin?.copyOf(read, key, { kept: [sinceBegun, { sinceMs, reached }], random }) ?? null
      if (copy !== null) for (const part of partsOf(copy)) node.dependents?.add(key, part)
      return copy
    }, startMs)
  }

  keptBefore(key: number, { kept, random }: Past): Past {
    const { reached } = this
    const last = kept.at(-1)?.sinceMs ?? this.site.startMs
    if (reached === 1) return { kept, random }
    const holder = this.nodes.firstHolderOf(key)
    if (holder === undefined) return { kept, random }
    return { kept: [...kept, { sinceMs: holder.shelf.bornBefore(key, last), reached }], random }
  }

  usedBy({ shelf }: CacheNode): number {
    return shelf.used
  }

  private writesBehind(): WriteBehindValues | undefined {
    const { name, values } = this.values.writes ?? this.values.update
    return updates.get(name).behind?.(values)
  }

  find(node: CacheNode, call: Call, isShown: boolean): boolean {
    const { shelf, behind } = node
    const { nowMs } = this.simulation.agenda
    const { validates } = this.edge
    const found = shelf.find(call.key, nowMs)
    if (validates && isShown) call.has = shelf.endedCopy
    const slot = this.named(shelf, found, call)
    const owed = behind?.find(call.key) ?? null
    if (slot < 0 && owed === null) return false
    if (isShown) {
      call.copy = owed ?? shelf.copyAt(slot)
      if (slot >= 0 && shelf.isFirstShownAt(slot)) this.judged.came()
    }
    if (slot >= 0 && shelf.isLateAt(slot, nowMs)) this.renew(node, call.key)
    return true
  }

  take(node: CacheNode, key: number, copy: Copy | null): void {
    if (copy instanceof Batch) {
      for (const part of copy.parts) this.take(node, part.key, part)
      return
    }
    if (!node.shelf.take(key, this.weightOf(key), copy, this.simulation.agenda.nowMs) || copy === null) return
    this.judged.came()
    for (const part of partsOf(copy)) {
      if (part instanceof ObjectCopy || part instanceof ResultCopy) this.invalidation?.watch(part.versions)
      node.dependents?.add(key, part)
    }
  }

  accept(node: CacheNode, call: Call): void {
    const behind = node.behind as WriteBehind
    if (call.payload instanceof Batch) {
      behind.acceptAll(call.payload)
      call.copy = call.payload
    } else {
      const copy = behind.accept(call.key)
      call.copy = copy
      call.wrote = { copy, atMs: this.simulation.agenda.nowMs, earlier: null }
    }
    this.take(node, call.key, call.copy)
  }

  /** Where the name of what is asked for changes with every version, an entry of the old name is none. */
  private named(shelf: Shelf, slot: number, { key }: Call): number {
    const { renamedAfterMs } = this.edge
    if (slot < 0 || renamedAfterMs === null) return slot
    const copy = shelf.copyAt(slot)
    if (copy === null || copy.versionsBehind(this.simulation.agenda.nowMs - renamedAfterMs) === 0) return slot
    shelf.drop(key)
    return -1
  }

  shown({ copy, arrivedMs }: Call): void {
    this.judged.judge(copy, arrivedMs)
  }

  private get renews(): boolean {
    return Number.isFinite(this.lifetimes.renewFrom) || this.values.invalidation?.then === 'reload'
  }

  private renewalCounters(): readonly Counter[] {
    return this.renews ? [{ name: 'renewed', read: () => this.renewed }] : []
  }

  private invalidationCounters(): readonly Counter[] {
    const { invalidation } = this
    if (invalidation === null) return []
    return [
      { name: 'changes-heard', read: () => this.changesHeard },
      { name: 'invalidated', read: () => this.invalidated },
      { name: 'invalidations-lost', read: () => invalidation.lost },
    ]
  }

  private writeCounters(): readonly Counter[] {
    if (this.writesBehind() === undefined) return []
    const sum = (count: (behind: WriteBehind) => number) =>
      this.nodes.sum(({ behind }) => (behind === null ? 0 : count(behind)))
    return [
      { name: acknowledgedCounter, read: () => sum(({ acknowledged }) => acknowledged) },
      { name: 'written', read: () => sum(({ written }) => written) },
      { name: 'coalesced', read: () => sum(({ coalesced }) => coalesced) },
      { name: acknowledgedLostCounter, read: () => sum(({ lost }) => lost) },
    ]
  }

  /** Loads a key in the background, once at a time; what changes while it is loaded is loaded once more. */
  private renew(node: CacheNode, key: number, hasChanged = false): void {
    if (node.renewing.has(key)) {
      if (hasChanged) node.renewing.set(key, true)
      return
    }
    node.renewing.set(key, false)
    const has = this.edge.validates ? node.shelf.copyOf(key) : null
    this.renewals?.send({ key, sizeBytes: 0, payload: null, has }, (reply, outcome) => {
      const again = node.renewing.get(key)
      if (!node.renewing.delete(key) || outcome !== ok) return
      this.renewed++
      this.take(node, key, reply.copy)
      if (again === true) this.renew(node, key)
    })
  }

  private hearersOf(key: number): readonly number[] {
    return this.values.invalidation?.by === 'key' ? this.nodes.holdersOf(key) : this.nodes.all
  }

  private heard(versions: Versions, changed: number, index: number): void {
    const node = this.nodes.at(index)
    this.changesHeard++
    if (this.values.invalidation?.then === 'reload') {
      this.reload(node, versions, changed)
      return
    }
    for (const key of node.dependents?.take(versions, changed) ?? [changed]) {
      if (node.shelf.drop(key)) this.invalidated++
    }
  }

  /** What a change makes old is shown until it is loaded, and hears of further changes meanwhile. */
  private reload(node: CacheNode, versions: Versions, changed: number): void {
    const { dependents, shelf } = node
    for (const key of dependents?.of(versions, changed) ?? [changed]) {
      if (shelf.has(key)) this.renew(node, key, true)
      else dependents?.remove(key, versions, changed)
    }
  }
}
