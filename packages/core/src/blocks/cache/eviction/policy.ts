import type { Definition } from '../../../support/definition.ts'
import type { UniformSource } from '../../../support/distributions/distribution.ts'
import type { Params, Values } from '../../../support/params.ts'
import type { Lists } from './lists.ts'
import type { Numbers } from './numbers.ts'

/**
 * The cache as an eviction policy sees it. Keys are slots: dense whole numbers from 0, used again for other keys once
 * they are freed. Weights are bytes or, in a cache that counts its entries, 1.
 */
export interface Slots {
  readonly capacity: number
  readonly random: UniformSource
  /** Weight of the entry or ghost; the same as long as the key keeps its slot. */
  weightOf(slot: number): number
  /** A hash of the key, 32 bits, the same whenever the key comes back: for sketches. */
  hashOf(slot: number): number
  /** When its key is requested next, Infinity for never; only for policies that need the future. */
  nextUse(slot: number): number
  /** Lists of slots, and numbers by slot, that grow with the cache. */
  lists(count: number): Lists
  numbers(): Numbers
  /** Ends the memory of a ghost; nothing happens to one that is just coming back. */
  release(ghost: number): void
}

/** Decides what a cache evicts. It keeps order; who is in, and how much fits, is the cache's business. */
export interface Evictor {
  /** The entry was requested and is there. */
  hit(slot: number): void
  /** The key is not there and is about to be brought in: asked once, for policies that learn from what they lack. */
  miss?(slot: number): void
  /** Chooses an entry that goes to make room for `incoming`; `incoming` itself is refused. Asked until it fits. */
  evict(incoming: number): number
  /** The entry is in: new, or a ghost that has come back. */
  admit(slot: number): void
  /** An entry expired or was deleted, or a ghost is no longer wanted: its slot will be somebody else's. */
  forget(slot: number): void
  /** Whether a slot just evicted or refused stays as a ghost, until released; without it none does. */
  remembers?(slot: number): boolean
}

/** A worked example: keys requested in turn, and those evicted (or refused), in order. */
export interface EvictionExample {
  readonly capacity: number
  readonly requests: string
  readonly evicts: string
  readonly because: string
  /** Parameters that differ from their defaults. */
  readonly values?: Readonly<Record<string, unknown>>
}

/** How a cache chooses what to evict. */
export interface Eviction<P extends Params = Params> extends Definition<P> {
  /** What it must be told that a running system does not know. */
  readonly needs?: readonly 'future'[]
  /** Whether what it holds when it is first full is already what it holds in the long run, by distribution. */
  readonly settledWhenFull?: true
  /**
   * Where what it holds in the long run follows from how often each key is requested: the keys requested last (`recency`),
   * or those that have come in since a time, whatever has been requested since (`arrival`).
   */
  readonly holds?: 'recency' | 'arrival'
  /**
   * By how much the hit ratio is off at most, in points, where one key stands for several of a large key space: found by
   * comparison with whole runs. Without it no key does.
   */
  readonly standInError?: number
  readonly examples: readonly EvictionExample[]
  create(values: Values<P>, slots: Slots): Evictor
}

/** Its name stays a word of its own for the compiler, so that `EvictionName` follows from the registry. */
export function eviction<const N extends string, P extends Params>(
  definition: Eviction<P> & { readonly name: N },
): Eviction<P> & { readonly name: N } {
  return definition
}
