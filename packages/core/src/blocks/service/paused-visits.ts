import type { Call } from '../../kernel/call.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Station } from '../../kernel/station.ts'
import { Parked } from '../parked.ts'
import type { Op, Program } from './steps/step.ts'

/** Visits that would have gone on to their next step while their instance was paused. */
export class PausedVisits {
  private readonly simulation: Simulation
  private readonly stations: readonly Station[]
  private readonly program: Pick<Program, 'resume' | 'fail'>
  /** By instance. */
  private readonly parked: readonly Parked[]

  constructor(simulation: Simulation, stations: readonly Station[], program: Pick<Program, 'resume' | 'fail'>) {
    this.simulation = simulation
    this.stations = stations
    this.program = program
    this.parked = stations.map(() => new Parked())
  }

  /** Whether the instance of a visit is paused. */
  at(visit: Call): boolean {
    return (this.stations[visit.instance] as Station).isPaused
  }

  park(visit: Call, op: Op): void {
    visit.position = op
    visit.sinceMs = this.simulation.agenda.nowMs
    ;(this.parked[visit.instance] as Parked).add(visit)
  }

  /** A visit fails after the pause. */
  parkFailure(visit: Call, outcome: Outcome): void {
    this.park(visit, {
      run: (parked) => {
        this.program.fail(parked, outcome)
        return null
      },
    })
  }

  /** After a pause everything goes on that came to a next step in the meantime, in the order in which it came. */
  readonly wake = (instance: number): void => {
    const { agenda } = this.simulation
    for (const visit of (this.parked[instance] as Parked).take()) {
      if (visit.traced) this.simulation.trace(visit, 'waiting', visit.sinceMs, agenda.nowMs, 'pause')
      this.program.resume(visit, visit.position as Op)
    }
  }
}
