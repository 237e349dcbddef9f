import type { Call } from '../../../kernel/call.ts'
import { type Copy, partsOf } from '../../../kernel/copy.ts'
import type { Counter } from '../../../kernel/measured.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import type { Site } from '../../block.ts'
import { type KeptBefore, ObjectCopy, ResultCopy } from '../../versions.ts'
import { PastCopies } from '../long-run/past-copies.ts'
import type { CacheValues } from '../params.ts'
import type { Points } from '../points.ts'
import { ChangesHeard, type KeptEntries } from '../processes/changes-heard.ts'
import { Renewals } from '../processes/renewals.ts'
import { Batch, type WriteBehind } from '../processes/write-behind.ts'
import { WritesBehind, writesBehindOf } from '../processes/writes-behind.ts'
import type { Holdings } from '../shelf/holdings.ts'
import { lifetimesOf } from '../shelf/lifetimes.ts'
import type { CacheNode } from '../shelf/node.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { Shown } from '../shelf/shown.ts'
import type { Origin } from '../way-out/origin.ts'

interface LoadedParts extends Omit<KeptEntries, 'ofEndpoints'> {
  readonly weightOf: (entry: number) => number
}

/** What the nodes of a cache have loaded because somebody requested it, or were told in a write. */
export class Loaded implements Holdings {
  counters: readonly Counter[] = []
  private readonly values: CacheValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly nodes: CacheNodes
  private readonly points: Pick<Points, 'validates' | 'renamedAfterMs'>
  private readonly weightOf: (entry: number) => number
  private readonly judged = new Shown()
  private readonly changes: ChangesHeard | null
  /** These need the origin, which is known when the blocks are connected. */
  private pastCopies: PastCopies | null = null
  private renewals: Renewals | null = null
  private behind: WritesBehind | null = null

  constructor(
    values: CacheValues,
    site: Site,
    { nodes, numbers, weightOf }: LoadedParts,
    points: Pick<Points, 'validates' | 'renamedAfterMs'> = { validates: false, renamedAfterMs: null },
  ) {
    this.values = values
    this.points = points
    this.site = site
    this.simulation = site.simulation
    this.nodes = nodes
    this.weightOf = weightOf
    const { invalidation } = values
    const ofEndpoints = values.endpoints !== undefined
    const reload = (node: CacheNode, entry: number) => this.renewals?.renew(node, entry, true)
    this.changes =
      invalidation === undefined ? null : new ChangesHeard(invalidation, site, { nodes, numbers, ofEndpoints }, reload)
  }

  connect(origin: Origin): void {
    const { values, site, nodes, points } = this
    const { stores } = origin
    this.pastCopies = new PastCopies(values, site, nodes, origin)
    if (this.renews)
      this.renewals = new Renewals(site, origin, points.validates, (node, key, copy) => this.take(node, key, copy))
    const behind = writesBehindOf(values)
    if (behind !== undefined) this.behind = new WritesBehind(behind, site, nodes, origin)
    for (const store of stores) this.changes?.watch(store)
    const canChange = stores.length === 0 ? site.isAsked('write') : stores.some((store) => store.canChange)
    this.counters = [
      ...(this.renewals?.counters ?? []),
      ...(this.changes?.counters ?? []),
      ...(this.behind?.counters ?? []),
      ...(canChange ? this.judged.counters : []),
    ]
  }

  warmed(): void {
    this.pastCopies?.warmed(this.points.renamedAfterMs !== null)
  }

  begin(node: CacheNode, fromMs: number): void {
    node.behind = this.behind?.create() ?? null
    this.pastCopies?.begin(node, fromMs)
  }

  keptBefore(key: number, kept: KeptBefore): KeptBefore {
    return this.pastCopies?.before(key, kept) ?? kept
  }

  usedBy({ shelf }: CacheNode): number {
    return shelf.used
  }

  find(node: CacheNode, call: Call, isShown: boolean): boolean {
    const { shelf, behind } = node
    const { nowMs } = this.simulation.agenda
    const { validates } = this.points
    const found = shelf.find(call.key, nowMs)
    if (validates && isShown) call.has = shelf.endedCopy
    const slot = this.named(shelf, found, call)
    const owed = behind?.find(call.key) ?? null
    if (slot < 0 && owed === null) return false
    if (isShown) {
      call.copy = owed ?? shelf.copyAt(slot)
      if (slot >= 0 && shelf.isFirstShownAt(slot)) this.judged.came()
    }
    if (slot >= 0 && shelf.isLateAt(slot, nowMs)) this.renewals?.renew(node, call.key)
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
      if (part instanceof ObjectCopy || part instanceof ResultCopy) this.changes?.watch(part.versions)
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

  shown({ copy, arrivedMs }: Call): void {
    this.judged.judge(copy, arrivedMs)
  }

  /** Where the name of what is requested changes with every version, an entry of the old name is none. */
  private named(shelf: Shelf, slot: number, { key }: Call): number {
    const { renamedAfterMs } = this.points
    if (slot < 0 || renamedAfterMs === null) return slot
    const copy = shelf.copyAt(slot)
    if (copy === null || copy.versionsBehind(this.simulation.agenda.nowMs - renamedAfterMs) === 0) return slot
    shelf.drop(key)
    return -1
  }

  /** Whether anything is ever loaded in the background. */
  private get renews(): boolean {
    return Number.isFinite(lifetimesOf(this.values).renewFrom) || this.values.invalidation?.then === 'reload'
  }
}
