import { invariant } from '../support/invariant.ts'
import { Agenda } from './agenda.ts'
import type { Call, CancelScope, OnReply, Receiver, Relay } from './call.ts'
import { Calls } from './calls.ts'
import { isOfSame, together } from './copy.ts'
import { ownConnection } from './guards.ts'
import { isHedged, unlink } from './hedged-frame.ts'
import { type Outcome, ok } from './outcome.ts'
import { afterOwnWrites, withWrites } from './own-writes.ts'
import { KeyedRandom, Stream } from './random.ts'
import type { Road } from './road.ts'
import type { Semaphore } from './semaphore.ts'
import type { Activity, Tracer } from './trace.ts'
import type { Visits } from './visits.ts'

/** An answer `304 Not Modified` with the headers that RFC 9110 requests: about as many bytes. */
const notModifiedBytes = 200

/** One kind of request, of one source. */
export interface RequestKind {
  readonly source: string
  readonly name: string
  /** Position among all kinds of the design, in name order. */
  readonly index: number
}

export interface SimulationOptions {
  readonly seed: number
  readonly replication: number
  readonly kinds: readonly RequestKind[]
  /** Multiplies all work: 1.05 asks what if everything took 5 % longer. */
  readonly workFactor: number
  readonly tracer: Tracer | null
  /** How many events the run may take; what is done before it, such as warming a cache, takes no more steps than that. */
  readonly mostEvents?: number
}

/** One run of one simulated world: its clock, its random, and the calls that travel in it. */
export class Simulation {
  readonly agenda = new Agenda()
  readonly calls = new Calls()
  readonly random: KeyedRandom
  readonly seed: number
  readonly replication: number
  readonly kinds: readonly RequestKind[]
  readonly workFactor: number
  readonly mostEvents: number
  /** The way of every message; null where all arrive when they are sent. */
  road: Road | null = null
  /** Whether calls know until when their callers wait: a block of the design asks. */
  keepsDeadlines = false
  /** Whether calls know what they have in common with other attempts: a block of the design asks. */
  keepsIdentities = false
  private readonly tracer: Tracer | null
  private readonly named = new Set<string>()

  constructor(options: SimulationOptions) {
    this.seed = options.seed
    this.replication = options.replication
    this.kinds = options.kinds
    this.workFactor = options.workFactor
    this.mostEvents = options.mostEvents ?? Number.POSITIVE_INFINITY
    this.tracer = options.tracer
    this.random = new KeyedRandom(options.seed, options.replication)
  }

  /** A random stream of its own for `name`; requested once, for two of one name would draw the same. */
  stream(name: string): Stream {
    invariant(!this.named.has(name), `two random streams are called ${name}`)
    this.named.add(name)
    return new Stream(this.seed, this.replication, name)
  }

  /** Sends a call: the one way to a block. It arrives now, or as soon as it has the connection that it needs there. */
  send(call: Call, to: Receiver, onReply: OnReply): void {
    call.onReply = onReply
    const { visits } = to
    if (this.road !== null) this.road.request(call, to)
    else if (visits.connectionLimit === null) this.arrive(call, to, visits)
    else this.reach(call, to)
  }

  /** A call has reached its block: it arrives as soon as it has the connection that it needs there. */
  reach(call: Call, to: Receiver): void {
    const { visits } = to
    if (visits.connectionLimit === null || (call.holds & ownConnection) !== 0) this.arrive(call, to, visits)
    else this.connect(call, to, visits.connectionLimit)
  }

  private connect(call: Call, to: Receiver, limit: Semaphore): void {
    call.connectionLimit = limit
    call.place = to
    if (limit.acquire(call) === 'now') this.arrive(call, to, to.visits)
  }

  /** Enters a call that has all it needs at `to`. */
  arrive(call: Call, to: Receiver, visits: Visits): void {
    call.receiver = to
    call.visits = visits
    visits.arrive(call, this.agenda.nowMs)
    to.receive(call)
  }

  /** Hands a call on as it is, in no time: it is entered at `to` as well, and struck out in both together. */
  handOn(call: Call, relay: Relay, to: Receiver): void {
    const { visits } = to
    call.relay = relay
    call.receiver = to
    call.visits = visits
    visits.arrive(call, this.agenda.nowMs)
    to.receive(call)
  }

  /** Ends a call and notifies its caller, unless that has given up. The block must have let go of it. */
  reply(call: Call, outcome: Outcome): void {
    this.strikeOut(call, outcome)
    if (outcome === ok && this.isStillGood(call)) {
      call.notModified = true
      call.replyBytes = Math.min(call.replyBytes || notModifiedBytes, notModifiedBytes)
    }
    if (this.road === null || !this.road.reply(call, outcome)) this.handBack(call, outcome)
  }

  /** The reply of a call has reached its caller. */
  handBack(call: Call, outcome: Outcome): void {
    const caller = call.caller
    if (caller !== null) {
      // One that was under way has left its block, and noted then how long it was there.
      if (call.traced && call.receiver !== null) this.traceCall(call)
      if (outcome === ok) this.handUp(call, caller)
      ;(call.onReply as OnReply)(caller, call, outcome)
    } else if (call.asks) {
      ;(call.onReply as OnReply)(call, call, outcome)
    }
    this.calls.close(call)
  }

  /** What a caller answers shows everything that it was shown; what was changed on its behalf it has changed. */
  private handUp({ copy, wrote }: Call, caller: Call): void {
    if (copy !== null) {
      const { nowMs } = this.agenda
      caller.copy = together(caller.copy, afterOwnWrites(copy, caller.wrote, nowMs), nowMs)
    }
    if (wrote !== null) caller.wrote = withWrites(caller.wrote, wrote)
  }

  /** The same of a branch that its caller made: it has known of the changes before it all along. */
  join({ copy, wrote }: Call, caller: Call): void {
    if (copy !== null) caller.copy = together(caller.copy, copy, this.agenda.nowMs)
    if (wrote !== null) caller.wrote = withWrites(caller.wrote, wrote)
  }

  /** Whether a call that is answered has what it requests already. */
  private isStillGood({ has, copy }: Call): boolean {
    if (has === null || has.versionsBehind(this.agenda.nowMs) > 0) return false
    return copy === null || isOfSame(has, copy)
  }

  /** Ends a call without telling anybody: its caller took it back. The block must have let go of it. */
  end(call: Call, outcome: Outcome): void {
    this.strikeOut(call, outcome)
    if (this.road === null || !this.road.hasAcknowledged(call)) this.calls.close(call)
  }

  /** Answers a call that goes on by itself: the caller need not wait for what follows. */
  acknowledge(call: Call): void {
    const caller = call.asks ? call : call.caller
    if (caller === null) return
    const { extras } = call
    if (extras.trail !== null) extras.goesOn = extras.trail.goesOn()
    if (this.road === null || !this.road.acknowledge(call)) this.acknowledged(call, caller)
  }

  /** The acknowledgement of a call has reached its caller. */
  acknowledged(call: Call, caller: Call, outcome: Outcome = ok): void {
    if (call.traced && call.receiver !== null) this.traceCall(call)
    ;(call.onReply as OnReply)(caller, call, outcome)
    if (call.relay !== null) call.relay.relayed(call, outcome)
    call.relay = null
    call.caller = null
  }

  /** Ends a call that is lost on its way: its caller hears nothing, and waits on if it has no time-out. */
  vanish(call: Call, outcome: Outcome): void {
    this.strikeOut(call, outcome)
    this.forget(call)
  }

  /** Marks the request of a message that is lost, if nobody up the chain stops waiting by itself: it has no answer. */
  markLost(call: Call): void {
    let root = call
    let awaited = false
    while (root.caller !== null) {
      awaited ||= root.callSite?.timesOut === true
      root = root.caller
    }
    if (!awaited) root.lost = true
  }

  /** Ends a call of which nobody hears any more; a caller that will time out keeps it until then. */
  forget(call: Call): void {
    const { caller } = call
    if (caller !== null && (call.callSite?.timesOut === true || Number.isFinite(call.deadlineMs))) {
      call.receiver = null
      call.vanished = true
      return
    }
    if (caller !== null) leave(caller, call)
    this.calls.close(call)
  }

  private strikeOut(call: Call, outcome: Outcome): void {
    ;(call.visits as Visits).leave(call, outcome, this.agenda.nowMs)
    if (call.relay !== null) call.relay.relayed(call, outcome)
    if (call.extras.goesOn) {
      call.extras.goesOn = false
      call.trail?.end(outcome, this.agenda.nowMs)
    }
    if (call.connectionLimit === null) return
    call.connectionLimit.release()
    call.connectionLimit = null
  }

  /** Takes back a call that was sent, as far as `scope` goes, and ends it without a reply. @returns whether it is gone */
  takeBack(call: Call, scope: CancelScope): boolean {
    if (call.extras.acknowledging !== 'no') return false
    if (call.receiver !== null) return call.receiver.cancel(call, scope)
    if (call.connectionLimit?.unqueue(call) !== true) return false
    call.connectionLimit = null
    this.calls.close(call)
    return true
  }

  /** The caller stops waiting for `call`, which goes on unheeded. */
  abandon(call: Call): void {
    if (call.traced && call.caller !== null) this.traceCall(call)
    call.caller = null
    this.markAbandoned(call)
  }

  /** Marks a call and all that is done on its behalf as work that nobody waits for. */
  private markAbandoned(call: Call): void {
    if (!call.abandoned) {
      call.abandoned = true
      if (call.receiver !== null) (call.visits as Visits).abandoned++
      if (call.relay !== null) call.relay.visits.abandoned++
    }
    for (let child = call.child; child !== null; child = child.sibling) this.markAbandoned(child)
  }

  /** Notes a stretch of a traced call's time. */
  trace(call: Call, activity: Activity, fromMs: number, toMs: number, note?: string): void {
    if (this.tracer === null || toMs <= fromMs) return
    const kind = this.kinds[call.kind] as RequestKind
    const block = call.receiver === null ? kind.source : call.receiver.visits.block
    const span = { call: call.span, caller: call.callerSpan, block, activity, fromMs, toMs }
    this.tracer.add(kind.source, call.request, note === undefined ? span : { ...span, note })
  }

  /** Notes a computation that ends now: the `aloneMs` that it would have taken alone are work, the rest is waiting for a core. */
  traceWork(call: Call, aloneMs = call.workMs): void {
    const now = this.agenda.nowMs
    // Less than a nanosecond of waiting is the rounding of the clock.
    const waitedMs = now - aloneMs - call.sinceMs
    const workedFromMs = waitedMs < 1e-6 ? call.sinceMs : now - aloneMs
    this.trace(call, 'waiting', call.sinceMs, workedFromMs, 'core')
    this.trace(call, 'processing', workedFromMs, now)
  }

  /** Notes the wait for a connection that ends now, as time of the caller. */
  traceConnection(call: Call): void {
    const { block } = (call.place as Receiver).visits
    if (call.caller === null) return
    this.trace(call.caller, 'waiting', call.sinceMs, this.agenda.nowMs, `connection to ${block}`)
  }

  private traceCall(call: Call): void {
    if (call.receiver !== null) this.trace(call, 'calling', call.arrivedMs, this.agenda.nowMs)
    else if (call.connectionLimit !== null) this.traceConnection(call)
  }
}

/** A call of which nothing is heard any more leaves those that its caller waits for. */
function leave(caller: Call, call: Call): void {
  if (isHedged(caller)) unlink(caller, call)
  else if (caller.child === call) caller.child = null
}
