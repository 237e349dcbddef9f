import { RateGate } from '../../calls/guards/rate-limit/gate.ts'
import type { GateMeters } from '../../calls/guards/rate-limit/gate-meters.ts'
import type { Call } from '../../kernel/call.ts'
import { isTooLate } from '../../kernel/deadline.ts'
import { type Reason, reasons } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Chosen } from '../../support/params.ts'
import { sheds } from './shed/index.ts'
import type { Shedder } from './shed/shed.ts'

export interface DoorOptions {
  /** The rate limit, and the meters of those of all instances; null where there is none. */
  readonly rateLimit: { readonly chosen: Chosen; readonly meters: GateMeters } | null
  readonly shed: Chosen
  /** Whether work begins only on calls whose callers still wait. */
  readonly obeysDeadlines: boolean
}

/** Decides which calls an instance takes in, and on which of them work begins. */
export class Door {
  private readonly simulation: Simulation
  private readonly options: DoorOptions
  private readonly gate: RateGate | null
  private shedder: Shedder
  private count = 0

  /** @param granted continues a call that waited at the door */
  constructor(simulation: Simulation, options: DoorOptions, granted: (call: Call) => void) {
    this.simulation = simulation
    this.options = options
    const { rateLimit } = options
    this.gate = rateLimit === null ? null : new RateGate(simulation, rateLimit.chosen, rateLimit.meters, granted)
    this.shedder = this.createShedder()
  }

  /** Calls that came in and have not left. */
  get inside(): number {
    return this.count
  }

  private createShedder(): Shedder {
    const { name, values } = this.options.shed
    return sheds.get(name).create(values as never)
  }

  /** @returns whether the call passes the rate limit now or waits for that, or why it may not */
  enter(call: Call): 'now' | 'later' | Reason {
    const entered = this.gate === null ? 'now' : this.gate.enter(call)
    return entered === 'full' ? reasons.rateLimited : entered
  }

  /**
   * Lets a call in that has passed the rate limit.
   * @param waiting calls that wait for a worker
   * @returns why it may not come in; null if it has
   */
  comeIn(call: Call, waiting: number): Reason | null {
    if (this.isTooLate(call)) return reasons.tooLate
    if (this.shedder.admits?.(call.priority, this.count, waiting) === false) return reasons.shed
    this.count++
    return null
  }

  /** Why work may not begin on a call that waited for a worker, with others behind it; null if it may. */
  reasonNotToBegin(call: Call, waitedMs: number, waiting: number): Reason | null {
    // A branch is part of a visit that has begun.
    if (call.begun || call.receiver === null) return null
    if (this.isTooLate(call)) return reasons.tooLate
    const begins = this.shedder.begins?.(waitedMs, waiting, this.simulation.agenda.nowMs) ?? true
    return begins ? null : reasons.shed
  }

  private isTooLate(call: Call): boolean {
    return this.options.obeysDeadlines && isTooLate(call, this.simulation.agenda.nowMs)
  }

  /** A call that came in is answered. */
  answered(call: Call): void {
    this.shedder.answered?.(this.simulation.agenda.nowMs - call.arrivedMs, this.count)
    this.count--
  }

  /** A call that came in leaves without an answer. */
  left(): void {
    this.count--
  }

  /** Has a call leave that waits for the rate limit. @returns false if it does not */
  unqueue(call: Call): boolean {
    return this.gate?.unqueue(call) === true
  }

  /** Forgets what the process knows; no call is inside or waits any more. */
  forget(): void {
    this.gate?.clear()
    this.gate?.forget()
    this.shedder = this.createShedder()
    this.count = 0
  }
}
