import { invariant } from '../support/invariant.ts'
import { Call } from './call.ts'
import { noExtras } from './extras.ts'
import { hashPair } from './random.ts'
import type { CallsFound, Visits } from './visits.ts'

/** The pool of calls. Grows with what is in flight, never with what has passed. */
export class Calls {
  private readonly free: Call[] = []
  /** Every call that was ever needed at once. */
  readonly all: Call[] = []
  private spans = 0
  /** Calls alive now. */
  open = 0

  /** A fresh call that belongs to no request yet. */
  fresh(): Call {
    this.open++
    return this.free.pop() ?? this.grow()
  }

  /** A call made by `caller`, which asks on behalf of the same request. */
  make(caller: Call): Call {
    const call = this.fresh()
    call.request = caller.request
    call.kind = caller.kind
    call.key = caller.key
    // The same extras: neither has any of its own.
    if (call.extras !== caller.extras) {
      call.session = caller.session
      call.trail = caller.trail
      call.identity = caller.identity
    }
    call.sizeBytes = caller.sizeBytes
    call.priority = caller.priority
    call.callPath = caller.callPath
    call.traced = caller.traced
    call.abandoned = caller.abandoned
    call.caller = caller
    call.operation = 0
    call.instance = -1
    call.replyBytes = 0
    call.receivedBytes = 0
    if (caller.traced) {
      call.span = ++this.spans
      call.callerSpan = caller.span
    }
    return call
  }

  /** The call that goes on in place of `call`, which waits for it: what it stores, or has, goes along. */
  makeInPlaceOf(call: Call): Call {
    const next = this.make(call)
    next.payload = call.payload
    next.has = call.has
    next.deadlineMs = call.deadlineMs
    call.has = null
    call.child = next
    return next
  }

  /** Like `make`, for one of several calls that a place makes: `occurrence` (a hash) tells their draws apart. */
  makeDistinct(caller: Call, occurrence: number): Call {
    const call = this.make(caller)
    call.callPath = hashPair(caller.callPath, occurrence)
    return call
  }

  /** The calls inside each block, by its index: what the ledgers must agree with. */
  insideOf(blocks: number): readonly CallsFound[] {
    const found = Array.from({ length: blocks }, () => ({ count: 0, arrivedMs: 0 }))
    const count = (visits: Visits, arrivedMs: number) => {
      const at = found[visits.index] as CallsFound
      at.count++
      at.arrivedMs += arrivedMs
    }
    for (const { receiver, relay, arrivedMs } of this.all) {
      if (receiver !== null) count(receiver.visits, arrivedMs)
      if (relay !== null) count(relay.visits, arrivedMs)
    }
    return found
  }

  private grow(): Call {
    const call = new Call()
    this.all.push(call)
    return call
  }

  /** A number for a traced call that has no caller. */
  nextSpan(): number {
    return ++this.spans
  }

  /** Ends a call's life: whatever is still scheduled for it will find nobody. */
  close(call: Call): void {
    invariant(call.queue === null, 'a call ended while it still waits in a queue')
    call.generation++
    call.caller = null
    call.onReply = null
    call.callSite = null
    call.receiver = null
    call.relay = null
    call.then = null
    call.position = null
    call.place = null
    call.child = null
    call.begun = false
    call.held = false
    call.copy = null
    call.payload = null
    call.wrote = null
    call.has = null
    call.notModified = false
    if (call.extras !== noExtras) call.extras.forget()
    this.open--
    this.free.push(call)
  }
}
