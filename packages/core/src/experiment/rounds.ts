import type { RunKind } from '../before-run/run-kind.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { relativeHalfWidth } from '../stats/estimate.ts'
import { computedConfidence, firstRound, look } from '../stats/stopping.ts'
import { endAtCapacity } from './at-capacity.ts'
import { noRoomFor } from './check-room.ts'
import { replicationsIn } from './fold.ts'
import { beyondLimit, lengthened, restart } from './long-enough.ts'
import { replicationsForAvailability } from './memory.ts'
import { replicationsForObjectives } from './objective-precision.ts'
import type { Overload } from './overload.ts'
import { type Growth, growth, noGrowth } from './overload.ts'
import { phasesOf } from './plan.ts'
import { isSeenWith } from './rare-draws.ts'
import { isMetWith } from './rare-holds.ts'
import { isInterrupted, reasonOf, runUpTo } from './replications.ts'
import { RunResults } from './run-results.ts'
import type { SimulateOptions } from './simulate.ts'
import type { Plan, Replicate } from './task.ts'
import { answersNothing } from './unanswered.ts'
import { WithheldResults } from './withheld-results.ts'

/** A terminating run is done in about so many rounds, so that a first answer comes early. */
const roundsOfTerminating = 5
/** Where the limit has no room for so many times the replications so far, another round is not worth its time. */
const leastMore = 1.25
/** Replications of one design, done round by round. */
export interface Rounds {
  readonly design: Design
  readonly kind: RunKind
  /** Replaced, with nothing measured, when a round shows that replications have to be longer. */
  plan: Plan
  replicates: Replicate[]
  overloads: readonly Overload[]
  /** Number of the first replication: others follow it. */
  firstReplication: number
  /** Batches that are kept at most, where fewer than the run may keep: designs that are compared keep equally many. */
  readonly mostBatches?: number
  /** Replications in all after the next round of a steady run, as far as known. */
  wanted: number
  /** Replications that are enough in a steady run, if they are precise; as many as of a first round without it. */
  readonly fewest?: number
  /** Whether a steady run goes on, within bounds, until what its objectives are of is as precise as was asked. */
  measuresObjectives?: true
  /** Events simulated so far, pilots included. */
  events: number
  /** The limit that ended the run, in words. */
  stopped: string | null
  /** Whether it ended before its replications were long enough to measure anything in. */
  tooShort: boolean
  /** Why a run that should begin in the steady state begins empty; absent if it does begin in it, or need not. */
  readonly noSteadyState?: string
}

/** What a run needs to know all the way down. */
export interface RunContext {
  readonly options: SimulateOptions
  readonly seed: number
  /** Multiplies all work. */
  readonly workFactor: number
}

export function resultsOf(rounds: Rounds): RunResults {
  const { design, plan, replicates, tooShort } = rounds
  return new (tooShort ? WithheldResults : RunResults)(design, plan, replicates, computedConfidence)
}

/** Nothing measured yet: it can begin, unless it would not fit into memory. */
export function begun(design: Design, kind: RunKind, plan: Plan, events: number): Rounds {
  return {
    design,
    kind,
    plan,
    replicates: [],
    firstReplication: 0,
    wanted: firstRound,
    overloads: [],
    events,
    stopped: noRoomFor(design, plan),
    tooShort: false,
  }
}

/**
 * Does one more round. Where it shows that replications are too short, nothing is measured afterwards, and they are longer.
 * @returns whether that was the last.
 */
export async function nextRound(rounds: Rounds, context: RunContext): Promise<boolean> {
  const { kind } = rounds
  const done = replicationsIn(rounds.replicates)
  const target =
    kind.kind === 'terminating'
      ? Math.min(kind.repeat, done + Math.max(2, Math.ceil(kind.repeat / roundsOfTerminating)))
      : rounds.wanted > done
        ? rounds.wanted
        : 2 * done
  await runUpTo(target, rounds, context)
  const times = kind.kind === 'steady' && rounds.replicates.length > 0 ? lengthened(rounds) : null
  // A round that was cut short does not undo what the one before it found long enough.
  rounds.tooShort = times !== null && (done === 0 || !isInterrupted(context))
  // Where time stands still nothing was measured of what would come after.
  if (rounds.replicates.some(({ stopped }) => stopped === 'standstill')) rounds.tooShort = true
  if (rounds.stopped !== null) return true
  const isComplete = kind.kind === 'terminating' && replicationsIn(rounds.replicates) === kind.repeat
  if (isInterrupted(context) && !isComplete) {
    rounds.stopped = reasonOf(context)
    return true
  }
  if (kind.kind === 'terminating') return isComplete
  if (times !== null) {
    const full = endAtCapacity(rounds, context)
    if (full !== null) {
      Object.assign(rounds, full)
      return true
    }
    const fits = (longer: typeof times) => beyondLimit(rounds, longer.toMs + longer.afterMs, firstRound) === null
    const shorter = fits(times) ? times : (lengthened(rounds, 'least') ?? times)
    if (fits(shorter)) restart(rounds, shorter)
    else rounds.stopped = beyondLimit(rounds, shorter.toMs + shorter.afterMs, firstRound)
    return rounds.stopped !== null
  }
  return !planNextRound(rounds, kind.precision)
}

/**
 * Plans the next round of a steady run, or notes that the limit of events ends it.
 * @returns false if there is no next round: the run is as precise as asked, or at its limit
 */
function planNextRound(rounds: Rounds, precision: number): boolean {
  const results = resultsOf(rounds)
  const mean = results.mean(results.all)
  const done = replicationsIn(rounds.replicates)
  const { bounds } = rounds.design.run as unknown as RunValues
  // A mean that depends on draws too rare for the longest run stays unknown: then only the p99 decides the length.
  const longest = bounds.events / rounds.events
  // Nor will one ever come where nothing is answered.
  const known = answersNothing(results, results.all) || !isSeenWith(longest, results, precision) ? null : mean
  const knowsTail = isAnswered(results, 0.99) && isMetWith(longest, results, 0.99)
  const p99 = knowsTail ? [results.percentile(results.all, 99)] : []
  const { done: isDone, next } = look(known, p99, precision, done, rounds.fewest)
  rounds.wanted = isDone ? done : Math.min(next, Math.floor((done * bounds.events) / rounds.events))
  if (isDone) return planForAvailability(rounds, results, precision) || planForObjectives(rounds, results, precision)
  if (rounds.wanted >= Math.min(next, 2 * done)) return true
  const reached = mean.sufficient
    ? `at ± ${Number((relativeHalfWidth(mean) * 100).toPrecision(3))} % of the mean`
    : 'before the mean was known'
  rounds.stopped = `run.bounds.events was reached ${reached}`
  return false
}

/**
 * Plans another round for the availability, where it depends on what is remembered, or notes that there is no room for it.
 * @returns false if it needs none, or there is no room
 */
function planForAvailability(rounds: Rounds, results: RunResults, precision: number): boolean {
  const done = replicationsIn(rounds.replicates)
  const wanted = replicationsForAvailability(rounds, results, { precision, done })
  if (wanted === null) return false
  const { bounds } = rounds.design.run as unknown as RunValues
  const most = Math.floor((done * bounds.events) / rounds.events)
  if (most < Math.min(wanted, leastMore * done)) {
    rounds.stopped = 'run.bounds.events was reached before the availability was precise'
    return false
  }
  rounds.wanted = Math.min(wanted, most)
  return true
}

/**
 * Plans another round for the objectives of a run that is otherwise precise.
 * @returns false if they need none
 */
function planForObjectives(rounds: Rounds, results: RunResults, precision: number): boolean {
  if (rounds.measuresObjectives !== true) return false
  const done = replicationsIn(rounds.replicates)
  const wanted = replicationsForObjectives(results, { precision, done, events: rounds.events })
  if (wanted !== null) rounds.wanted = wanted
  return wanted !== null
}

/** Whether a percentile falls among the answers. If it may not, no number of replications makes it narrow. */
function isAnswered(results: RunResults, share: number): boolean {
  const answered = results.share(results.all, (cell) => cell.answered)
  return answered.sufficient && answered.low > share
}

/** Whether another pilot, twice as long, would pass the limit of events. */
export function outOfEvents(rounds: Rounds): boolean {
  const { bounds } = rounds.design.run as unknown as RunValues
  return rounds.events * 2 > bounds.events
}

/** A last phase shorter than this share of the run cannot tell a backlog that drains from one that grows. */
const shortestTelling = 0.1

/** Backlogs that grow at the end of the runs: of a terminating one over its last phase, if that is long enough to tell. */
export function growthAtEnd(rounds: Rounds): Growth {
  if (rounds.kind.kind === 'steady' || rounds.replicates.length === 0)
    return { ...noGrowth, overloads: rounds.overloads }
  if (rounds.replicates.some(({ stopped }) => stopped === 'interrupted')) return noGrowth
  const last = phasesOf(rounds.design, rounds.plan.endMs).at(-1)
  if (last === undefined || last.toMs - last.fromMs < rounds.plan.endMs * shortestTelling) return noGrowth
  return growth(resultsOf(rounds), last.fromMs)
}
