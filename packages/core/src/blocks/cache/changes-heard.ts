import type { Counter, Site } from '../block.ts'
import type { Versions } from '../versions.ts'
import { Invalidation, type InvalidationValues } from './invalidation.ts'
import type { CacheNode } from './node.ts'
import type { CacheNodes } from './nodes.ts'

/** What the nodes of a cache do when they are notified of a change: they drop the entries that it makes old, or load them again. */
export class ChangesHeard {
  readonly counters: readonly Counter[]
  private readonly values: InvalidationValues
  private readonly invalidation: Invalidation
  private readonly renew: (node: CacheNode, key: number) => void
  private count = 0
  private dropped = 0

  /** @param renew loads an entry that has changed in the background */
  constructor(
    values: InvalidationValues,
    site: Site,
    nodes: CacheNodes,
    renew: (node: CacheNode, key: number) => void,
  ) {
    this.values = values
    this.renew = renew
    this.invalidation = new Invalidation(
      site.simulation,
      values,
      site.hash,
      (key) => (values.by === 'key' ? nodes.holdersOf(key) : nodes.all),
      (versions, changed, node) => this.heard(versions, changed, nodes.at(node)),
    )
    this.counters = [
      { name: 'changes-heard', read: () => this.count },
      { name: 'invalidated', read: () => this.dropped },
      { name: 'invalidations-lost', read: () => this.invalidation.lost },
    ]
  }

  /** From now on the nodes are notified of the changes of this store too. */
  watch(versions: Versions): void {
    this.invalidation.watch(versions)
  }

  private heard(versions: Versions, changed: number, node: CacheNode): void {
    this.count++
    if (this.values.then === 'reload') this.reload(versions, changed, node)
    else this.drop(versions, changed, node)
  }

  private drop(versions: Versions, changed: number, { dependents, shelf }: CacheNode): void {
    for (const key of dependents?.take(versions, changed) ?? [changed]) {
      if (shelf.drop(key)) this.dropped++
    }
  }

  /** What a change makes old is shown until it is loaded, and is notified of further changes in the meantime. */
  private reload(versions: Versions, changed: number, node: CacheNode): void {
    const { dependents, shelf } = node
    for (const key of dependents?.of(versions, changed) ?? [changed]) {
      if (shelf.has(key)) this.renew(node, key)
      else dependents?.remove(key, versions, changed)
    }
  }
}
