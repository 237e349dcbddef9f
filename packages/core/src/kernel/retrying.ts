import type { BackOff } from '../support/back-off.ts'
import type { Call } from './call.ts'
import type { CallSiteOptions } from './call-site-options.ts'
import type { Outcome } from './outcome.ts'
import { hashPair } from './random.ts'
import type { Simulation } from './simulation.ts'

/** Further attempts of a call after a failure: whether another one is made, and after which pause. */
export class Retrying {
  private readonly simulation: Simulation
  private readonly attempts: number
  private readonly backOff: BackOff
  private readonly site: number
  private readonly isSafeAfter: ((outcome: Outcome) => boolean) | null
  private readonly obeysRetryAfter: boolean
  private readonly again: (caller: Call) => void

  /** @param again makes the next attempt on behalf of a caller */
  constructor(simulation: Simulation, options: CallSiteOptions, again: (caller: Call) => void) {
    this.simulation = simulation
    this.attempts = options.attempts
    this.backOff = options.backOff
    this.site = options.site
    this.isSafeAfter = options.isSafeAfter ?? null
    this.obeysRetryAfter = options.obeysRetryAfter === true
    this.again = again
  }

  /** Whether a call has an attempt left, and may make it after this failure. */
  isOpenAfter({ attempt }: Call, failure: Outcome): boolean {
    return attempt < this.attempts && (this.isSafeAfter === null || this.isSafeAfter(failure))
  }

  /** Makes the next attempt after a pause. */
  begin(caller: Call): void {
    const { agenda } = this.simulation
    caller.attempt++
    const delayMs = Math.max(this.pauseMs(caller), this.askedPauseMs(caller))
    caller.sinceMs = agenda.nowMs
    if (delayMs > 0) agenda.after(delayMs, this.pauseEnded, caller)
    else this.again(caller)
  }

  /** The pause of the back-off. One that depends on the pause before it is reckoned from the first. */
  private pauseMs(caller: Call): number {
    const { backOff } = this
    let pauseMs = 0
    for (let attempt = backOff.isChained === true ? 2 : caller.attempt; attempt <= caller.attempt; attempt++)
      pauseMs = backOff.delayMs(attempt, this.uniform(caller, attempt), pauseMs)
    return pauseMs
  }

  private uniform({ request, callPath }: Call, attempt: number): number {
    return this.simulation.random.at(request, callPath, hashPair(this.site, attempt)).next()
  }

  /** How long the callee asked to wait, ms. */
  private askedPauseMs(caller: Call): number {
    const { retryAtMs } = caller
    if (retryAtMs === 0) return 0
    caller.retryAtMs = 0
    return this.obeysRetryAfter ? retryAtMs - this.simulation.agenda.nowMs : 0
  }

  private readonly pauseEnded = (caller: Call): void => {
    const { simulation } = this
    if (caller.traced) simulation.trace(caller, 'waiting', caller.sinceMs, simulation.agenda.nowMs, 'back-off')
    this.again(caller)
  }
}
