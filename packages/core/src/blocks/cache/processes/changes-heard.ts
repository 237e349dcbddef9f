import type { Counter } from '../../../kernel/measured.ts'
import type { Site } from '../../block.ts'
import { storesShownBy, type Versions } from '../../versions.ts'
import type { EntryNumbers } from '../shelf/entry-numbers.ts'
import type { CacheNode } from '../shelf/node.ts'
import type { CacheNodes } from '../shelf/nodes.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { Invalidation, type InvalidationValues } from './invalidation.ts'

/** What a cache keeps. */
export interface KeptEntries {
  readonly nodes: CacheNodes
  readonly numbers: EntryNumbers
  /** Whether it is in front of all endpoints of its origin. */
  readonly ofEndpoints: boolean
}

/** What the nodes of a cache do when they are notified of a change: they drop the entries that it makes old, or load them again. */
export class ChangesHeard {
  readonly counters: readonly Counter[]
  private readonly values: InvalidationValues
  private readonly invalidation: Invalidation
  private readonly renew: (node: CacheNode, entry: number) => void
  private readonly numbers: EntryNumbers
  private readonly ofEndpoints: boolean
  private count = 0
  private dropped = 0

  /** @param renew loads an entry that has changed in the background */
  constructor(
    values: InvalidationValues,
    site: Site,
    { nodes, numbers, ofEndpoints }: KeptEntries,
    renew: (node: CacheNode, entry: number) => void,
  ) {
    this.values = values
    this.numbers = numbers
    this.ofEndpoints = ofEndpoints
    this.renew = renew
    this.invalidation = new Invalidation(
      site.simulation,
      values,
      site.hash,
      (key) => (values.by === 'key' ? holdersOf(key, numbers, nodes) : nodes.all),
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
    for (const entry of dependents?.take(versions, changed) ?? this.entriesUnder(changed, versions, shelf)) {
      if (shelf.drop(entry)) this.dropped++
    }
  }

  /** What a change makes old is shown until it is loaded, and is notified of further changes in the meantime. */
  private reload(versions: Versions, changed: number, node: CacheNode): void {
    const { dependents, shelf } = node
    for (const entry of dependents?.of(versions, changed) ?? this.entriesUnder(changed, versions, shelf)) {
      if (shelf.has(entry)) this.renew(node, entry)
      else dependents?.remove(entry, versions, changed)
    }
  }

  /** The entries under a key; of several endpoints those that show something of the store, for a key need not mean the same to all. */
  private entriesUnder(key: number, versions: Versions, shelf: Shelf): readonly number[] {
    const entries = this.numbers.under(key)
    if (!this.ofEndpoints) return entries
    return entries.filter((entry) => storesShownBy(shelf.copyOf(entry)).includes(versions))
  }
}

/** The nodes that may hold an entry under a key. */
function holdersOf(key: number, numbers: EntryNumbers, nodes: CacheNodes): readonly number[] {
  const entries = numbers.under(key)
  const [first] = entries as readonly [number]
  return entries.length === 1
    ? nodes.holdersOf(first)
    : [...new Set(entries.flatMap((entry) => nodes.holdersOf(entry)))]
}
