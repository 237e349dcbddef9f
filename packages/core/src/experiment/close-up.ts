import { kindsOf } from '../before-run/kinds.ts'
import { replicationsIn } from './fold.ts'
import type { CloseUpResults } from './pictures.ts'
import { isInterrupted, tasks } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { RunResults } from './run-results.ts'
import type { Plan } from './task.ts'

/** Replications looked at more closely: enough for an interval at every moment; without slices they cost less. */
const mostSliced = 20
const mostWhole = 160
/** Slices of time of a run, about, and the least of them. */
const usualSlices = 60
const leastSlices = 12
/** Each kind keeps a distribution in each slice, of 60 kB while it runs. */
const mostDistributions = 600
/** Each block keeps its counts in each slice, of 1 kB a replication. */
const mostCounts = 15_000

/**
 * Runs the first replications once more, with common random numbers, and looks at them slice by slice. They are run again and
 * not looked at in the first place, so that pictures change no byte of the answer and cost nothing where nobody wants them.
 * Null if it was interrupted.
 */
export async function lookCloser(
  rounds: Rounds,
  context: RunContext,
  overloaded: boolean,
): Promise<CloseUpResults | null> {
  const changes = rounds.kind.kind === 'terminating' || overloaded
  const kinds = kindsOf(rounds.design).length
  const fit = Math.floor(Math.min(mostDistributions / kinds, mostCounts / rounds.design.blocks.length))
  const slices = Math.max(leastSlices, Math.min(usualSlices, fit))
  const plan = changes ? sliced(rounds.plan, slices) : rounds.plan
  const from = rounds.replicates[0]?.replication ?? 0
  const most = Math.min(changes ? mostSliced : mostWhole, replicationsIn(rounds.replicates))
  const again = tasks({ design: rounds.design, plan }, context, from, from + most)
  context.options.pass?.('a closer look, for pictures')
  const replicates = await context.options.runner(again.map((task) => ({ ...task, closeUp: true })))
  if (isInterrupted(context)) return null
  return { results: new RunResults(rounds.design, plan, replicates), changes }
}

/** The same plan with cells cut evenly into about so many slices in all; events still fall on their edges. */
function sliced(plan: Plan, slices: number): Plan {
  const cellStartsMs = plan.cellStartsMs.flatMap((fromMs, i) => {
    const lengthMs = (plan.cellStartsMs[i + 1] ?? plan.endMs) - fromMs
    const parts = Math.max(1, Math.round((lengthMs / plan.endMs) * slices))
    return Array.from({ length: parts }, (_, part) => fromMs + (lengthMs * part) / parts)
  })
  return { ...plan, cellStartsMs }
}
