import { blockNames, kindsOf } from '../before-run/kinds.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { crowdOf, crowdSaid, remedyForCrowd } from './crowd.ts'
import { fold, type Keeping, keepingOf, replicationsIn } from './fold.ts'
import type { Rounds, RunContext } from './rounds.ts'
import type { Plan, Replicate, Task } from './task.ts'

/** The reason of a run that its user interrupted. */
export const interruption = 'interrupted'

const limitWords = {
  events: 'run.bounds.events was reached within one replication',
  wall: 'run.bounds.wall was reached',
} as const

/** Makes the tasks for replications `from` up to but not including `to`. */
export function tasks(rounds: Pick<Rounds, 'design' | 'plan'>, context: RunContext, from: number, to: number): Task[] {
  const { bounds } = rounds.design.run as unknown as RunValues
  return Array.from({ length: to - from }, (_, i) => ({
    design: rounds.design,
    seed: context.seed,
    replication: from + i,
    workFactor: context.workFactor,
    plan: rounds.plan,
    limits: { events: bounds.events, inside: bounds['in-flight'], wallMs: bounds.wall ?? Number.POSITIVE_INFINITY },
    trace: null,
  }))
}

/** Runs replications until there are `target` of them, folds each as it ends, and notes what ended the run early. */
export async function runUpTo(target: number, rounds: Rounds, context: RunContext): Promise<void> {
  const { batches, atOnce } = keeping(rounds)
  const { firstReplication: first, mostBatches = batches } = rounds
  let from = replicationsIn(rounds.replicates)
  while (from < target && rounds.stopped === null && !isInterrupted(context)) {
    const to = Math.min(from + atOnce, target)
    context.options.pass?.(`replications ${from + 1} to ${to}`)
    const more = await context.options.runner(tasks(rounds, context, first + from, first + to))
    rounds.events += sumOfEvents(more)
    rounds.stopped = stoppedBy(more, rounds.design, context)
    fold(rounds.replicates, worthKeeping(more, rounds.replicates), mostBatches)
    from = to
  }
}

/** How much of a run is kept. */
export function keeping({ design, plan }: Pick<Rounds, 'design' | 'plan'>): Keeping {
  return keepingOf(kindsOf(design).length, blockNames(design).length, plan)
}

/** The same, as a part of something larger: what is said of its passes begins with `name`. */
export function within(name: string, context: RunContext): RunContext {
  const { pass } = context.options
  if (pass === undefined) return context
  return { ...context, options: { ...context.options, pass: (inner) => pass(`${name}: ${inner}`) } }
}

export function isInterrupted({ options }: RunContext): boolean {
  return options.stopping?.() === true
}

/** Why a run is ending that its host ends. */
export function reasonOf({ options }: RunContext): string {
  return options.reason?.() ?? interruption
}

/** What was cut short counts only where nothing whole is there: it lacks what comes late. */
export function worthKeeping(more: readonly Replicate[], before: readonly Replicate[] = []): readonly Replicate[] {
  const whole = more.filter(({ stopped }) => stopped !== 'interrupted')
  return before.length + whole.length > 0 ? whole : more
}

export function sumOfEvents(replicates: readonly Replicate[]): number {
  return replicates.reduce((sum, replicate) => sum + replicate.events, 0)
}

/** Events per ms of simulated time, over all replications and their lead-in. */
export function eventsPerMs({ plan, replicates }: { plan: Plan; replicates: readonly Replicate[] }): number {
  const { leadInMs = 0 } = plan
  const simulatedMs = replicates.reduce((sum, { endMs, replications }) => sum + (leadInMs + endMs) * replications, 0)
  return sumOfEvents(replicates) / simulatedMs
}

/** The limit that ended one of them early, in words. */
export function stoppedBy(replicates: readonly Replicate[], design: Design, context: RunContext): string | null {
  const stopped = replicates.find((replicate) => replicate.stopped !== null)?.stopped ?? null
  if (stopped === 'interrupted') return reasonOf(context)
  if (stopped === 'inside') return crowded(design, replicates)
  if (stopped === 'standstill') return stoodStill(design, replicates)
  return stopped === null ? null : limitWords[stopped]
}

function crowded(design: Design, replicates: readonly Replicate[]): string {
  const full = replicates.filter(({ stopped }) => stopped === 'inside')
  const crowd = crowdOf(design, full)
  const said = crowd === null ? '' : `: ${crowdSaid(crowd)}; ${remedyForCrowd(crowd)}`
  return `run.bounds.in-flight was reached${said}`
}

function stoodStill(design: Design, replicates: readonly Replicate[]): string {
  const still = replicates.filter(({ stopped }) => stopped === 'standstill')
  const block = mostFailing(design, still)
  const why = block === null ? '' : `: calls fail at once at ${block} and are retried at once`
  return `simulated time stands still${why}; add a think time, a back-off or a link latency`
}

/** The block at which most calls failed; null where none did. */
function mostFailing(design: Design, replicates: readonly Replicate[]): string | null {
  const failures = blockNames(design).map((name, i) => ({
    name,
    count: replicates
      .flatMap(({ blocks }) => blocks[i] ?? [])
      .flatMap(({ failed }) => [...failed])
      .reduce((sum, count) => sum + count, 0),
  }))
  const [first] = failures.toSorted((a, b) => b.count - a.count)
  return first === undefined || first.count === 0 ? null : first.name
}
