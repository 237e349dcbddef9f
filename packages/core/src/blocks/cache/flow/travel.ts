import type { Call } from '../../../kernel/call.ts'
import { hashPair } from '../../../kernel/random.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import type { Sampler } from '../../../support/distributions/distribution.ts'

/** Trips of calls over a distance, each taking the time that belongs to its request. */
export class Travel {
  private readonly simulation: Simulation
  private readonly site: number

  constructor(simulation: Simulation, site: number) {
    this.simulation = simulation
    this.site = site
  }

  /** Runs `arrived` when the call has made the trip; never if it is cancelled on its way. */
  start(call: Call, distance: Sampler, way: 'there' | 'back', arrived: (call: Call) => void): void {
    const { agenda, random } = this.simulation
    const draws = random.at(call.request, call.callPath, hashPair(this.site, way === 'there' ? 1 : 2))
    const ms = distance.constant ?? distance.sample(draws)
    call.sinceMs = agenda.nowMs
    call.position = arrived
    agenda.after(ms, this.ended, call)
  }

  private readonly ended = (call: Call): void => {
    if (call.traced) this.simulation.trace(call, 'network', call.sinceMs, this.simulation.agenda.nowMs)
    ;(call.position as (call: Call) => void)(call)
  }
}
