import type { Call } from './call.ts'
import { failedAt, type Outcome, ok, reasons } from './outcome.ts'
import type { Simulation } from './simulation.ts'
import type { Visits } from './visits.ts'

/** Answers of a block that are errors. */
export interface FailingShare {
  /** Instance, from 0; -1 for all. */
  readonly instance: number
  /** -1 for all. */
  readonly operation: number
  readonly share: number
  /** Number of the site at which it is drawn. */
  readonly site: number
}

/**
 * Makes errors of a share of the answers of blocks, drawn by request. It takes the place of `reply` and `acknowledged` of the
 * simulation when the first share begins to fail: a run without such a fault pays nothing for it.
 */
export class FailingAnswers {
  private readonly simulation: Simulation
  private readonly byBlock: (FailingShare[] | undefined)[] = []
  private isBetween = false

  constructor(simulation: Simulation) {
    this.simulation = simulation
  }

  /** Begins to fail answers of a block, by its number. @returns what ends it */
  begin(block: number, failing: FailingShare): () => void {
    this.stepBetween()
    const all = this.byBlock[block] ?? []
    all.push(failing)
    this.byBlock[block] = all
    return () => void all.splice(all.indexOf(failing), 1)
  }

  private stepBetween(): void {
    if (this.isBetween) return
    this.isBetween = true
    const { simulation } = this
    const reply = simulation.reply.bind(simulation)
    const acknowledged = simulation.acknowledged.bind(simulation)
    simulation.reply = (call, outcome) => reply(call, this.isAnswer(call) ? this.answerTo(call, outcome) : outcome)
    simulation.acknowledged = (call, caller) => acknowledged(call, caller, this.answerTo(call, ok))
  }

  /** The end of a message that was acknowledged answers nobody. */
  private isAnswer(call: Call): boolean {
    return (call.caller !== null || call.asks) && call.extras.acknowledging === 'no'
  }

  private answerTo(call: Call, outcome: Outcome): Outcome {
    const { index } = call.visits as Visits
    const failing = this.byBlock[index]
    if (outcome !== ok || failing === undefined) return outcome
    return failing.some((one) => this.fails(call, one)) ? failedAt(reasons.failed, index) : ok
  }

  private fails(call: Call, { instance, operation, share, site }: FailingShare): boolean {
    if (instance >= 0 && call.instance !== instance) return false
    if (operation >= 0 && call.operation !== operation) return false
    return this.simulation.random.at(call.request, call.callPath, site).next() < share
  }
}
