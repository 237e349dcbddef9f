import type { Call } from '../../../kernel/call.ts'
import type { Copy } from '../../../kernel/copy.ts'
import type { Counter } from '../../../kernel/measured.ts'
import type { KeptBefore } from '../../versions.ts'
import type { Origin } from '../way-out/origin.ts'
import type { CacheNode } from './node.ts'

/** What the nodes of a cache have, as the flows of its calls see it. */
export interface Holdings {
  readonly counters: readonly Counter[]
  connect(origin: Origin): void
  /** The nodes have been warmed. */
  warmed?(): void
  /** A node begins, warmed or empty; what changes from `fromMs` on it it may be notified of. */
  begin(node: CacheNode, fromMs: number): void
  /** What a cache in front of this one has kept since before the start, and this one before it. */
  keptBefore(key: number, kept: KeptBefore): KeptBefore
  /** Room that a node uses now, bytes or entries. */
  usedBy(node: CacheNode): number
  /** Looks up what a call requests. @param isShown whether anybody is shown it @returns whether there is anything. */
  find(node: CacheNode, call: Call, isShown: boolean): boolean
  /** Brings in what was loaded or written. */
  take(node: CacheNode, key: number, copy: Copy | null): void
  /** Acknowledges a write that the origin will get later. */
  accept(node: CacheNode, call: Call): void
  /** Judges what a read is shown, at the moment when it was requested. */
  shown(call: Call): void
}
