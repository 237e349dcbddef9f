import type { Frame, Handler } from './agenda.ts'
import type { CallSite } from './call-site.ts'
import type { Copy } from './copy.ts'
import { Extras, noExtras } from './extras.ts'
import type { Passage } from './guards.ts'
import type { Holding } from './holding.ts'
import type { Outcome } from './outcome.ts'
import type { Wrote } from './own-writes.ts'
import type { Semaphore } from './semaphore.ts'
import type { Trail } from './trail.ts'
import type { Visits } from './visits.ts'

/** What a time-out of a caller cancels: nothing, what still waits in a queue, or also what is in work. */
export type CancelScope = 'nothing' | 'queued' | 'all'

/** Anything that calls can be sent to. */
export interface Receiver {
  /** The ledger in which every call that arrives here is entered and struck out. */
  readonly visits: Visits
  /** Whether a call can be lost here without a word, as a message on a link. */
  readonly loses?: true
  /** Decides to which of its instances a call goes that addresses none: where it goes must be known before it leaves. */
  pickInstance?(call: Call): void
  receive(call: Call): void
  /** Takes a call back, as far as `scope` goes, and ends it without a reply. @returns whether it is gone. */
  cancel(call: Call, scope: CancelScope): boolean
}

/** What hands a call on as it is, and is told when that call ends. */
export interface Relay {
  readonly visits: Visits
  relayed(call: Call, outcome: Outcome): void
}

/** What the caller does with a reply. Must not keep `child`, which is closed when this returns. */
export type OnReply = (caller: Call, child: Call, outcome: Outcome) => void

/**
 * One call to one block, made on behalf of one request: the frame on which everything that happens to it is written.
 * Pooled; a new life raises `generation`, so that late events and replies find nobody.
 */
export class Call implements Frame {
  generation = 0

  // What is asked. Copied from caller to callee.
  /** Number of the request among those of its source, from 0. */
  request = 0
  /** Index of the request kind among all kinds of the design. */
  kind = 0
  key = 0
  sizeBytes = 0
  priority = 0
  /** Hash of the path by which this call descends from its request; draws are keyed by it. */
  callPath = 0
  traced = false
  abandoned = false

  // Of a request itself.
  /** Whether it is one, without an answer yet. */
  asks = false
  /** The stretch of the run and the tick of the series in which it arrived. */
  cell = 0
  tick = 0

  // What is asked of this block.
  operation = 0
  /** Instance addressed, from 0; -1 leaves it to the block. */
  instance = -1

  // Who asked.
  caller: Call | null = null
  onReply: OnReply | null = null
  /** The place from which it was made. */
  callSite: CallSite | null = null

  // Where it is: the block, the ledger in which it is entered there, and what handed it on to it.
  receiver: Receiver | null = null
  visits: Visits | null = null
  relay: Relay | null = null
  arrivedMs = 0

  // What its block does with it. The block owns these while it holds the call.
  /** Continues the call when what it waits for has come. */
  // biome-ignore lint/suspicious/noExplicitAny: a step is only ever handed the frame it was stored on
  then: Handler<any> | null = null
  /** Position in a program: an operation, a flow. */
  position: unknown = null
  /** What the call is at: a station, a link direction. */
  place: unknown = null
  /** Whether its work here has begun, and whether it holds a worker. */
  begun = false
  held = false
  /** A moment that the block wants to remember. */
  sinceMs = 0
  workMs = 0
  /** What it waits for: a call made on its behalf, or the first of its parallel branches. */
  child: Call | null = null

  // Its place in a waiting line.
  ahead: Call | null = null
  behind: Call | null = null
  queue: unknown = null

  // What came back: bytes of its own reply, and of the last reply that it received.
  replyBytes = 0
  receivedBytes = 0
  /** What the answer shows of stored objects; null where nothing that is stored can change. */
  copy: Copy | null = null
  /** What a write brings to be stored, acknowledged already; null if it makes a version of its own. */
  payload: Copy | null = null
  /** The changes made on its behalf so far, those behind it included; null where there is none. */
  wrote: Wrote | null = null
  /** What the caller has already: an answer that would show the same says so in a few bytes. */
  has: Copy | null = null
  /** Of a reply: it says in a few bytes that what the caller has is still good. */
  notModified = false

  // Few calls need these. Code that sets one resets it, or makes sure that nobody else reads it.
  /** To which target of the relay it was handed on. */
  target = 0
  /** The connection limit whose connection it holds or waits for. */
  connectionLimit: Semaphore | null = null
  /** Which attempt of the call that it makes is under way, from 1. */
  attempt = 0
  /** Branches not yet ended, or whatever its block counts. */
  pending = 0
  /** Where the cores that it shares keep it. */
  slot = 0

  /** The rest of what few calls need, for its accessors and its pool; `noExtras` until one of them is set. */
  extras = noExtras

  get session(): number {
    return this.extras.session
  }

  set session(session: number) {
    if (session !== this.extras.session) this.ownExtras().session = session
  }

  get sibling(): Call | null {
    return this.extras.sibling
  }

  set sibling(sibling: Call | null) {
    if (sibling !== this.extras.sibling) this.ownExtras().sibling = sibling
  }

  get failure(): Outcome {
    return this.extras.failure
  }

  set failure(failure: Outcome) {
    if (failure !== this.extras.failure) this.ownExtras().failure = failure
  }

  get needed(): number {
    return this.extras.needed
  }

  set needed(needed: number) {
    if (needed !== this.extras.needed) this.ownExtras().needed = needed
  }

  get span(): number {
    return this.extras.span
  }

  set span(span: number) {
    if (span !== this.extras.span) this.ownExtras().span = span
  }

  get callerSpan(): number {
    return this.extras.callerSpan
  }

  set callerSpan(callerSpan: number) {
    if (callerSpan !== this.extras.callerSpan) this.ownExtras().callerSpan = callerSpan
  }

  get acknowledging(): 'no' | 'under way' | 'lost' {
    return this.extras.acknowledging
  }

  set acknowledging(acknowledging: 'no' | 'under way' | 'lost') {
    if (acknowledging !== this.extras.acknowledging) this.ownExtras().acknowledging = acknowledging
  }

  get lost(): boolean {
    return this.extras.lost
  }

  set lost(lost: boolean) {
    if (lost !== this.extras.lost) this.ownExtras().lost = lost
  }

  get vanished(): boolean {
    return this.extras.vanished
  }

  set vanished(vanished: boolean) {
    if (vanished !== this.extras.vanished) this.ownExtras().vanished = vanished
  }

  get trail(): Trail | null {
    return this.extras.trail
  }

  set trail(trail: Trail | null) {
    if (trail !== this.extras.trail) this.ownExtras().trail = trail
  }

  get passage(): Passage | null {
    return this.extras.passage
  }

  set passage(passage: Passage | null) {
    if (passage !== this.extras.passage) this.ownExtras().passage = passage
  }

  get holds(): number {
    return this.extras.holds
  }

  set holds(holds: number) {
    if (holds !== this.extras.holds) this.ownExtras().holds = holds
  }

  get ticket(): number {
    return this.extras.ticket
  }

  set ticket(ticket: number) {
    if (ticket !== this.extras.ticket) this.ownExtras().ticket = ticket
  }

  get deadlineMs(): number {
    return this.extras.deadlineMs
  }

  set deadlineMs(deadlineMs: number) {
    if (deadlineMs !== this.extras.deadlineMs) this.ownExtras().deadlineMs = deadlineMs
  }

  get retryAtMs(): number {
    return this.extras.retryAtMs
  }

  set retryAtMs(retryAtMs: number) {
    if (retryAtMs !== this.extras.retryAtMs) this.ownExtras().retryAtMs = retryAtMs
  }

  get identity(): number {
    return this.extras.identity
  }

  set identity(identity: number) {
    if (identity !== this.extras.identity) this.ownExtras().identity = identity
  }

  get holding(): Holding | null {
    return this.extras.holding
  }

  set holding(holding: Holding | null) {
    if (holding !== this.extras.holding) this.ownExtras().holding = holding
  }

  private ownExtras(): Extras {
    if (this.extras === noExtras) this.extras = new Extras()
    return this.extras
  }
}
