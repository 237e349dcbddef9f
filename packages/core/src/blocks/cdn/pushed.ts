import type { Call } from '../../kernel/call.ts'
import type { Copy } from '../../kernel/copy.ts'
import type { Counter } from '../../kernel/measured.ts'
import type { Site } from '../block.ts'
import { Invalidation } from '../cache/processes/invalidation.ts'
import type { Holdings } from '../cache/shelf/holdings.ts'
import type { CacheNode } from '../cache/shelf/node.ts'
import type { CacheNodes } from '../cache/shelf/nodes.ts'
import { Shown } from '../cache/shelf/shown.ts'
import type { Origin } from '../cache/way-out/origin.ts'
import { type KeptBefore, ObjectCopy, Versions } from '../versions.ts'
import type { CdnValues } from './params.ts'

/** Of more files than this the mean size of the first is taken for that of all. */
const mostWeighed = 100_000

/** What the points of a CDN have been sent and have room for: files from the start, and every change that has arrived. */
export class Pushed implements Holdings {
  counters: readonly Counter[] = []
  private readonly files: number
  private readonly uploads: Invalidation
  private readonly judged = new Shown()
  /** By point, the version that it has of each file that has changed since the start. */
  private readonly arrived = new Map<CacheNode, Map<number, number>>()
  /** By point: how many of the files are there from the start, and the room that all that is there takes. */
  private readonly firstFiles = new Map<CacheNode, number>()
  private readonly used = new Map<CacheNode, number>()
  private readonly capacity: CdnValues['capacity']
  private origin: Origin | null = null
  private versions = new Versions()
  private uploaded = 0
  private uploadedBytes = 0
  private refused = 0

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
      (_, key, node, version) => this.receive(key, version, nodes.at(node)),
    )
  }

  connect(origin: Origin): void {
    this.origin = origin
    this.versions = origin.versionsOf(0) ?? this.versions
    this.uploads.watch(this.versions)
    this.counters = [
      { name: 'uploads', read: () => this.uploaded },
      { name: 'uploads-lost', read: () => this.uploads.lost },
      { name: 'uploads-without-room', read: () => this.refused },
      { name: 'bytes-uploaded', read: () => this.uploadedBytes },
      ...(this.versions.canChange ? this.judged.counters : []),
    ]
  }

  begin(node: CacheNode): void {
    this.arrived.set(node, new Map())
    const { count, used } = this.fitting(node.shelf.entries.capacity)
    this.firstFiles.set(node, count)
    this.used.set(node, used)
  }

  find(node: CacheNode, call: Call): boolean {
    const version = this.arrived.get(node)?.get(call.key) ?? 0
    if (version === 0 && call.key > this.firstFilesOf(node)) return false
    call.copy = new ObjectCopy(this.versions, call.key, version)
    return true
  }

  /** What was pushed arrived before. */
  keptBefore(_key: number, kept: KeptBefore): KeptBefore {
    return kept
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

  private receive(key: number, version: number, node: CacheNode): void {
    const files = this.arrived.get(node)
    const isNew = key > this.firstFilesOf(node) && files?.has(key) === false
    const used = this.usedBy(node) + (isNew ? this.weightOf(key) : 0)
    if (used > node.shelf.entries.capacity) {
      this.refused++
      return
    }
    this.uploaded++
    this.uploadedBytes += this.origin?.sizes.of(key) ?? 0
    this.used.set(node, used)
    files?.set(key, Math.max(version, files.get(key) ?? 0))
  }

  private firstFilesOf(node: CacheNode): number {
    return this.firstFiles.get(node) ?? 0
  }

  /** How many of the files fit, from key 1 on, and the room that they take. */
  private fitting(room: number): { readonly count: number; readonly used: number } {
    let used = 0
    const weighed = Math.min(this.files, mostWeighed)
    for (let key = 1; key <= weighed; key++) {
      const weight = this.weightOf(key)
      if (used + weight > room) return { count: key - 1, used }
      used += weight
    }
    if (weighed === this.files) return { count: weighed, used }
    const mean = used / weighed
    const count = Math.min(this.files, Math.floor(room / mean))
    return { count, used: Math.min(room, count * mean) }
  }

  private weightOf(key: number): number {
    return this.capacity.unit === 'entries' ? 1 : (this.origin?.sizes.of(key) ?? 0)
  }
}
