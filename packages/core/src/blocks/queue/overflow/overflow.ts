import type { Definition } from '../../../support/definition.ts'
import type { Params } from '../../../support/params.ts'

/** What an overflow policy can do with a message for which there is no room, whatever a message is. */
export interface FullQueue<Message> {
  /** Refuses it: 503, try again later. */
  reject(message: Message): void
  /** Throws away the message that has waited longest, and takes this one. */
  replaceOldest(message: Message): void
  /** Lets the publisher wait until there is room. */
  hold(message: Message): void
}

/** What a queue does with a message that finds it full. */
export interface Overflow<P extends Params = Params> extends Definition<P> {
  full<Message>(queue: FullQueue<Message>, message: Message): void
}

export function overflow<P extends Params>(definition: Overflow<P>): Overflow<P> {
  return definition
}
