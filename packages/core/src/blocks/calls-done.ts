import type { Call } from '../kernel/call.ts'

/** Most calls of an operation that are remembered: each takes memory. */
const mostRemembered = 1_000_000

/** The answer of a call that was done. */
interface Done {
  readonly atMs: number
  readonly replyBytes: number
}

/** The calls of an operation that were done lately, known again by what all attempts of a call have in common. */
export class CallsDone {
  private readonly rememberedMs: number
  /** The first to be forgotten first. */
  private readonly done = new Map<number, Done>()

  /** @param rememberedMs how long a call is remembered once it is done */
  constructor(rememberedMs: number) {
    this.rememberedMs = rememberedMs
  }

  /** How a call was answered that was done before; undefined if it was not. */
  answerOf(call: Call, nowMs: number): Done | undefined {
    const known = this.done.get(keyOf(call))
    return known === undefined || known.atMs + this.rememberedMs < nowMs ? undefined : known
  }

  /** Notes that a call is done. @returns whether it was done before */
  add(call: Call, nowMs: number): boolean {
    const wasDone = this.answerOf(call, nowMs) !== undefined
    this.forget(nowMs)
    const key = keyOf(call)
    this.done.delete(key)
    this.done.set(key, { atMs: nowMs, replyBytes: call.replyBytes })
    return wasDone
  }

  private forget(nowMs: number): void {
    for (const [key, { atMs }] of this.done) {
      if (atMs + this.rememberedMs >= nowMs && this.done.size < mostRemembered) return
      this.done.delete(key)
    }
  }
}

/** The same number for all attempts of a call: exact for the first 4 billion requests of a source. */
export function keyOf({ request, identity }: Call): number {
  return request * 2 ** 21 + (identity >>> 11)
}
