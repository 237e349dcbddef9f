import type { Sampler } from '../support/distributions/distribution.ts'
import type { Agenda } from './agenda.ts'
import type { Call, CancelScope, Receiver } from './call.ts'
import type { CallSiteOptions } from './call-site-options.ts'
import { deadlineOf } from './deadline.ts'
import { type Hedge, ownConnection, type Passage } from './guards.ts'
import { hedgedFrame, isHedged, unlink } from './hedged-frame.ts'
import type { Lane } from './lane.ts'
import { failedAt, type Outcome, ok, type Reason, reasons } from './outcome.ts'
import { hashPair } from './random.ts'
import { Retrying } from './retrying.ts'
import type { Simulation } from './simulation.ts'
import { drop, isTakenBack } from './taking-back.ts'

/** Tells the draw of a call's patience from the others made at the same place. */
const patienceSite = 0x70617469

/** One place from which calls are made: with guards, a time-out, and retries, where the design requests them. */
export class CallSite {
  private readonly simulation: Simulation
  private readonly options: CallSiteOptions
  private readonly timeouts: Lane<Call> | null
  // What every call needs, at hand.
  private readonly to: Receiver
  private readonly operation: number
  private readonly instance: number
  private readonly site: number
  /** Null where the first attempt is the only one. */
  private readonly retrying: Retrying | null
  private readonly key: ((caller: Call) => number) | null
  private readonly patience: Sampler | null
  private readonly passageOf: ((caller: Call) => Passage) | null
  private readonly hedge: Hedge | null
  /** Whether attempts pass anything before they are sent, or are made while another is under way. */
  private readonly isGuarded: boolean
  private readonly asksForNews: boolean
  private readonly isConnected: boolean
  private readonly done: (caller: Call, outcome: Outcome) => void

  constructor(simulation: Simulation, options: CallSiteOptions) {
    this.simulation = simulation
    this.options = options
    this.to = options.to
    this.operation = options.operation
    this.instance = options.instance
    this.site = options.site
    this.retrying = options.attempts === 1 ? null : new Retrying(simulation, options, (caller) => this.attempt(caller))
    this.key = options.key
    this.patience = options.patience
    this.passageOf = options.passageOf ?? null
    this.hedge = options.hedge ?? null
    this.isGuarded = this.passageOf !== null || this.hedge !== null || options.obeysDeadlines === true
    this.isConnected = options.isConnected === true
    this.asksForNews = options.asksForNews === true
    this.done = options.done
    this.timeouts = Number.isFinite(options.timeoutMs)
      ? simulation.agenda.lane<Call>(options.timeoutMs, CallSite.timedOut)
      : null
  }

  /** Index of the calling block. */
  get block(): number {
    return this.options.block
  }

  /** Whether a caller here stops waiting by itself. */
  get timesOut(): boolean {
    return this.timeouts !== null
  }

  /** Whether it needs nothing but an answer: then a request can be the call itself, without one made on its behalf. */
  get plain(): boolean {
    const { timeouts, patience, passageOf, hedge, key, retrying, to } = this
    return (
      to.visits.connectionLimit === null &&
      timeouts === null &&
      patience === null &&
      passageOf === null &&
      hedge === null &&
      key === null &&
      retrying === null &&
      this.simulation.road === null &&
      !to.loses
    )
  }

  /** Sends a request as the call itself, which `done` must not close; for plain callings only. */
  sendItself(request: Call): void {
    request.attempt = 1
    request.callPath = hashPair(request.callPath, this.site + 1)
    if (this.simulation.keepsIdentities) request.identity = hashPair(request.identity, this.site)
    request.operation = this.operation
    request.instance = this.instance
    request.callSite = this
    this.simulation.send(request, this.to, CallSite.answeredItself)
  }

  private static answeredItself(request: Call, _same: Call, outcome: Outcome): void {
    request.receivedBytes = request.replyBytes
    ;(request.callSite as CallSite).done(request, outcome)
  }

  /** Makes the call on behalf of `caller`. */
  start(caller: Call): void {
    caller.attempt = 1
    if (this.passageOf !== null) this.passageOf(caller).called()
    this.attempt(caller)
  }

  private attempt(caller: Call): void {
    if (this.hedge !== null) {
      this.beginHedged(caller, this.hedge)
      return
    }
    const call = this.make(caller, caller, this.site + caller.attempt)
    caller.child = call
    if (this.isGuarded || this.simulation.keepsDeadlines) {
      this.launch(call, caller)
      return
    }
    if (this.timeouts !== null) this.timeouts.push(call)
    if (this.patience !== null) this.limitPatience(call, this.patience)
    this.simulation.send(call, this.to, CallSite.replied)
  }

  /** An attempt that `asker` waits for, made on behalf of `caller`. */
  private make(asker: Call, caller: Call, occurrence: number): Call {
    const call = this.simulation.calls.makeDistinct(asker, occurrence)
    call.operation = this.operation
    call.instance = this.instance
    if (this.key === null) call.payload = caller.payload
    else call.key = this.key(caller)
    if (this.asksForNews) call.has = caller.has
    if (this.simulation.keepsIdentities) call.identity = hashPair(caller.identity, this.site)
    if (this.isConnected) call.holds = ownConnection
    call.callSite = this
    return call
  }

  private launch(call: Call, caller: Call): void {
    if (this.isTooLate(caller)) {
      this.refused(call, reasons.tooLate)
      return
    }
    if (this.patience !== null) this.limitPatience(call, this.patience)
    if (this.passageOf === null) {
      this.startTimeout(call)
      this.depart(call)
      return
    }
    const passage = this.passageOf(caller)
    call.passage = passage
    const reason = passage.begin(call)
    if (reason !== null) this.refused(call, reason)
  }

  /** The time-out of an attempt begins. */
  startTimeout(call: Call): void {
    if (this.simulation.keepsDeadlines) this.startDeadline(call)
    else if (this.timeouts !== null) this.timeouts.push(call)
  }

  private startDeadline(call: Call): void {
    const { agenda } = this.simulation
    const ownMs = agenda.nowMs + this.options.timeoutMs
    const leftMs = this.options.obeysDeadlines === true ? deadlineOf(call.caller as Call) : Number.POSITIVE_INFINITY
    call.deadlineMs = Math.min(ownMs, leftMs)
    if (leftMs < ownMs) agenda.at(Math.max(leftMs, agenda.nowMs), CallSite.timedOut, call)
    else if (this.timeouts !== null) this.timeouts.push(call)
  }

  private isTooLate(caller: Call): boolean {
    return this.options.obeysDeadlines === true && deadlineOf(caller) <= this.simulation.agenda.nowMs
  }

  /** Sends an attempt. */
  depart(call: Call): void {
    this.simulation.send(call, this.to, CallSite.replied)
  }

  /** Makes attempts of which the first answer counts: one more each time that none has come for a while. */
  private beginHedged(caller: Call, hedge: Hedge): void {
    const frame = hedgedFrame(this.simulation.calls, caller, this.site + caller.attempt)
    frame.callSite = this
    frame.arrivedMs = this.simulation.agenda.nowMs
    caller.child = frame
    this.makeAnother(frame, hedge)
  }

  private makeAnother(frame: Call, hedge: Hedge): void {
    const caller = frame.caller as Call
    const { agenda } = this.simulation
    const { generation } = frame
    frame.attempt++
    const call = this.make(frame, caller, frame.attempt)
    call.callerSpan = caller.span
    call.sibling = frame.child
    frame.child = call
    this.launch(call, caller)
    if (frame.generation !== generation || frame.attempt >= hedge.attempts) return
    const afterMs = hedge.afterMs(caller)
    if (Number.isFinite(afterMs)) agenda.after(afterMs, this.hedgeDue, frame)
  }

  private readonly hedgeDue = (frame: Call): void => this.makeAnother(frame, this.hedge as Hedge)

  private static replied(asker: Call, call: Call, outcome: Outcome): void {
    asker.receivedBytes = call.replyBytes
    asker.notModified = call.notModified
    const callSite = call.callSite as CallSite
    if (outcome !== ok && callSite.retrying !== null) asker.retryAtMs = call.retryAtMs
    if (callSite.isGuarded) callSite.repliedGuarded(asker, call, outcome)
    else callSite.attemptEnded(asker, call, outcome)
  }

  private repliedGuarded(asker: Call, call: Call, outcome: Outcome): void {
    const { passage } = call
    call.passage = null
    passage?.ended(call.holds, call.ticket, outcome === ok ? 'ok' : 'failed')
    this.attemptEnded(asker, call, outcome)
  }

  /** An attempt is refused before it is sent; its passage knows. */
  refused(call: Call, reason: Reason): void {
    call.passage = null
    this.attemptEnded(call.caller as Call, call, failedAt(reason, this.block))
    this.simulation.calls.close(call)
  }

  private attemptEnded(asker: Call, call: Call, outcome: Outcome): void {
    if (isHedged(asker)) {
      this.hedgedEnded(asker, call, outcome)
      return
    }
    asker.child = null
    this.ended(asker, outcome)
  }

  /** The first answer ends all attempts; a failure only the last. */
  private hedgedEnded(frame: Call, call: Call, outcome: Outcome): void {
    unlink(frame, call)
    if (outcome !== ok && frame.child !== null) return
    const caller = frame.caller as Call
    if (outcome === ok) this.hedge?.answered(caller, this.simulation.agenda.nowMs - frame.arrivedMs)
    this.withdrawAll(frame, 'all')
    caller.receivedBytes = frame.receivedBytes
    caller.notModified = frame.notModified
    if (outcome === ok) this.simulation.join(frame, caller)
    else caller.retryAtMs = frame.retryAtMs
    caller.child = null
    this.simulation.calls.close(frame)
    this.ended(caller, outcome)
  }

  private ended(caller: Call, outcome: Outcome): void {
    if (this.retrying === null || outcome === ok) this.done(caller, outcome)
    else if (this.mayRetry(caller, outcome, this.retrying)) this.retrying.begin(caller)
    else {
      // The moment that the callee has named is not for the callers above.
      caller.retryAtMs = 0
      this.done(caller, outcome)
    }
  }

  private mayRetry(caller: Call, failure: Outcome, retrying: Retrying): boolean {
    if (!retrying.isOpenAfter(caller, failure) || this.isTooLate(caller)) return false
    return this.passageOf === null || this.passageOf(caller).mayRetry()
  }

  private limitPatience(call: Call, patience: Sampler): void {
    const { agenda, random } = this.simulation
    const patienceMs =
      patience.constant ??
      patience.sample(random.at(call.request, call.callPath, hashPair(this.options.site, patienceSite)))
    agenda.after(patienceMs, CallSite.patienceEnded, call)
  }

  /** Leaves the queue, if the call is in one; where work has begun there is nothing to leave. */
  private static patienceEnded(call: Call): void {
    const { caller, callSite } = call
    if (caller === null || callSite === null) return
    if (isTakenBack(callSite.simulation, call, 'queued')) {
      callSite.attemptEnded(caller, call, failedAt(reasons.timedOut, callSite.block))
    }
  }

  /** Lets the time-out of an attempt come, whatever else of it was dropped. */
  static timeOutLater(agenda: Agenda, call: Call): void {
    agenda.at(Math.max(call.deadlineMs, agenda.nowMs), CallSite.timedOut, call)
  }

  private static timedOut(call: Call): void {
    const asker = call.caller
    if (asker === null) return
    const callSite = call.callSite as CallSite
    drop(callSite.simulation, call, callSite.options.cancels, 'failed')
    callSite.attemptEnded(asker, call, failedAt(reasons.timedOut, callSite.block))
  }

  private withdraw(child: Call, scope: CancelScope): void {
    if (!isHedged(child)) {
      drop(this.simulation, child, scope, 'withdrawn')
      return
    }
    this.withdrawAll(child, scope)
    this.simulation.calls.close(child)
  }

  private withdrawAll(frame: Call, scope: CancelScope): void {
    for (let { child } = frame; child !== null; { child } = frame) {
      unlink(frame, child)
      drop(this.simulation, child, scope, 'withdrawn')
    }
  }

  /** Cancels what `caller` waits for, because the caller itself is ended. */
  static cancelChild(caller: Call, scope: CancelScope): void {
    const { child } = caller
    if (child === null) return
    caller.child = null
    ;(child.callSite as CallSite).withdraw(child, scope)
  }
}
