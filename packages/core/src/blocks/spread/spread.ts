import { hashPair } from '../../kernel/random.ts'
import type { Definition } from '../../support/definition.ts'
import type { Params, Values } from '../../support/params.ts'

/** A key as a place to keep it is chosen by: 64 random bits that belong to it, in two words. */
export interface KeyHash {
  high: number
  low: number
}

/** Finds the node that keeps a key. */
export interface Spreader {
  /** Which of the nodes that are there, as a position among `members`. */
  placeOf(hash: KeyHash): number
  /** Other nodes are there now: their numbers, ascending, at least one. */
  onMembers(members: readonly number[]): void
}

/** How keys are spread over nodes. */
export interface Spread<P extends Params = Params> extends Definition<P> {
  /** @param salt tells the layout of this set of nodes from that of others. */
  create(values: Values<P>, salt: number): Spreader
}

export function spread<P extends Params>(definition: Spread<P>): Spread<P> {
  return definition
}

const twoTo32 = 4294967296

/** The hash of a key (a whole number up to 2^53) among the nodes of one block. */
export function keyHash(key: number, salt: number, into: KeyHash): KeyHash {
  const [top, bottom] = [Math.floor(key / twoTo32), key | 0]
  into.high = hashPair(salt ^ top, bottom)
  into.low = hashPair(bottom, salt + 1 + top)
  return into
}
