import { RateGate } from '../../calls/guards/rate-limit/gate.ts'
import type { GateMeters } from '../../calls/guards/rate-limit/gate-meters.ts'
import type { Call } from '../../kernel/call.ts'
import { type Reason, reasons } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Chosen } from '../../support/params.ts'

export interface DoorOptions {
  readonly rateLimit: Chosen | undefined
}

/** Decides which calls an instance takes in. */
export class Door {
  private readonly gate: RateGate | null

  /**
   * @param gates meters of the rate limits of all instances; null where there are none
   * @param granted continues a call that waited at the door
   */
  constructor(
    simulation: Simulation,
    { rateLimit }: DoorOptions,
    gates: GateMeters | null,
    granted: (call: Call) => void,
  ) {
    this.gate = rateLimit === undefined || gates === null ? null : new RateGate(simulation, rateLimit, gates, granted)
  }

  /** @returns whether the call may come in now or waits at the door, or why it may not */
  enter(call: Call): 'now' | 'later' | Reason {
    const entered = this.gate === null ? 'now' : this.gate.enter(call)
    return entered === 'full' ? reasons.rateLimited : entered
  }

  /** Has a call leave that waits at the door. @returns false if it does not */
  unqueue(call: Call): boolean {
    return this.gate?.unqueue(call) === true
  }

  /** Forgets what the process knows; the calls at the door leave it. */
  forget(): void {
    this.gate?.clear()
    this.gate?.forget()
  }
}
