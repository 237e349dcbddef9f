import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { observationsBeyondQuantile } from '../stats/quantile-interval.ts'
import { firstRound, lengthening } from '../stats/stopping.ts'
import { fullestOf } from './bottleneck.ts'
import { isHopeless } from './endless-kinds.ts'
import { replicationsIn } from './fold.ts'
import { relaxationsMeasured } from './long-enough.ts'
import { growth, worstOf } from './overload.ts'
import { prepare } from './pilots.ts'
import { phasesOf } from './plan.ts'
import { isInterrupted, within } from './replications.ts'
import { type Longer, percentilesShown } from './request-reader.ts'
import { begun, growthAtEnd, nextRound, type Rounds, type RunContext, resultsOf } from './rounds.ts'
import type { RunResults } from './run-results.ts'

/** Precision of the runs with longer work, which are printed as one number, and most replications spent on them. */
const longerPrecision = 0.05
const mostLongerReplications = 160
/**
 * Events spent on each of them, at least, and as a multiple of those of the run: close to saturation longer work may take
 * a hundred times as many to measure as the design itself.
 */
const leastEventsLonger = 5e6
const timesEventsLonger = 2

/** Times the observations that a percentile needs: how many there are is random. */
const spare = 1.1

type Run = Longer['by5']

/** The same run with all work 5 % and 20 % longer, with common random numbers. Null if it was interrupted. */
export async function runLonger(rounds: Rounds, context: RunContext): Promise<Longer | null> {
  const { bounds } = rounds.design.run as unknown as RunValues
  const events = Math.min(bounds.events, Math.max(leastEventsLonger, timesEventsLonger * rounds.events))
  const design = {
    ...rounds.design,
    run: { ...rounds.design.run, ...precision(rounds), bounds: { ...bounds, events } },
  }
  const run = async (workFactor: number) => {
    const own = within(`service times ${Math.round(100 * (workFactor - 1))} % longer`, { ...context, workFactor })
    return (await asPlanned(rounds, design, own)) ?? (await again(rounds, design, own))
  }
  const longer = { by5: await run(1.05), by20: await run(1.2) }
  return isInterrupted(context) ? null : longer
}

/**
 * The run by the plan of the design itself, where longer work needs no longer replications: no pilots then, and every
 * request is paired with its own. Null where it needs a plan of its own.
 */
async function asPlanned(rounds: Rounds, design: Design, context: RunContext): Promise<Run | null> {
  if (rounds.kind.kind !== 'steady' || !isLongEnough(rounds, context.workFactor)) return null
  const { plan, firstReplication } = rounds
  const fewest = fewestOf(rounds)
  const rough: Rounds = {
    ...begun(design, { ...rounds.kind, precision: longerPrecision }, plan, 0),
    firstReplication,
    wanted: fewest,
    fewest,
  }
  for (let isLast = false; !isLast && replicationsIn(rough.replicates) < mostLongerReplications; ) {
    isLast = await nextRound(rough, context)
    if (isInterrupted(context)) break
    if (rough.plan !== plan || rough.tooShort) return null
    const { overloads, untold } = growth(resultsOf(rough), 0)
    if (overloads.length + untold.length > 0) return null
  }
  return longerOf(rough, besideOf(rounds, replicationsIn(rough.replicates)))
}

/** What the first so many replications of a run found; null where these are not kept one by one. */
function besideOf(rounds: Rounds, replications: number): RunResults | null {
  const replicates = rounds.replicates.slice(0, replications)
  return replicationsIn(replicates) === replications ? resultsOf({ ...rounds, replicates }) : null
}

/**
 * Half as many replications as the run has show how much longer the same ones take, but enough that every percentile which
 * the run prints is printed here too.
 */
function fewestOf(rounds: Rounds): number {
  const results = resultsOf(rounds)
  const answered = results.sums(results.all, (cell) => cell.answered).reduce((sum, count) => sum + count, 0)
  const beyond = percentilesShown
    .map((percentile) => answered * (1 - percentile / 100))
    .filter((count) => count >= observationsBeyondQuantile)
  const done = replicationsIn(rounds.replicates)
  const share = beyond.length === 0 ? 1 : (spare * observationsBeyondQuantile) / Math.min(...beyond)
  return Math.min(done, Math.max(firstRound / 2, Math.ceil(share * done)))
}

/**
 * Whether the replications of a run hold enough relaxation times with so much more work. The relaxation time of a queue
 * grows with the square of what is left of its capacity.
 * Source: the relaxation time of M/M/1 is (1 + √ρ)² / (μ (1 − ρ)²); J. W. Cohen, The Single Server Queue, North-Holland, 1982.
 */
function isLongEnough(rounds: Rounds, workFactor: number): boolean {
  const load = fullestOf(resultsOf(rounds))?.load ?? 0
  if (load * workFactor >= 1) return false
  const longer = ((1 - load) / (1 - load * workFactor)) ** 2
  return lengthening(relaxationsMeasured(rounds).held / longer, rounds.replicates.length) === 1
}

/** The run by a plan of its own; each settles in a time of its own. */
async function again(rounds: Rounds, design: Design, context: RunContext): Promise<Run> {
  const other = await prepare(design, context)
  const leavesSteadyState = other.noSteadyState !== undefined && rounds.noSteadyState === undefined
  if (leavesSteadyState) return { results: null, beside: null, overloaded: true, growing: null }
  if (other.overloads.length > 0 || other.stopped !== null) return longerOf(other)
  while (!(await nextRound(other, context)) && replicationsIn(other.replicates) < mostLongerReplications) {}
  return longerOf(other)
}

function longerOf(rounds: Rounds, beside: RunResults | null = null): Run {
  const results = resultsOf(rounds)
  const { overloads } = growthAtEnd(rounds)
  const overloaded = isHopeless(results, overloads, phasesOf(rounds.design, rounds.plan.endMs).length)
  return { results, beside, overloaded, growing: worstOf(overloads)?.block ?? null }
}

function precision({ kind }: Rounds): Partial<RunValues> {
  return kind.kind === 'steady' ? { until: longerPrecision } : {}
}
