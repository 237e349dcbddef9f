import type { Call } from '../kernel/call.ts'
import type { Counter } from '../kernel/measured.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { CallsDone } from './calls-done.ts'

/** Counters of the calls that were done where doing them twice matters, and of those that had been done before. */
export const duplicateCounters = ['done-of-those', 'duplicates'] as const

/** Counts calls that were done although they had been done before, where the design says that this matters. */
export class Duplicates {
  readonly counters: readonly Counter[]
  private readonly simulation: Simulation
  private readonly done: CallsDone[] = []
  private count = 0
  private all = 0

  constructor(simulation: Simulation) {
    this.simulation = simulation
    simulation.keepsIdentities = true
    this.counters = [
      { name: duplicateCounters[0], read: () => this.all },
      { name: duplicateCounters[1], read: () => this.count },
    ]
  }

  /** Notes that a call of an operation is done. */
  note(operation: number, call: Call): void {
    this.done[operation] ??= new CallsDone(Number.POSITIVE_INFINITY)
    this.all++
    if (this.done[operation].add(call, this.simulation.agenda.nowMs)) this.count++
  }
}
