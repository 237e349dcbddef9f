import type { Agenda } from './agenda.ts'
import type { Call, Receiver } from './call.ts'
import { Level } from './level.ts'
import type { Simulation } from './simulation.ts'
import { WaitQueue } from './wait-queue.ts'
import { Waits } from './waits.ts'

/** What is measured of one semaphore, or of several that are alike. */
export class SemaphoreMeters {
  /** Calls that have requested a permit. */
  asked = 0
  readonly held = new Level()
  readonly waiting = new Level()
  readonly waits = new Waits()

  /** Calls that requested a permit and did not get it: they wait, were refused or gave up. */
  get unserved(): number {
    return this.asked - this.waits.begun
  }

  /** Time for which permits have been held, and would be by the calls that did not get one: as long as by those that did. */
  workBegun(nowMs: number): number {
    const { begun } = this.waits
    return begun === 0 ? 0 : (this.held.areaAt(nowMs) * this.asked) / begun
  }
}

export interface SemaphoreOptions {
  readonly permits: number
  /** How many calls may wait; Infinity for any number. */
  readonly limit?: number
  /** Several that are measured together share their meters. */
  readonly meters?: SemaphoreMeters
  /** Whether one more permit may be given out now, where that depends on more than their number. */
  readonly mayGrant?: () => boolean
  /** Continues a call that waited and has its permit now. */
  readonly granted: (call: Call) => void
}

/**
 * A limited number of permits, each held by one call at a time; the others wait in their order. The source of the idea: E. W.
 * Dijkstra, "Over seinpalen" (EWD 74), 1962.
 */
export class Semaphore {
  readonly permits: number
  readonly meters: SemaphoreMeters
  private readonly agenda: Agenda
  private readonly limit: number
  private readonly mayGrant: (() => boolean) | null
  private readonly granted: (call: Call) => void
  private readonly queue = new WaitQueue()
  private inUse = 0
  /** Whether permits are being given out: one that is released in the meantime waits for its turn in the same loop. */
  private isGranting = false

  constructor(agenda: Agenda, options: SemaphoreOptions) {
    this.agenda = agenda
    this.permits = options.permits
    this.limit = options.limit ?? Number.POSITIVE_INFINITY
    this.meters = options.meters ?? new SemaphoreMeters()
    this.mayGrant = options.mayGrant ?? null
    this.granted = options.granted
  }

  /** Requests a permit: the call has it now, waits for it, or finds too many that wait. */
  acquire(call: Call): 'now' | 'later' | 'full' {
    const { nowMs } = this.agenda
    const { meters } = this
    meters.asked++
    if (this.queue.length === 0 && this.hasFree()) {
      this.inUse++
      meters.held.add(1, nowMs)
      meters.waits.none()
      return 'now'
    }
    if (this.queue.length >= this.limit) return 'full'
    call.sinceMs = nowMs
    meters.waiting.add(1, nowMs)
    this.queue.join(call)
    return 'later'
  }

  private hasFree(): boolean {
    return this.inUse < this.permits && (this.mayGrant === null || this.mayGrant())
  }

  /** Takes a permit for good, if one is free. It counts as held while it is `lent`. */
  take(): boolean {
    if (this.inUse >= this.permits) return false
    this.inUse++
    return true
  }

  /** A permit that was taken for good comes into use by a call (1), or is idle again (-1). */
  lent(change: 1 | -1): void {
    this.meters.held.add(change, this.agenda.nowMs)
  }

  /** Gives a permit back; the next call that waits has it. */
  release(): void {
    this.inUse--
    this.meters.held.add(-1, this.agenda.nowMs)
    if (this.isGranting) return
    this.isGranting = true
    while (this.queue.length > 0 && this.hasFree()) {
      const next = this.queue.takeFirst()
      if (next === null) break
      this.grant(next)
    }
    this.isGranting = false
  }

  private grant(call: Call): void {
    const { nowMs } = this.agenda
    const { meters } = this
    this.inUse++
    meters.held.add(1, nowMs)
    meters.waiting.add(-1, nowMs)
    meters.waits.record(nowMs - call.sinceMs)
    this.granted(call)
  }

  /** Has a call that waits for a permit leave. @returns false if it does not wait here */
  unqueue(call: Call): boolean {
    if (call.queue !== this.queue) return false
    this.queue.remove(call)
    this.meters.waiting.add(-1, this.agenda.nowMs)
    return true
  }
}

/**
 * The connections to a block of which a call needs one before it arrives. A call without one waits on its caller's side:
 * the time counts as the caller's.
 */
export function connectionLimit(simulation: Simulation, connections: number): Semaphore {
  return new Semaphore(simulation.agenda, {
    permits: connections,
    granted(call) {
      // A visit that holds on to its connection, and not a call that arrives with it.
      if (call.holding !== null) {
        call.holding.granted?.(call)
        return
      }
      if (call.traced) simulation.traceConnection(call)
      const to = call.place as Receiver
      simulation.arrive(call, to, to.visits)
    },
  })
}
