import { callingParams, createCalling } from '../../calls/params.ts'
import type { Call } from '../../kernel/call.ts'
import type { Calling } from '../../kernel/calling.ts'
import { hashPair } from '../../kernel/chance.ts'
import type { Copy } from '../../kernel/copy.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { Block, Site } from '../block.ts'

/** What a cache asks of its origin on nobody's behalf. */
export interface Errand {
  readonly key: number
  readonly sizeBytes: number
  /** What a write stores; null for a read. */
  readonly copy: Copy | null
}

/** One kind of call that a cache makes to its origin on nobody's behalf: each has a frame of its own, and a time-out. */
export class Background {
  private readonly site: Site
  private readonly calling: Calling
  private readonly lineage: number
  private readonly pending = new Map<Call, (reply: Call, outcome: Outcome) => void>()
  private made = 0

  constructor(
    site: Site,
    origin: { block: Block; operation: number; instance: number },
    timeoutMs: number,
    salt: number,
  ) {
    this.site = site
    this.lineage = hashPair(site.hash, salt)
    this.calling = createCalling(
      site.simulation,
      {
        timeout: timeoutMs,
        'gives-up': callingParams['gives-up'].default as 'nothing',
        patience: undefined,
        retry: undefined,
      },
      {
        to: origin.block,
        operation: origin.operation,
        instance: origin.instance,
        key: null,
        block: site.index,
        carries: true,
        site: this.lineage,
        done: (frame, outcome) => this.ended(frame, outcome),
      },
    )
  }

  /** Calls under way. */
  get open(): number {
    return this.pending.size
  }

  /** Makes the call; `then` is told how it ended, `reply.copy` and `reply.receivedBytes` being what came back. */
  send(errand: Errand, then: (reply: Call, outcome: Outcome) => void): void {
    const frame = this.site.simulation.calls.fresh()
    frame.request = this.made++
    frame.lineage = this.lineage
    frame.kind = 0
    frame.key = errand.key
    frame.sizeBytes = errand.sizeBytes
    frame.priority = 9
    frame.session = 0
    frame.traced = false
    frame.abandoned = false
    frame.copy = errand.copy
    this.pending.set(frame, then)
    this.calling.start(frame)
  }

  private ended(frame: Call, outcome: Outcome): void {
    const then = this.pending.get(frame)
    this.pending.delete(frame)
    then?.(frame, outcome)
    this.site.simulation.calls.close(frame)
  }
}
