import type { Copy } from '../../../kernel/copy.ts'
import { ObjectCopy, ResultCopy, type Versions } from '../../versions.ts'

/** Which entries of a node go when something changes: those that show an object, or that were read from a table. */
export class Dependents {
  private readonly by: 'object' | 'table'
  private readonly entries = new Map<Versions, Map<number, Set<number>>>()

  constructor(by: 'object' | 'table') {
    this.by = by
  }

  /** From now on the entry depends on what this copy shows. */
  add(entry: number, copy: Copy): void {
    if (!(copy instanceof ObjectCopy || copy instanceof ResultCopy)) return
    const { versions } = copy
    let groups = this.entries.get(versions)
    if (groups === undefined) {
      groups = new Map()
      this.entries.set(versions, groups)
    }
    const shown = copy instanceof ObjectCopy ? [copy.key] : copy.keys
    for (const object of this.by === 'table' ? shown.slice(0, 1) : shown) {
      const group = this.groupOf(versions, object)
      const dependents = groups.get(group)
      if (dependents === undefined) groups.set(group, new Set([entry]))
      else dependents.add(entry)
    }
  }

  /** Takes out all entries that depend on an object which has changed. */
  take(versions: Versions, object: number): Iterable<number> {
    const groups = this.entries.get(versions)
    const group = this.groupOf(versions, object)
    const dependents = groups?.get(group) ?? []
    groups?.delete(group)
    return dependents
  }

  /** The entries that depend on an object which has changed: those that are kept until they have been loaded again. */
  of(versions: Versions, object: number): Iterable<number> {
    return this.entries.get(versions)?.get(this.groupOf(versions, object)) ?? []
  }

  /** The entry is no longer there. Allowed while the entries `of` the object are gone through. */
  remove(entry: number, versions: Versions, object: number): void {
    this.entries.get(versions)?.get(this.groupOf(versions, object))?.delete(entry)
  }

  clear(): void {
    this.entries.clear()
  }

  private groupOf(versions: Versions, object: number): number {
    return this.by === 'table' ? versions.tableOf(object) : object
  }
}
