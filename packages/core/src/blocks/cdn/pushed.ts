import type { Call } from '../../kernel/call.ts'
import type { Copy } from '../../kernel/copy.ts'
import type { Counter, Site } from '../block.ts'
import type { Holdings } from '../cache/holdings.ts'
import { Invalidation } from '../cache/invalidation.ts'
import type { CacheNode } from '../cache/node.ts'
import type { CacheNodes } from '../cache/nodes.ts'
import type { Origin } from '../cache/origin.ts'
import { Shown } from '../cache/shown.ts'
import { ObjectCopy, Versions } from '../versions.ts'
import type { CdnValues } from './params.ts'

/** What the points of a CDN have been sent: all files from the start, and every change that has arrived. */
export class Pushed implements Holdings {
  counters: readonly Counter[] = []
  private readonly files: number
  private readonly uploads: Invalidation
  private readonly judged = new Shown()
  /** By point, the version that it has of each file that has changed since the start. */
  private readonly arrived = new Map<CacheNode, Map<number, number>>()
  /** Room that each point uses. */
  private readonly used = new Map<CacheNode, number>()
  private readonly capacity: CdnValues['capacity']
  private origin: Origin | null = null
  private versions = new Versions()
  private uploaded = 0
  private uploadedBytes = 0

  constructor(values: CdnValues, site: Site, nodes: CacheNodes) {
    this.files = values.upload.files
    this.capacity = values.capacity
    const { delay, lost } = values.upload
    const uploads = { by: 'key', then: 'drop', delay, lost } as const
    this.uploads = new Invalidation(
      site.simulation,
      uploads,
      site.hash,
      () => nodes.all,
      (versions, key, node) => this.receive(versions, key, nodes.at(node)),
    )
  }

  connect(origin: Origin): void {
    this.origin = origin
    this.versions = origin.versions ?? this.versions
    this.uploads.watch(this.versions)
    this.counters = [
      { name: 'uploads', read: () => this.uploaded },
      { name: 'uploads-lost', read: () => this.uploads.lost },
      { name: 'bytes-uploaded', read: () => this.uploadedBytes },
      ...(this.versions.canChange ? this.judged.counters : []),
    ]
  }

  begin(node: CacheNode): void {
    this.arrived.set(node, new Map())
    const { unit } = this.capacity
    const meanWeight = unit === 'entries' ? 1 : (this.origin?.sizes.meanBytes ?? 0)
    this.used.set(node, this.files * meanWeight)
  }

  find(node: CacheNode, call: Call): boolean {
    const version = this.arrived.get(node)?.get(call.key) ?? 0
    if (version === 0 && call.key > this.files) return false
    call.copy = new ObjectCopy(this.versions, call.key, version)
    this.shown(call)
    return true
  }

  /** What is not pushed is not kept either. */
  take(): void {}

  accept(): void {}

  shown({ copy, arrivedMs }: { copy: Copy | null; arrivedMs: number }): void {
    this.judged.judge(copy, arrivedMs)
  }

  usedBy(node: CacheNode): number {
    return this.used.get(node) ?? 0
  }

  private receive(versions: Versions, key: number, node: CacheNode): void {
    this.uploaded++
    this.uploadedBytes += this.origin?.sizes.of(key) ?? 0
    const files = this.arrived.get(node)
    if (key > this.files && files?.has(key) === false) this.used.set(node, this.usedBy(node) + this.weightOf(key))
    files?.set(key, versions.newest(key))
  }

  private weightOf(key: number): number {
    return this.capacity.unit === 'entries' ? 1 : (this.origin?.sizes.of(key) ?? 0)
  }
}
