import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { nominalWorld } from '../support/params.ts'
import type { Answer, TraceAnswer } from './answer.ts'
import { criticalPath } from './breakdown.ts'
import { lookCloser } from './close-up.ts'
import { replicationsIn } from './fold.ts'
import { failureOf } from './ledger.ts'
import { runLonger } from './longer-work.ts'
import { noGrowth } from './overload.ts'
import { prepare } from './pilots.ts'
import { isInterrupted, reasonOf, tasks } from './replications.ts'
import { growthAtEnd, nextRound, type Rounds, type RunContext, resultsOf } from './rounds.ts'
import { summarise } from './summarise.ts'
import type { Replicate, Runner } from './task.ts'
import { drawWorlds } from './worlds.ts'

/** What a caller may want of a simulation. */
export interface SimulateOptions {
  /** Runs replications, on one thread or many. */
  readonly runner: Runner
  /** Instead of the design's own seed. */
  readonly seed?: number
  /** Follow the slowest request of the run through all blocks. */
  readonly traceSlowest?: boolean
  /** Collect also what pictures are drawn from: `Answer.pictures`. Costs up to as many replications again. */
  readonly pictures?: boolean
  /** Whether to run also with all work 5 % and 20 % longer; true if absent. */
  readonly longer?: boolean
  /** Called with the answer so far, at the end of each round. */
  readonly progress?: (progress: Progress) => void
  /** Hears which part of the work begins, in a few words: its replications come next. */
  readonly pass?: (name: string) => void
  /** Ends the work as soon as the runner answers, with the answer so far; the runner has to be told by the host. */
  readonly stopping?: () => boolean
  /** Why it is ending, in words; an interruption if absent. */
  readonly reason?: () => string
}

/** How far a run has come. */
export interface Progress {
  /** Over all requests, as of now. */
  readonly mean: Estimate
  readonly p99: Estimate
  /** Replications done, and those planned as far as known. */
  readonly done: number
  readonly planned: number
  /** The complete answer as of now, without what takes runs of its own. */
  answer(): Answer
}

/** Simulates a design. */
export async function simulate(design: Design, options: SimulateOptions): Promise<Answer> {
  const nominal = nominalWorld(design)
  const seed = options.seed ?? (nominal.run as unknown as RunValues).seed
  const context: RunContext = { options, seed, workFactor: 1 }
  const rounds: Rounds = { ...(await prepare(nominal, context)), measuresObjectives: true }
  await runAll(rounds, context)
  return finish(design, rounds, context)
}

async function runAll(rounds: Rounds, context: RunContext): Promise<void> {
  let done = rounds.replicates.length > 0 || rounds.stopped !== null
  while (!done) {
    done = await nextRound(rounds, context)
    const { progress } = context.options
    if (progress === undefined) continue
    progress(progressOf(rounds, context))
  }
}

function progressOf(rounds: Rounds, context: RunContext): Progress {
  const results = resultsOf(rounds)
  const mean = results.mean(results.all)
  return {
    mean,
    p99: results.percentile(results.all, 99),
    done: replicationsIn(rounds.replicates),
    planned: rounds.kind.kind === 'terminating' ? replicationsIn(rounds.replicates) : rounds.wanted,
    answer: () => summarise(rounds, noGrowth, null, { worlds: null, trace: null, seed: context.seed, worldsMet: [] }),
  }
}

/** What takes runs of its own, and the answer. */
export async function finish(design: Design, rounds: Rounds, context: RunContext): Promise<Answer> {
  const found = growthAtEnd(rounds)
  const isComplete = found.overloads.length === 0 && rounds.stopped === null && !isInterrupted(context)
  const longer = isComplete && context.options.longer !== false ? await runLonger(rounds, context) : null
  const worlds = isComplete && design.uncertain.length > 0 ? await drawWorlds(design, rounds, context) : null
  const trace =
    context.options.traceSlowest === true && !isInterrupted(context) ? await traceSlowest(rounds, context) : null
  const closeUp =
    isInterrupted(context) || context.options.pictures !== true
      ? null
      : await lookCloser(rounds, context, found.overloads.length > 0)
  const soFar = isInterrupted(context) ? { ...rounds, stopped: rounds.stopped ?? reasonOf(context) } : rounds
  return summarise(soFar, found, longer, {
    seed: context.seed,
    worlds: worlds?.answer ?? null,
    worldsMet: worlds?.held ?? [],
    trace,
    ...(context.options.pictures === true ? { closeUp } : {}),
  })
}

async function traceSlowest(rounds: Rounds, context: RunContext): Promise<TraceAnswer | null> {
  const results = resultsOf(rounds)
  let slowest: Replicate['slowest'] = null
  for (const { slowest: own } of rounds.replicates) {
    if (own !== null && (slowest === null || own.responseMs > slowest.responseMs)) slowest = own
  }
  if (slowest === null) return null
  const { replication, request } = slowest
  const source = results.kinds[slowest.kind]?.source ?? ''
  const [task] = tasks(rounds, context, replication, replication + 1)
  if (task === undefined) return null
  context.options.pass?.('the slowest request once more')
  const [replayed] = await context.options.runner([{ ...task, trace: { source, request } }])
  const trace = replayed?.traces[0]
  if (trace === undefined) return null
  const { spans: _, ...about } = trace
  return { request: about, replication, failure: failureOf(results, trace.outcome), segments: criticalPath(trace) }
}
