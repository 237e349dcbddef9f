import { Findings } from './findings.ts'
import { kindsOf } from './kinds.ts'
import type { CloseUpFindings } from './pictures.ts'
import { type Rounds, type RunContext, tasks } from './rounds.ts'
import type { Plan } from './task.ts'

/** Replications looked at more closely: enough for an interval at every moment; without slices they cost less. */
const mostSliced = 20
const mostWhole = 160
/** Slices of time of a run, about, and the least of them. */
const usualSlices = 60
const leastSlices = 12
/** Each kind keeps a distribution in each slice, of 60 kB while it runs. */
const mostDistributions = 600

/**
 * Runs the first replications once more, under the same chance, and looks at them slice by slice. They are run again and
 * not looked at in the first place, so that pictures change no byte of the answer and cost nothing where nobody wants them.
 */
export async function lookCloser(rounds: Rounds, context: RunContext, overloaded: boolean): Promise<CloseUpFindings> {
  const changes = rounds.kind.kind === 'terminating' || overloaded
  const kinds = kindsOf(rounds.design).length
  const slices = Math.max(leastSlices, Math.min(usualSlices, Math.floor(mostDistributions / kinds)))
  const plan = changes ? sliced(rounds.plan, slices) : rounds.plan
  const again = rounds.replicates
    .slice(0, changes ? mostSliced : mostWhole)
    .flatMap(({ replication }) => tasks({ design: rounds.design, plan }, context, replication, replication + 1))
  const replicates = await context.options.runner(again.map((task) => ({ ...task, closeUp: true })))
  return { findings: new Findings(rounds.design, plan, replicates), changes }
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
