import { callParams, createCallSite } from '../../../calls/params.ts'
import type { Call } from '../../../kernel/call.ts'
import type { CallSite } from '../../../kernel/call-site.ts'
import type { Copy } from '../../../kernel/copy.ts'
import { type Outcome, ok } from '../../../kernel/outcome.ts'
import { hashPair } from '../../../kernel/random.ts'
import type { Site } from '../../block.ts'
import { Travel } from '../flow/travel.ts'
import { type Origin, read } from './origin.ts'

/** What a cache asks of its origin on nobody's behalf. */
export interface Errand {
  /** Number of the entry that is read, or the key that is written. */
  readonly entry: number
  readonly sizeBytes: number
  /** What a write stores; null for a read. */
  readonly payload: Copy | null
  /** What a read need not send again if it is still good; null for a write, and where the origin is not asked. */
  readonly has: Copy | null
}

/** One kind of call that a cache makes to its origin on nobody's behalf: each has a frame of its own, and a time-out. */
export class Background {
  private readonly site: Site
  private readonly callSite: CallSite
  private readonly origin: Origin
  private readonly operation: number
  private readonly callPath: number
  private readonly travel: Travel
  private readonly pending = new Map<Call, (reply: Call, outcome: Outcome) => void>()
  private readonly endpoint: number
  private made = 0

  constructor(
    site: Site,
    origin: Origin,
    operation: number,
    options: { readonly timeoutMs: number; readonly salt: number; readonly endpoint?: number },
  ) {
    const { endpoint = 0, salt } = options
    this.site = site
    this.origin = origin
    this.operation = operation
    this.endpoint = endpoint
    this.callPath = hashPair(site.hash, endpoint === 0 ? salt : hashPair(salt, endpoint))
    this.travel = new Travel(site.simulation, this.callPath)
    this.callSite = createCallSite(
      site.simulation,
      {
        timeout: options.timeoutMs,
        cancels: callParams.cancels.default as 'nothing',
        patience: undefined,
        retry: undefined,
      },
      {
        to: origin.block,
        operation: origin.numberOf(operation, origin.numbers.of(endpoint, 0)),
        instance: -1,
        key: origin.numbers.count === 1 ? null : ({ key }) => origin.numbers.keyOf(key),
        block: site.index,
        asksForNews: true,
        site: this.callPath,
        done: (frame, outcome) => this.replied(frame, outcome),
      },
    )
  }

  /** Makes the call; `then` is told how it ended, `reply.copy` and `reply.receivedBytes` being what came back. */
  send(errand: Errand, then: (reply: Call, outcome: Outcome) => void): void {
    const frame = this.site.simulation.calls.fresh()
    frame.request = this.made++
    frame.callPath = this.callPath
    frame.kind = 0
    frame.key = errand.entry
    frame.sizeBytes = errand.sizeBytes
    frame.priority = 9
    frame.session = 0
    frame.traced = false
    frame.abandoned = false
    frame.payload = errand.payload
    frame.has = errand.has
    if (this.site.simulation.agenda.nowMs < 0) {
      this.recall(frame, errand, then)
      return
    }
    this.pending.set(frame, then)
    this.go(frame, 'there', (there) => this.callSite.start(there))
  }

  /** Before the start it takes no time. */
  private recall(frame: Call, errand: Errand, then: (reply: Call, outcome: Outcome) => void): void {
    frame.operation = this.operation
    frame.copy = null
    const { recalls, numbers } = this.origin
    const send = this.operation === read ? recalls.reads[this.endpoint] : recalls.write
    frame.key = numbers.keyOf(errand.entry)
    send?.(frame)
    then(frame, ok)
    this.site.simulation.calls.close(frame)
  }

  /** The way to the origin and back, where that is far. */
  private go(frame: Call, way: 'there' | 'back', arrived: (frame: Call) => void): void {
    const { latency } = this.origin
    if (latency === null) arrived(frame)
    else this.travel.start(frame, latency, way, arrived)
  }

  private replied(frame: Call, outcome: Outcome): void {
    this.origin.note(this.operation, frame, outcome)
    frame.failure = outcome
    this.go(frame, 'back', this.ended)
  }

  private readonly ended = (frame: Call): void => {
    const then = this.pending.get(frame)
    const outcome = frame.failure
    this.pending.delete(frame)
    frame.failure = 0
    then?.(frame, outcome)
    this.site.simulation.calls.close(frame)
  }
}
