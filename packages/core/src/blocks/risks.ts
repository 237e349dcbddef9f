import type { Params, Reference, Values } from '../support/params.ts'

/** What a block tells those who review a design: facts, of which the rules make findings. Whatever is absent does not apply. */
export interface Risks<P extends Params = Params> {
  /** Whether calls through it take time on a network. */
  readonly takesNetworkTime?: true
  /**
   * How one gives it a second instance that goes on when the first is lost, as a remedy; null where the language has no
   * way to say that yet.
   */
  readonly spare?: string | null
  /**
   * In place of `spare`, where it depends on the fields: what is lost while one instance is down, said of the block, and
   * the remedy; undefined where nothing is.
   */
  lostWithOne?(values: Values<P>): { readonly because: string; readonly remedy: string } | undefined
  /** Targets that keep getting calls while they fail, because nothing checks their health; undefined where one does. */
  uncheckedTargets?(values: Values<P>): readonly Reference[] | undefined
  /** The field that bounds how many may wait here, and the bound; undefined where nobody waits. */
  room?(values: Values<P>): { readonly field: string; readonly most: number } | undefined
  /** Calls that can be inside all its instances at once, waiting ones included; undefined where that has no bound. */
  mostInside?(values: Values<P>): number | undefined
  /** Calls that can be inside while others wait for a connection on the side of their callers; undefined without such. */
  connections?(values: Values<P>): number | undefined
  /** Calls of its own that it waits for at once at most; undefined where that has no bound. */
  callsAtOnce?(values: Values<P>): number | undefined
  /** Of what it keeps copies, how long they count, in ms, and whether it is notified of every change of what is stored. */
  copies?(values: Values<P>): {
    readonly of: Reference
    readonly ttlMs: number | undefined
    readonly isNotifiedOfChanges?: boolean
    /** Whether changes end entries, or wait in it to be written. */
    readonly followsChanges?: boolean
  }
  /** The field that makes sizes matter, and the one that says how large what it keeps is; undefined where none does. */
  sizesMatter?(values: Values<P>): { readonly field: string; readonly keeps?: string } | undefined
  /** Whether an answer to this operation has a size of its own; without it, that of what it asks in turn. */
  answerHasSize?(values: Values<P>, operation: string | undefined): boolean
}

/** The bound of a line that may be unlimited. */
export function bound(limit: number | 'unlimited'): number {
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit
}
