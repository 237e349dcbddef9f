import type { Design } from '../language/design.ts'
import { replicationsIn } from './fold.ts'
import { prepare } from './pilots.ts'
import { steadyPlan } from './plan.ts'
import { tasks, within } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { RunResults } from './run-results.ts'
import type { Plan } from './task.ts'

/** A design and the same design changed, replication by replication with common random numbers. */
export interface Pair {
  readonly base: RunResults
  readonly changed: RunResults
}

/**
 * Pairs one design with changes of it. A change may need longer replications than the design itself: a queue that is
 * fuller settles later. Then both run for as long; the design is run once for each length.
 */
export class Pairs {
  private readonly rounds: Rounds
  private readonly context: RunContext
  /** The design itself, by how many times as long as its own plan it ran. */
  private readonly byLength = new Map<number, RunResults>()

  /** @param rounds those of the design: with as many replications as each pair is to have */
  constructor(rounds: Rounds, context: RunContext) {
    this.rounds = rounds
    this.context = context
    this.byLength.set(1, new RunResults(rounds.design, rounds.plan, rounds.replicates))
  }

  /** @param name what the change is called while it runs */
  async of(design: Design, name: string): Promise<Pair> {
    const context = within(name, this.context)
    const own = this.rounds.kind.kind === 'steady' ? await prepare(design, context) : null
    // What a pilot found to be overloaded shows it; the design need not run for as long.
    if (own !== null && own.overloads.length > 0) {
      return { base: this.byLength.get(1) as RunResults, changed: new RunResults(design, own.plan, own.replicates) }
    }
    const factor = own === null ? 1 : doubledUntil(this.rounds.plan, own.plan)
    const base = await this.baseFor(factor)
    context.options.pass?.('replications')
    const changed = await this.run(design, base.plan)
    return { base, changed }
  }

  private async baseFor(factor: number): Promise<RunResults> {
    const known = this.byLength.get(factor)
    if (known !== undefined) return known
    const results = await this.run(this.rounds.design, lengthenedBy(factor, this.rounds))
    this.byLength.set(factor, results)
    return results
  }

  private async run(design: Design, plan: Plan): Promise<RunResults> {
    const { replicates, firstReplication: first } = this.rounds
    const to = first + replicationsIn(replicates)
    const own = await this.context.options.runner(tasks({ design, plan }, this.context, first, to))
    return new RunResults(design, plan, own)
  }
}

/** How many times as long a plan must be to measure, and leave out, as much as another: 1, 2, 4 and so on; a tenth more is the same. */
function doubledUntil(plan: Plan, wanted: Plan): number {
  const ratio = Math.max(
    (wanted.measureToMs - wanted.measureFromMs) / (plan.measureToMs - plan.measureFromMs),
    leftOutOf(wanted) / Math.max(leftOutOf(plan), plan.endMs / 1000),
  )
  let factor = 1
  while (factor * 1.1 < ratio) factor *= 2
  return factor
}

function leftOutOf({ leadInMs = 0, measureFromMs }: Plan): number {
  return leadInMs + measureFromMs
}

function lengthenedBy(factor: number, { design, plan }: Rounds): Plan {
  const { measureFromMs, measureToMs, endMs, leadInMs = 0 } = plan
  const longer = steadyPlan(design, measureToMs * factor, measureFromMs * factor, (endMs - measureToMs) * factor)
  return { ...longer, leadInMs: leadInMs * factor }
}
