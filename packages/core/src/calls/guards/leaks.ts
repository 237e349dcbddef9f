import type { Call } from '../../kernel/call.ts'
import type { Simulation } from '../../kernel/simulation.ts'

/** Connections of a pool that are not given back. */
export interface Leak {
  /** Share of the connections that are obtained; drawn by the call. */
  readonly share: number
  /** So many in a ms, each the next one that would be given back. */
  readonly perMs: number
  /** Number of the site at which it is drawn. */
  readonly site: number
}

interface LeakAtWork extends Leak {
  readonly sinceMs: number
  leaked: number
}

/**
 * The connections of one pool that its process has lost: nobody uses them and nobody gives them back. They come back when the
 * last leak is over, or with the end of the process.
 */
export class Leaks {
  private readonly simulation: Simulation
  private readonly giveBack: () => void
  private readonly leaks: LeakAtWork[] = []
  private lost = 0

  constructor(simulation: Simulation, giveBack: () => void) {
    this.simulation = simulation
    this.giveBack = giveBack
  }

  /** @returns what ends it */
  begin(leak: Leak): () => void {
    const own: LeakAtWork = { ...leak, sinceMs: this.simulation.agenda.nowMs, leaked: 0 }
    this.leaks.push(own)
    return () => {
      this.leaks.splice(this.leaks.indexOf(own), 1)
      if (this.leaks.length === 0) this.reclaim()
    }
  }

  /** Whether a call is one of those that do not give their connection back. */
  marks({ request, callPath }: Call): boolean {
    const { random } = this.simulation
    return this.leaks.some(({ share, site }) => share > 0 && random.at(request, callPath, site).next() < share)
  }

  /** Whether a connection is lost that would be given back now. */
  loses(isMarked: boolean): boolean {
    if (this.leaks.length === 0) return false
    const isLost = isMarked || this.isDue()
    if (isLost) this.lost++
    return isLost
  }

  private isDue(): boolean {
    const { nowMs } = this.simulation.agenda
    const due = this.leaks.find(({ perMs, sinceMs, leaked }) => leaked < Math.floor((nowMs - sinceMs) * perMs))
    if (due === undefined) return false
    due.leaked++
    return true
  }

  /** Gives back all that were lost. */
  reclaim(): void {
    for (; this.lost > 0; this.lost--) this.giveBack()
  }
}
