import type { Agenda } from '../kernel/agenda.ts'
import type { Call, Receiver } from '../kernel/call.ts'
import type { CallSite } from '../kernel/call-site.ts'
import { ownConnection, type Passage } from '../kernel/guards.ts'
import { isHedged } from '../kernel/hedged-frame.ts'
import { Level } from '../kernel/level.ts'
import { type Reason, reasonCount, reasons } from '../kernel/outcome.ts'
import { Semaphore, SemaphoreMeters } from '../kernel/semaphore.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Chosen } from '../support/params.ts'
import { Breaker, type BreakerOptions } from './guards/breaker.ts'
import { type Leak, Leaks } from './guards/leaks.ts'
import { RateGate } from './guards/rate-limit/gate.ts'
import type { GateMeters } from './guards/rate-limit/gate-meters.ts'
import { RetryBudget, type RetryBudgetOptions } from './guards/retry-budget.ts'

/** What guards the calls from an instance to a block; undefined for what the design does not request. */
export interface PassageOptions {
  readonly breaker: BreakerOptions | undefined
  readonly rateLimit: Chosen | undefined
  readonly bulkhead: { readonly calls: number; readonly limit: number } | undefined
  readonly pool: { readonly connections: number; readonly timeoutMs: number; readonly limit: number } | undefined
  readonly retryBudget: RetryBudgetOptions | undefined
}

/** What is measured of all passages to a block together. */
export interface PassageMeters {
  readonly gates: GateMeters | null
  readonly bulkhead: SemaphoreMeters
  readonly pool: SemaphoreMeters
  /** Breakers that are not closed. */
  readonly open: Level
  /** Attempts that came to the guards. */
  attempts: number
  /** Attempts that were refused before they were sent, by reason code. */
  readonly refused: Float64Array
  /** Retries that were wanted, and those of them for which the budget had nothing left. */
  retriesWanted: number
  retriesRefused: number
}

export function passageMeters(gates: GateMeters | null): PassageMeters {
  return {
    gates,
    bulkhead: new SemaphoreMeters(),
    pool: new SemaphoreMeters(),
    open: new Level(),
    attempts: 0,
    refused: new Float64Array(reasonCount),
    retriesWanted: 0,
    retriesRefused: 0,
  }
}

/** What an attempt holds on its way. */
const inBulkhead = 1
const inPool = 2
/** A connection that it does not give back while the pool leaks. The bit of 4 is `ownConnection`. */
const isLeaky = 8

/** The way from one instance to one block, through what guards it: breaker, rate limit, bulkhead, pool, in this order. */
export class GuardedPassage implements Passage {
  private readonly simulation: Simulation
  private readonly agenda: Agenda
  private readonly options: PassageOptions
  private readonly meters: PassageMeters
  private breaker: Breaker | null
  private budget: RetryBudget | null
  private readonly gate: RateGate | null
  private readonly bulkhead: Semaphore | null
  private readonly pool: Semaphore | null
  /** Null until a fault makes the pool leak. */
  private leaks: Leaks | null = null
  readonly poolTimeoutMs: number
  private readonly to: Receiver
  /** Connections of the pool that are open: each is opened when one more is needed than there are, and kept. */
  private opened = 0
  private connected = 0

  constructor(simulation: Simulation, to: Receiver, options: PassageOptions, meters: PassageMeters) {
    const { agenda } = simulation
    this.simulation = simulation
    this.agenda = agenda
    this.to = to
    this.options = options
    this.meters = meters
    const { rateLimit, bulkhead, pool } = options
    this.breaker = null
    this.budget = null
    this.poolTimeoutMs = pool?.timeoutMs ?? Number.POSITIVE_INFINITY
    this.gate =
      rateLimit === undefined || meters.gates === null
        ? null
        : new RateGate(simulation, rateLimit, meters.gates, this.leftRateLimitQueue)
    this.forget()
    this.bulkhead =
      bulkhead === undefined
        ? null
        : new Semaphore(agenda, {
            permits: bulkhead.calls,
            limit: bulkhead.limit,
            meters: meters.bulkhead,
            granted: this.leftBulkheadQueue,
          })
    this.pool =
      pool === undefined
        ? null
        : new Semaphore(agenda, {
            permits: pool.connections,
            limit: pool.limit,
            meters: meters.pool,
            mayGrant: this.mayConnect,
            granted: this.leftPoolQueue,
          })
  }

  /** Forgets what the process knows, which ends with its instance. */
  forget(): void {
    const { breaker, retryBudget } = this.options
    if (this.breaker !== null && this.breaker.state !== 'closed') this.meters.open.add(-1, this.agenda.nowMs)
    this.breaker = breaker === undefined ? null : new Breaker(breaker)
    this.budget = retryBudget === undefined ? null : new RetryBudget(retryBudget)
    this.gate?.forget()
  }

  called(): void {
    this.budget?.called()
  }

  mayRetry(): boolean {
    if (this.budget === null) return true
    this.meters.retriesWanted++
    if (this.budget.takeRetry()) return true
    this.meters.retriesRefused++
    return false
  }

  /** @returns why the call may not go; null if it is on its way, or waits to be */
  begin(call: Call): Reason | null {
    // What is left is a connection that its caller holds.
    call.holds &= ownConnection
    this.meters.attempts++
    if (this.breaker !== null) {
      call.ticket = this.told(this.breaker, (breaker, nowMs) => breaker.admit(nowMs))
      if (call.ticket < 0) return this.refuse(call, reasons.breakerOpen)
    }
    const entered = this.gate === null ? 'now' : this.gate.enter(call)
    if (entered === 'full') return this.refuse(call, reasons.rateLimited)
    return entered === 'later' ? null : this.pastRateLimit(call)
  }

  private pastRateLimit(call: Call): Reason | null {
    const entered = this.bulkhead === null ? 'now' : this.bulkhead.acquire(call)
    if (entered === 'full') return this.refuse(call, reasons.bulkheadFull)
    return entered === 'later' ? null : this.pastBulkhead(call)
  }

  private pastBulkhead(call: Call): Reason | null {
    if (this.bulkhead !== null) call.holds |= inBulkhead
    ;(call.callSite as CallSite).startTimeout(call)
    const entered = this.needsPool(call) ? (this.pool as Semaphore).acquire(call) : 'now'
    if (entered === 'full') return this.refuse(call, reasons.poolFull)
    if (entered === 'now') return this.depart(call)
    if (Number.isFinite(this.poolTimeoutMs)) this.agenda.after(this.poolTimeoutMs, GuardedPassage.poolTimedOut, call)
    return null
  }

  private depart(call: Call): Reason | null {
    const callSite = call.callSite as CallSite
    if (!this.needsPool(call)) {
      callSite.depart(call)
      return null
    }
    const reason = this.open()
    if (reason !== null) return this.refuse(call, reason)
    call.holds |= inPool | ownConnection | (this.leaks?.marks(call) === true ? isLeaky : 0)
    callSite.depart(call)
    return null
  }

  /** Whether a call needs a connection of the pool: its caller may hold one. */
  private needsPool({ holds }: Call): boolean {
    return this.pool !== null && (holds & ownConnection) === 0
  }

  get hasPool(): boolean {
    return this.pool !== null
  }

  /** Requests a connection for a visit, which holds it until `disconnect`. @returns why it cannot have one */
  connect(visit: Call): 'now' | 'later' | Reason {
    const entered = (this.pool as Semaphore).acquire(visit)
    if (entered === 'full') return reasons.poolFull
    return entered === 'later' ? 'later' : (this.open() ?? 'now')
  }

  /**
   * Whether a call need not wait for a connection: one is idle or can be opened, or none is open that could come free. HikariCP
   * and pgbouncer have calls wait for open connections where the store refuses another one.
   */
  private readonly mayConnect = (): boolean => this.connected < this.opened || this.openOne() || this.opened === 0

  private openOne(): boolean {
    if (this.to.visits.connectionLimit?.take() === false) return false
    this.opened++
    return true
  }

  /** Takes an open connection for a call that has its place in the pool. @returns why that fails; the place is lost */
  open(): Reason | null {
    if (this.opened === 0) {
      this.pool?.release()
      return reasons.tooManyConnections
    }
    this.connected++
    this.to.visits.connectionLimit?.lent(1)
    return null
  }

  /** A visit needs its connection no more, or does not wait for one any more. */
  disconnect(visit: Call): void {
    if (this.pool === null || this.pool.unqueue(visit)) return
    if (this.leaks === null || !this.leaks.loses(this.leaks.marks(visit))) this.giveBack()
  }

  private readonly giveBack = (): void => {
    this.connected--
    this.to.visits.connectionLimit?.lent(-1)
    this.pool?.release()
  }

  /** Makes the pool lose connections. @returns what ends that */
  leak(leak: Leak): () => void {
    this.leaks ??= new Leaks(this.simulation, this.giveBack)
    return this.leaks.begin(leak)
  }

  /** Gives back the connections that its process had lost, which has ended. */
  reclaim(): void {
    this.leaks?.reclaim()
  }

  private readonly leftRateLimitQueue = (call: Call): void => {
    const reason = this.pastRateLimit(call)
    if (reason !== null) (call.callSite as CallSite).refused(call, reason)
  }

  private readonly leftBulkheadQueue = (call: Call): void => {
    if (call.traced) this.traceWait(call, 'bulkhead')
    const reason = this.pastBulkhead(call)
    if (reason !== null) (call.callSite as CallSite).refused(call, reason)
  }

  private readonly leftPoolQueue = (call: Call): void => {
    if (call.holding !== null) {
      call.holding.granted?.(call)
      return
    }
    if (call.traced) this.traceWait(call, `connection to ${this.to.visits.block}`)
    const reason = this.depart(call)
    if (reason !== null) (call.callSite as CallSite).refused(call, reason)
  }

  /** Notes a wait that ends now, as time of the caller; a hedged attempt is made by a frame on its behalf. */
  private traceWait(call: Call, what: string): void {
    const asker = call.caller !== null && isHedged(call.caller) ? call.caller.caller : call.caller
    if (asker !== null) this.simulation.trace(asker, 'waiting', call.sinceMs, this.agenda.nowMs, what)
  }

  private static poolTimedOut(call: Call): void {
    const passage = call.passage as GuardedPassage | null
    if (passage === null || passage.pool?.unqueue(call) !== true) return
    ;(call.callSite as CallSite).refused(call, passage.refuse(call, reasons.poolTimedOut))
  }

  private refuse(call: Call, reason: Reason): Reason {
    const { refused } = this.meters
    refused[reason.code] = (refused[reason.code] as number) + 1
    const { holds, ticket } = call
    call.holds = 0
    this.ended(holds, ticket, 'withdrawn')
    return reason
  }

  /** Has an attempt leave that still waits for what it needs here. */
  unqueue(call: Call): boolean {
    if (this.gate?.unqueue(call) === true) return true
    return this.bulkhead?.unqueue(call) === true || this.pool?.unqueue(call) === true
  }

  ended(holds: number, ticket: number, end: 'ok' | 'failed' | 'withdrawn'): void {
    this.release(holds)
    const { breaker } = this
    if (breaker === null || ticket < 0) return
    if (end === 'withdrawn') breaker.withdrawn(ticket)
    else this.told(breaker, (_breaker, nowMs) => breaker.ended(ticket, end === 'ok', nowMs))
  }

  private release(holds: number): void {
    if ((holds & inPool) !== 0 && this.leaks?.loses((holds & isLeaky) !== 0) !== true) this.giveBack()
    if ((holds & inBulkhead) !== 0) this.bulkhead?.release()
  }

  /** Tells the breaker something, and measures whether it is open. */
  private told<T>(breaker: Breaker, tell: (breaker: Breaker, nowMs: number) => T): T {
    const { nowMs } = this.agenda
    const before = breaker.state
    const result = tell(breaker, nowMs)
    if ((before === 'closed') !== (breaker.state === 'closed')) {
      this.meters.open.add(before === 'closed' ? 1 : -1, nowMs)
    }
    return result
  }
}
