import type { Call } from '../kernel/call.ts'

/** Calls that wait for the end of a pause of their instance. One that ends in the meantime, as by a crash, is forgotten. */
export class Parked {
  private visits: Call[] = []
  private generations: number[] = []

  add(visit: Call): void {
    this.visits.push(visit)
    this.generations.push(visit.generation)
  }

  /** All that still live, first come first; each is looked at when its turn comes, as those before may have ended it. */
  *take(): Generator<Call> {
    const { visits, generations } = this
    this.visits = []
    this.generations = []
    for (const [i, visit] of visits.entries()) if (visit.generation === generations[i]) yield visit
  }
}
