import { type Copy, partsOf } from '../../../kernel/copy.ts'
import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { Site } from '../../block.ts'
import type { KeptBefore } from '../../versions.ts'
import type { CacheValues } from '../params.ts'
import { lifetimesOf } from '../shelf/lifetimes.ts'
import type { CacheNode } from '../shelf/node.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import { type Origin, read } from '../way-out/origin.ts'
import { reachedShare } from './past-calls.ts'

/** Which version each entry shows that a cache holds at the start: it came in at some time, and was not notified of every change since. */
export class PastCopies {
  private readonly values: CacheValues
  private readonly site: Site
  private readonly nodes: CacheNodes
  private readonly origin: Origin
  private readonly random: UniformSource
  /** By endpoint, the share of the changes in the store that reach an entry. */
  private reached: readonly number[] = [1]

  constructor(values: CacheValues, site: Site, nodes: CacheNodes, origin: Origin) {
    this.values = values
    this.site = site
    this.nodes = nodes
    this.origin = origin
    this.random = site.simulation.stream(`ages in ${site.name} before the start`)
  }

  /**
   * The nodes have been warmed: asks the stores for the changes of as long a time before the start as anything has been kept.
   * @param isRenamed whether every change gives an object another name, so that no entry shows an old version
   */
  warmed(isRenamed: boolean): void {
    const { values, site, nodes, origin } = this
    const nodesOfAKey = values.per === 'session' ? site.sessions : nodes.holdersOf(0).length
    this.reached = origin.numbers.names.map((_, endpoint) =>
      isRenamed ? 1 : reachedShare(values, site, origin, { nodesOfAKey, endpoint }),
    )
    if (this.reached.every((share) => share === 1)) return
    const { ttlMs, graceMs } = lifetimesOf(values)
    const oldestMs = nodes.list.reduce(
      (oldest, { shelf }) => Math.min(oldest, shelf.oldestMs),
      site.startMs - ttlMs - graceMs,
    )
    for (const store of origin.stores) store.reachBack(-oldestMs)
  }

  /** A node begins: what it holds, if it is warmed, is as it was stored when it came in. */
  begin(node: CacheNode, fromMs: number): void {
    const { startMs } = this.site
    for (const store of this.origin.stores) store.begin(startMs)
    node.shelf.show((entry, sinceMs) => this.copyOf(node, entry, sinceMs, fromMs), startMs)
  }

  /** What a cache in front of this one has kept since before the start, and this one before it. */
  before(entry: number, { kept, random }: KeptBefore): KeptBefore {
    const reached = this.reachedOf(entry)
    const last = kept.at(-1)?.sinceMs ?? this.site.startMs
    if (reached === 1) return { kept, random }
    const holder = this.nodes.firstHolderOf(entry)
    if (holder === undefined) return { kept, random }
    return { kept: [...kept, { sinceMs: holder.shelf.bornBefore(entry, last), reached }], random }
  }

  private reachedOf(entry: number): number {
    return this.reached[this.origin.numbers.endpointOf(entry)] ?? 1
  }

  private copyOf({ dependents }: CacheNode, entry: number, sinceMs: number, fromMs: number): Copy | null {
    const { random } = this
    const reached = this.reachedOf(entry)
    // From then on a change that it was notified of touches the entry.
    const sinceBegun = { sinceMs: fromMs, reached: 0 }
    const copy = this.origin.copyOf(read, entry, { kept: [sinceBegun, { sinceMs, reached }], random }) ?? null
    if (copy !== null) for (const part of partsOf(copy)) dependents?.add(entry, part)
    return copy
  }
}
