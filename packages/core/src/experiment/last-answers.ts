import { firstRound } from '../stats/stopping.ts'
import { isHopeless } from './endless-kinds.ts'
import { beyondLimit } from './long-enough.ts'
import { steadyPlan } from './plan.ts'
import { sumOfEvents, tasks, worthKeeping } from './replications.ts'
import { type Rounds, type RunContext, resultsOf } from './rounds.ts'
import type { Replicate } from './task.ts'

/** The slowest answer of a pilot: how long to wait for those that arrive last. */
export function slowestMs(replicates: readonly Replicate[]): number {
  return Math.max(0, ...replicates.map(({ slowest }) => slowest?.responseMs ?? 0))
}

/**
 * A pilot that shows an overload ends with requests in flight. If all requests are answered, as where only a queue behind
 * them grows, the pilot runs again with time to answer the last ones: their percentiles are then known.
 */
export async function withLastAnswers(rounds: Rounds, context: RunContext): Promise<Rounds> {
  const { design, plan, replicates, overloads, firstReplication, stopped } = rounds
  const results = resultsOf(rounds)
  const inFlight = results.sums(results.all, ({ inside }) => inside).reduce((sum, count) => sum + count, 0)
  if (stopped !== null || inFlight === 0 || isHopeless(results, overloads, 1)) return rounds
  const { measureFromMs, measureToMs, leadInMs, ticks } = plan
  const afterMs = Math.min(slowestMs(replicates), measureToMs - measureFromMs)
  if (beyondLimit(rounds, measureToMs + afterMs, firstRound) !== null) return rounds
  const longer = { ...steadyPlan(design, measureToMs, measureFromMs, afterMs), leadInMs, ticks }
  const last = firstReplication + replicates.length
  const ran = await context.options.runner(tasks({ design, plan: longer }, context, firstReplication, last))
  if (ran.some((replicate) => replicate.stopped !== null)) return rounds
  return { ...rounds, plan: longer, replicates: [...worthKeeping(ran)], events: rounds.events + sumOfEvents(ran) }
}
