import type { Design } from '../language/design.ts'
import { relativeHalfWidth } from '../stats/estimate.ts'
import { computedConfidence, firstRound, look, relaxationsOfPilot, replicationAfter } from '../stats/stopping.ts'
import type { SourceValues } from '../workloads/source.ts'
import type { Overload } from './bottleneck.ts'
import { Findings } from './findings.ts'
import { nominalRate } from './flows.ts'
import { doesNotFit, replicationsIn } from './fold.ts'
import { settlingOf } from './inner-tiers.ts'
import { kindsOf } from './kinds.ts'
import { leadInAfter, steadyBefore } from './lead-in.ts'
import { beyondLimit, longerThan, relaxationsMeasured, restart } from './long-enough.ts'
import { type Growth, growth, leastOfGrowth, noGrowth } from './overload.ts'
import { phasesOf, type RunKind, runKind, steadyPlan, terminatingPlan, ticks } from './plan.ts'
import {
  isInterrupted,
  reasonOf,
  runUpTo,
  stoppedBy,
  sumOfEvents,
  tasks,
  within,
  worthKeeping,
} from './replications.ts'
import type { RunValues } from './run-params.ts'
import { settledAfter } from './settled-after.ts'
import type { SimulateOptions } from './simulate.ts'
import type { Plan, Replicate } from './task.ts'
import { WithheldFindings } from './withheld-findings.ts'

/** Requests of one replication of the first pilot, about. */
const requestsOfPilot = 3000
/** Pilots are numbered from here, so that what they meet is not met again. */
const pilotReplications = 1_000_000
/** A pilot is repeated at twice its length at most so often. */
const longestPilot = 12
/** A terminating run is done in about so many rounds, so that a first answer comes early. */
const roundsOfTerminating = 5
/** At least this share of the pilot is left out, even where no warm-up shows. */
const leastLeftOut = 20

/** Requests of one replication, about, that are left out at most until tiers of caches have settled. */
const mostLeftOut = 20_000

/** Replications of one design, done round by round. */
export interface Rounds {
  readonly design: Design
  readonly kind: RunKind
  /** Replaced, with nothing measured, when a round shows that replications have to be longer. */
  plan: Plan
  replicates: Replicate[]
  readonly overloads: readonly Overload[]
  /** Number of the first replication: others follow it. */
  firstReplication: number
  /** Batches that are kept at most, where fewer than the run may keep: designs that are compared keep equally many. */
  readonly mostBatches?: number
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

export function findingsOf(rounds: Rounds): Findings {
  const { design, plan, replicates, tooShort } = rounds
  return new (tooShort ? WithheldFindings : Findings)(design, plan, replicates, computedConfidence)
}

/** Finds out how long a replication has to be, and begins: nothing measured yet, unless the design is overloaded. */
export async function prepare(design: Design, context: RunContext): Promise<Rounds> {
  const kind = runKind(design)
  if (kind.kind === 'terminating') {
    const plan = terminatingPlan(design, kind.lengthMs)
    return warmed(begun(design, kind, plan, 0), context)
  }
  const tooLarge = begun(design, kind, steadyPlan(design, 1000, 0), 0)
  if (tooLarge.stopped !== null) return tooLarge
  if (sendsNothing(design)) return silence(design, kind, context)
  let lengthMs = await pilotLength(design, context)
  const unsettledMs = Math.min(settlingOf(design).unsettledMs, (mostLeftOut / requestsOfPilot) * lengthMs)
  let events = 0
  let suspects: readonly Overload[] = []
  for (let pilot = 0; ; pilot++) {
    const plan = pilotPlan(design, unsettledMs, lengthMs)
    const base = pilotReplications * (pilot + 1)
    context.options.pass?.(`pilot ${pilot + 1}, to find the warm-up`)
    const ran = await context.options.runner(tasks({ design, plan }, context, base, base + firstRound))
    events += sumOfEvents(ran)
    const replicates = [...worthKeeping(ran)]
    const stopped = stoppedBy(ran, context)
    const rounds: Rounds = { ...begun(design, kind, plan, events), replicates, firstReplication: base, stopped }
    if (isInterrupted(context)) return { ...rounds, stopped: reasonOf(context), tooShort: true }
    const { overloads, untold } = growth(findingsOf(rounds), 0)
    if (confirmed(suspects, overloads) || (overloads.length > 0 && rounds.stopped !== null))
      return { ...rounds, overloads }
    const cut = settledAfter(replicates, plan.ticks - ticks)
    const { held } = relaxationsMeasured(rounds)
    const growing = [...overloads, ...untold]
    if (growing.length === 0 && cut !== null && held >= relaxationsOfPilot) {
      const planned = planAfter(rounds, unsettledMs, lengthMs, { cut, held })
      const stopped = rounds.stopped ?? beyondLimit(rounds, planned.endMs, firstRound)
      return stopped === null ? begun(design, kind, planned, events) : { ...rounds, stopped, tooShort: true }
    }
    if (rounds.stopped !== null || pilot === longestPilot || outOfEvents(rounds)) {
      const stopped = rounds.stopped ?? beyondLimit(rounds, 4 * lengthMs, firstRound) ?? 'it does not settle'
      return { ...rounds, overloads, stopped, tooShort: overloads.length === 0 }
    }
    suspects = growing
    lengthMs *= 2
  }
}

/** The same terminating run, which begins in its steady state where `run.start` asks for that and there is one. */
async function warmed(rounds: Rounds, context: RunContext): Promise<Rounds> {
  const before = steadyBefore(rounds.design)
  if (before === null || rounds.stopped !== null) return rounds
  if (before === 'replay') return { ...rounds, noSteadyState: 'a trace is replayed' }
  const steady = await prepare(before, within('the state at 0 s', context))
  const { events } = steady
  if (isInterrupted(context)) return { ...rounds, events, stopped: reasonOf(context), tooShort: true }
  if (sendsNothing(before)) return { ...rounds, events }
  const [overload] = steady.overloads
  if (overload !== undefined) return { ...rounds, events, noSteadyState: `${overload.block} is overloaded` }
  if (steady.stopped !== null && !isSettled(steady)) {
    return { ...rounds, events, noSteadyState: 'it does not settle within a tenth of run.limit.events' }
  }
  return { ...rounds, events, plan: { ...rounds.plan, leadInMs: leadInAfter(steady.plan) } }
}

/** Whether the last pilot settled, even if it was too short to show how quickly the system forgets. */
function isSettled({ replicates, plan, overloads }: Rounds): boolean {
  if (overloads.length > 0 || replicates.some(({ stopped }) => stopped !== null)) return false
  return settledAfter(replicates, plan.ticks - ticks) !== null
}

/** Nothing measured yet: it can begin, unless it would not fit into memory. */
function begun(design: Design, kind: RunKind, plan: Plan, events: number): Rounds {
  return {
    design,
    kind,
    plan,
    replicates: [],
    firstReplication: 0,
    overloads: [],
    events,
    stopped: doesNotFit(kindsOf(design).length, design.blocks.length, plan),
    tooShort: false,
  }
}

/** Whether no request ever comes: a variant may set the rate of its only source to 0/s. */
function sendsNothing(design: Design): boolean {
  return design.sources.every(({ values }) => {
    const source = values as unknown as SourceValues
    return source.users === undefined && nominalRate(source) === 0
  })
}

/** A moment of a design to which nothing comes: no pilot would ever be long enough. */
async function silence(design: Design, kind: RunKind, context: RunContext): Promise<Rounds> {
  const plan = steadyPlan(design, 1000, 0)
  const replicates = [...(await context.options.runner(tasks({ design, plan }, context, 0, firstRound)))]
  const stopped = 'no source sends anything'
  return { ...begun(design, kind, plan, sumOfEvents(replicates)), replicates, stopped }
}

/** The slowest answer of the pilot: how long to wait for those that arrive last. */
function slowestMs(replicates: readonly Replicate[]): number {
  return Math.max(0, ...replicates.map(({ slowest }) => slowest?.responseMs ?? 0))
}

/** Growth that does not slow down from one pilot to the next, twice as long, is an overload and not a warm-up. */
function confirmed(before: readonly Overload[], now: readonly Overload[]): boolean {
  return now.some((overload) => {
    const earlier = before.find((candidate) => candidate.block === overload.block)
    return earlier !== undefined && overload.growsPerSecond > leastOfGrowth * earlier.growsPerSecond
  })
}

/** A pilot begins to look when tiers of caches have settled. */
function pilotPlan(design: Design, unsettledMs: number, lengthMs: number): Plan {
  const fromMs = unsettledMs + lengthMs / 2
  return {
    ...steadyPlan(design, unsettledMs + lengthMs, fromMs),
    measureFromMs: fromMs,
    ticks: ticks + Math.ceil((ticks * unsettledMs) / lengthMs),
  }
}

/**
 * The plan of the replications that follow a pilot of this length, in which a warm-up of `cut` ticks was found, and which
 * held so many relaxation times.
 */
function planAfter(
  { design, replicates }: Rounds,
  unsettledMs: number,
  lengthMs: number,
  { cut, held }: { cut: number; held: number },
): Plan {
  const { leftOut, length } = replicationAfter(ticks, Math.max(cut, leastLeftOut / 2), ticks / 2 / held)
  const tickMs = lengthMs / ticks
  const measuredMs = tickMs * (length - leftOut)
  // What expires together for a while comes in waves: these are measured whole.
  const toMs = unsettledMs + tickMs * length + Math.max(0, unsettledMs - measuredMs)
  return steadyPlan(design, toMs, unsettledMs + tickMs * leftOut, Math.min(slowestMs(replicates), measuredMs))
}

async function pilotLength(design: Design, context: RunContext): Promise<number> {
  const sources = design.sources.map((source) => source.values as unknown as SourceValues)
  const rate = sources.reduce((sum, values) => sum + nominalRate(values), 0)
  const guessMs = rate > 0 ? (requestsOfPilot / rate) * 1000 : 1000
  if (sources.every((values) => values.rate !== undefined)) return guessMs
  // A closed loop sets its own pace: one short run tells it.
  const plan = steadyPlan(design, guessMs, 0)
  context.options.pass?.('a first look at the pace of the users')
  const [probe] = await context.options.runner(tasks({ design, plan }, context, 0, 1))
  const answered = probe?.kinds.flat().reduce((sum, cell) => sum + cell.answered, 0) ?? 0
  return guessMs * Math.max(1, requestsOfPilot / Math.max(1, answered))
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
      : Math.max(firstRound, 2 * done)
  await runUpTo(target, rounds, context)
  const longer = kind.kind === 'steady' && rounds.replicates.length > 0 ? longerThan(rounds) : null
  rounds.tooShort = longer !== null
  if (rounds.stopped !== null) return true
  const isComplete = kind.kind === 'terminating' && replicationsIn(rounds.replicates) === kind.repeat
  if (isInterrupted(context) && !isComplete) {
    rounds.stopped = reasonOf(context)
    return true
  }
  if (kind.kind === 'terminating') return isComplete
  if (longer !== null) {
    rounds.stopped = beyondLimit(rounds, longer.toMs + longer.afterMs, firstRound)
    if (rounds.stopped === null) restart(rounds, longer)
    return rounds.stopped !== null
  }
  const findings = findingsOf(rounds)
  const p99 = isAnswered(findings, 0.99) ? [findings.percentile(findings.all, 99)] : []
  if (look(findings.mean(findings.all), p99, kind.precision).done) return true
  if (!outOfEvents(rounds)) return false
  const reached = relativeHalfWidth(findings.mean(findings.all))
  rounds.stopped = `run.limit.events was reached at ± ${Math.round(reached * 1000) / 10} % of the mean`
  return true
}

/** Whether a percentile falls among the answers. If it may not, no number of replications makes it narrow. */
function isAnswered(findings: Findings, share: number): boolean {
  const answered = findings.share(findings.all, (cell) => cell.answered)
  return answered.enough && answered.low > share
}

/** Whether another round, twice as large, would pass the limit of events. */
function outOfEvents(rounds: Rounds): boolean {
  const { limit } = rounds.design.run as unknown as RunValues
  return rounds.events * 2 > limit.events
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
  return growth(findingsOf(rounds), last.fromMs)
}
