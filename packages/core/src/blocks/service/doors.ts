import { GateMeters } from '../../calls/guards/rate-limit/gate-meters.ts'
import type { Call } from '../../kernel/call.ts'
import type { Queue, Resource } from '../../kernel/measured.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import type { Visits } from '../../kernel/visits.ts'
import { invariant } from '../../support/invariant.ts'
import { Door } from './door.ts'
import type { ServiceValues } from './params.ts'

/** The doors of the instances of a service. */
export class Doors {
  readonly queues: readonly Queue[]
  readonly resources: readonly Resource[]
  private readonly doors: readonly Door[]
  private readonly gates: GateMeters | null

  /** @param granted continues a call that waited at a door */
  constructor(simulation: Simulation, values: ServiceValues, instances: number, granted: (call: Call) => void) {
    const { 'rate-limit': chosen, shed, deadlines } = values
    this.gates = chosen === undefined ? null : new GateMeters(chosen, instances)
    this.queues = this.gates?.queues ?? []
    this.resources = this.gates?.resources ?? []
    const rateLimit = chosen === undefined || this.gates === null ? null : { chosen, meters: this.gates }
    const options = { rateLimit, shed, obeysDeadlines: deadlines === 'obey' }
    this.doors = Array.from({ length: instances }, () => new Door(simulation, options, granted))
  }

  of({ instance }: Call): Door {
    return this.doors[instance] as Door
  }

  /** Forgets what the process of an instance knows. */
  forget(instance: number): void {
    this.doors[instance]?.forget()
  }

  /** Compares what the doors count with the ledger; throws if they differ. */
  verify({ block, inside }: Visits): void {
    const counted = this.doors.reduce((sum, door) => sum + door.inside, this.gates?.waiting.value ?? 0)
    invariant(counted === inside.value, `the doors of ${block} count ${counted} calls inside, not ${inside.value}`)
  }
}
