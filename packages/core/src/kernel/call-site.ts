import type { Sampler } from '../support/distributions/distribution.ts'
import type { Call, CancelScope, Receiver } from './call.ts'
import type { Lane } from './lane.ts'
import { failedAt, type Outcome, ok, reasons } from './outcome.ts'
import { hashPair } from './random.ts'
import type { Simulation } from './simulation.ts'

/** Tells the draw of a call's patience from the others made at the same place. */
const patienceSite = 0x70617469

/** How long to wait before the next attempt. */
export interface BackOff {
  /** Delay before attempt `attempt` (from 2), in ms; `uniform` is in (0, 1) and belongs to this attempt alone. */
  delayMs(attempt: number, uniform: number): number
}

export interface CallSiteOptions {
  readonly to: Receiver
  readonly operation: number
  readonly instance: number
  /** Infinity for none. */
  readonly timeoutMs: number
  readonly cancels: CancelScope
  /** How long a call stays in a queue before it leaves; null forever. */
  readonly patience: Sampler | null
  /** Attempts in all, the first included. */
  readonly attempts: number
  readonly backOff: BackOff
  /** The key to request, the same at every attempt; null requests the request's own. */
  readonly key: ((caller: Call) => number) | null
  /** Index of the calling block: where a time-out arises. */
  readonly block: number
  /** Whether the answer may be short where it shows what the caller has already. */
  readonly asksForNews?: boolean
  /** A hash that names this place in the design: draws made for the call are keyed by it. */
  readonly site: number
  /** What happens when the last attempt has ended; `caller.receivedBytes` is the size of its reply. */
  readonly done: (caller: Call, outcome: Outcome) => void
}

/** One place from which calls are made: with a connection, a time-out, and retries, where the design requests them. */
export class CallSite {
  private readonly simulation: Simulation
  private readonly options: CallSiteOptions
  private readonly timeouts: Lane<Call> | null
  // What every call needs, at hand.
  private readonly to: Receiver
  private readonly operation: number
  private readonly instance: number
  private readonly site: number
  private readonly attempts: number
  private readonly key: ((caller: Call) => number) | null
  private readonly patience: Sampler | null
  private readonly asksForNews: boolean
  private readonly done: (caller: Call, outcome: Outcome) => void

  constructor(simulation: Simulation, options: CallSiteOptions) {
    this.simulation = simulation
    this.options = options
    this.to = options.to
    this.operation = options.operation
    this.instance = options.instance
    this.site = options.site
    this.attempts = options.attempts
    this.key = options.key
    this.patience = options.patience
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
    const { timeouts, patience, key, attempts, to } = this
    return (
      to.visits.connectionLimit === null &&
      timeouts === null &&
      patience === null &&
      key === null &&
      attempts === 1 &&
      !to.loses
    )
  }

  /** Sends a request as the call itself, which `done` must not close; for plain callings only. */
  sendItself(request: Call): void {
    request.attempt = 1
    request.callPath = hashPair(request.callPath, this.site + 1)
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
    this.attempt(caller)
  }

  private attempt(caller: Call): void {
    const { simulation } = this
    const call = simulation.calls.makeDistinct(caller, this.site + caller.attempt)
    call.operation = this.operation
    call.instance = this.instance
    if (this.key === null) call.payload = caller.payload
    else call.key = this.key(caller)
    if (this.asksForNews) call.has = caller.has
    call.callSite = this
    caller.child = call
    if (this.timeouts !== null) this.timeouts.push(call)
    if (this.patience !== null) this.limitPatience(call, this.patience)
    simulation.send(call, this.to, CallSite.replied)
  }

  private static replied(caller: Call, child: Call, outcome: Outcome): void {
    caller.receivedBytes = child.replyBytes
    caller.notModified = child.notModified
    ;(child.callSite as CallSite).ended(caller, outcome)
  }

  private ended(caller: Call, outcome: Outcome): void {
    caller.child = null
    if (outcome !== ok && caller.attempt < this.attempts) this.retryLater(caller)
    else this.done(caller, outcome)
  }

  private retryLater(caller: Call): void {
    const { options, simulation } = this
    caller.attempt++
    const uniform = simulation.random.at(caller.request, caller.callPath, hashPair(options.site, caller.attempt)).next()
    const delayMs = options.backOff.delayMs(caller.attempt, uniform)
    caller.retrying = this
    caller.sinceMs = simulation.agenda.nowMs
    if (delayMs > 0) simulation.agenda.after(delayMs, CallSite.backedOff, caller)
    else this.attempt(caller)
  }

  private static backedOff(caller: Call): void {
    const callSite = caller.retrying as CallSite
    if (caller.traced)
      callSite.simulation.trace(caller, 'waiting', caller.sinceMs, callSite.simulation.agenda.nowMs, 'back-off')
    callSite.attempt(caller)
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
    if (!callSite.simulation.takeBack(call, 'queued')) return
    callSite.ended(caller, failedAt(reasons.timedOut, callSite.block))
  }

  private static timedOut(call: Call): void {
    const caller = call.caller
    if (caller === null) return
    ;(call.callSite as CallSite).giveUp(caller, call)
  }

  private giveUp(caller: Call, call: Call): void {
    const { options, simulation } = this
    if (call.vanished) this.forget(call)
    else {
      simulation.abandon(call)
      // A call without a connection has not arrived: it goes, whatever a time-out cancels.
      const scope = call.receiver === null ? 'queued' : options.cancels
      if (scope !== 'nothing') simulation.takeBack(call, scope)
    }
    this.ended(caller, failedAt(reasons.timedOut, options.block))
  }

  private forget(call: Call): void {
    const { simulation } = this
    if (call.traced && call.caller !== null) {
      simulation.trace(call.caller, 'waiting', call.arrivedMs, simulation.agenda.nowMs, 'lost message')
    }
    call.vanished = false
    simulation.calls.close(call)
  }

  /** Cancels what `caller` waits for, because the caller itself is ended. */
  static cancelChild(simulation: Simulation, caller: Call, scope: CancelScope): void {
    const { child } = caller
    if (child === null) return
    caller.child = null
    if (child.vanished) {
      child.vanished = false
      simulation.calls.close(child)
      return
    }
    simulation.abandon(child)
    simulation.takeBack(child, scope)
  }
}
