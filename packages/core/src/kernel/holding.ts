import type { Call } from './call.ts'

/**
 * Something that a visit holds from one of its steps to a later one: a connection, a key. It is shared by all visits of one
 * place in a program, so it knows what a visit had before.
 */
export interface Holding {
  /** What a visit held when it got this; null if nothing. */
  readonly outer: Holding | null
  /** What a visit waited for is there; where visits may wait for it. */
  granted?(visit: Call): void
  /** A visit that holds this, or waits for it, has ended before the step that lets go of it. */
  letGo(visit: Call): void
}

/** Lets go of all that a visit holds, which ends before its time. */
export function letGoOfAll(visit: Call): void {
  for (let { holding } = visit; holding !== null; holding = holding.outer) holding.letGo(visit)
  visit.holding = null
}
