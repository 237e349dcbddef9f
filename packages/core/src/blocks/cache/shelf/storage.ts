import { Level } from '../../../kernel/level.ts'
import type { Resource } from '../../../kernel/measured.ts'
import type { CacheNode } from './node.ts'

/** How much of their room the nodes of a cache use, as it was at the last answer of each. */
export class Storage implements Resource {
  readonly name = 'storage'
  readonly isRoom = true
  readonly capacity: number
  private readonly level = new Level()
  private readonly used = new Map<CacheNode, number>()

  /** @param capacity of all nodes together, bytes or entries. */
  constructor(capacity: number) {
    this.capacity = capacity
  }

  note(node: CacheNode, used: number, nowMs: number): void {
    const before = this.used.get(node) ?? 0
    if (used === before) return
    this.used.set(node, used)
    this.level.add(used - before, nowMs)
  }

  areaAt(nowMs: number): number {
    return this.level.areaAt(nowMs)
  }
}
