import type { Call } from '../../../kernel/call.ts'
import type { Definition } from '../../../support/definition.ts'
import type { Params } from '../../../support/params.ts'

/** What an overflow policy can do with a message for which there is no room. */
export interface FullQueue {
  /** Refuses it: 503, try again later. */
  reject(message: Call): void
  /** Throws away the message that has waited longest, and takes this one. */
  replaceOldest(message: Call): void
  /** Lets the publisher wait until there is room. */
  hold(message: Call): void
}

/** What a queue does with a message that finds it full. */
export interface Overflow<P extends Params = Params> extends Definition<P> {
  full(queue: FullQueue, message: Call): void
}

export function overflow<P extends Params>(definition: Overflow<P>): Overflow<P> {
  return definition
}
