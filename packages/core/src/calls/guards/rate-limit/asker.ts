import type { Call } from '../../../kernel/call.ts'
import type { RequestKind } from '../../../kernel/simulation.ts'

const twoTo32 = 4294967296

/** Numbers those who make calls, so that each can have a limit of its own. */
export class Askers {
  /** By kind of request, the number of its source: the first of the source's kinds. */
  private readonly sources: readonly number[]

  constructor(kinds: readonly RequestKind[]) {
    this.sources = kinds.map((kind) => kinds.findIndex(({ source }) => source === kind.source))
  }

  /** The client on whose behalf a call is made: a session of a source, or the source if it has no sessions. */
  clientOf({ kind, session }: Call): number {
    return this.sourceOf(kind) * twoTo32 + session
  }

  /** The block that makes a call: its index, or a negative number for a source. */
  callerOf(call: Call): number {
    if (call.relay !== null) return call.relay.visits.index
    for (let { caller } = call; caller !== null; { caller } = caller) {
      // Branches and hedged frames are in no block themselves.
      if (caller.receiver !== null) return caller.receiver.visits.index
    }
    return -1 - this.sourceOf(call.kind)
  }

  private sourceOf(kind: number): number {
    return this.sources[kind] as number
  }
}
