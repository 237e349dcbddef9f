import { nominalRate } from '../before-run/flows.ts'
import { type RunKind, runKind } from '../before-run/run-kind.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { relativeHalfWidth } from '../stats/estimate.ts'
import { firstRound, type ReplicationSize, relaxationsOfPilot, replicationAfter } from '../stats/stopping.ts'
import type { SourceValues } from '../workloads/source.ts'
import { endAtCapacity } from './at-capacity.ts'
import { rarestFault } from './fault-cycles.ts'
import { fillsBeyondLimit, leadInOf, type SlowFilling, slowestFilling } from './filling.ts'
import { settlingOf } from './inner-tiers.ts'
import { slowestMs, withLastAnswers } from './last-answers.ts'
import { leadInAfter, steadyBefore } from './lead-in.ts'
import { levelsWithin } from './levels-within.ts'
import { beyondLimit, relaxationsMeasured } from './long-enough.ts'
import { withMemory } from './memory.ts'
import type { Overload } from './overload.ts'
import { growth, leastOfGrowth } from './overload.ts'
import { requestsOfPilot, steadyPlan, terminatingPlan, ticks, timesFirstPilot } from './plan.ts'
import { isInterrupted, reasonOf, stoppedBy, sumOfEvents, tasks, within, worthKeeping } from './replications.ts'
import { begun, outOfEvents, type Rounds, type RunContext, resultsOf } from './rounds.ts'
import type { RunResults } from './run-results.ts'
import { settledAfter } from './settled-after.ts'
import type { KindCell, Plan, Replicate, Task } from './task.ts'

/** Requests of one replication of the first pilot where each begins with what caches hold: what that costs is lost with every pilot that is too short. */
const requestsWithPast = 4000
/** Events of one replication of the first pilot, about, at most: where a request takes thousands, it holds fewer. */
const eventsOfPilot = 250_000
/** An overload is told from pilots of so many times that length: in shorter ones all that fills up, or takes long, grows. */
const leastOfOverload = 2
/** Share of the replications that a pilot says are needed that come in the first round, and most of them. */
const shareOfFirst = 0.7
const mostFirst = 4 * firstRound
/** Pilots are numbered from here, so that what they meet is not met again. */
const pilotReplications = 1_000_000
/** A pilot is repeated at twice its length at most so often. */
const longestPilot = 14
/** Filling that takes so many times as long as was left out is significantly longer. */
const aLittleLonger = 1.2
/** At least this share of a replication is left out, even where no warm-up shows. */
const leastLeftOut = 0.1

/** Requests of one replication, about, that are left out at most until tiers of caches have settled. */
const mostLeftOut = 5_000

/** Times of a pilot, ms. */
interface Times {
  readonly lengthMs: number
  /** Before that: until tiers of caches have settled. */
  readonly unsettledMs: number
  /** What the replications that follow measure and leave out, at least. */
  readonly leastMs: number
  /** Before all of it: until what begins empty has filled. */
  readonly leadInMs: number
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
  return afterPilots(design, kind, context)
}

async function afterPilots(design: Design, kind: RunKind, context: RunContext): Promise<Rounds> {
  let times = timesOf(design, await pilotLength(design, context))
  let events = 0
  let suspects: readonly Overload[] = []
  for (let pilot = 0; ; pilot++) {
    const plan = pilotPlan(design, times)
    const base = pilotReplications * (pilot + 1)
    context.options.pass?.(`pilot ${pilot + 1}, to find the warm-up`)
    const most = pilot === 0 ? (eventsOfPilot * plan.endMs) / times.lengthMs : Number.POSITIVE_INFINITY
    const ran = await context.options.runner(atMost(most, tasks({ design, plan }, context, base, base + firstRound)))
    events += sumOfEvents(ran)
    if (isTooLarge(ran, most, design)) {
      times = timesOf(design, times.lengthMs * shareReached(ran, plan))
      continue
    }
    const replicates = [...worthKeeping(ran)]
    const stopped = stoppedBy(ran, design, context)
    const rounds: Rounds = { ...begun(design, kind, plan, events), replicates, firstReplication: base, stopped }
    if (isInterrupted(context)) return { ...rounds, stopped: reasonOf(context), tooShort: true }
    const filling = fillingLate(rounds, times)
    if (filling !== null) {
      const beyond = stopped ?? fillsBeyondLimit(rounds, filling, times.leastMs)
      if (beyond !== null) return { ...rounds, stopped: beyond, tooShort: true }
      times = { ...times, leadInMs: leadInOf(filling) }
      continue
    }
    const results = resultsOf(rounds)
    const { overloads, untold } = growth(results, 0)
    const isConfirmed = times.lengthMs >= leastOfOverload * times.leastMs && confirmed(suspects, overloads)
    if (isConfirmed || (overloads.length > 0 && stopped !== null))
      return withLastAnswers({ ...rounds, overloads }, context)
    const cut = settledAfter(replicates, plan.ticks - ticks)
    const { held } = relaxationsMeasured(rounds)
    const growing = [...overloads, ...untold]
    if (isSettled(results, growing, held) && cut !== null) {
      const planned = fittingPlan(rounds, times, { cut, held })
      const stopped = rounds.stopped ?? beyondLimit(rounds, planned.endMs, firstRound)
      if (stopped !== null) return { ...rounds, stopped, tooShort: true }
      return { ...begun(design, kind, planned, events), wanted: wantedAfter(results, planned, kind) }
    }
    const full = stopped === null ? endAtCapacity(rounds, context) : null
    if (full !== null) return { ...rounds, ...full }
    if (rounds.stopped !== null || pilot === longestPilot || outOfEvents(rounds)) {
      const stopped = rounds.stopped ?? beyondLimit(rounds, 4 * times.lengthMs, firstRound) ?? 'no steady state'
      return { ...rounds, overloads, stopped, tooShort: overloads.length === 0 }
    }
    suspects = growing
    times = { ...times, lengthMs: pilot === 0 && growing.length > 0 ? times.leastMs : 2 * times.lengthMs }
  }
}

/** What is still filling after the time that is left out of a replication: a little longer is random error. */
function fillingLate(rounds: Rounds, { leastMs, leadInMs }: Times): SlowFilling | null {
  const slowest = slowestFilling(rounds)
  return slowest !== null && slowest.ms > Math.max(leastLeftOut * leastMs, aLittleLonger * leadInMs) ? slowest : null
}

/**
 * Whether a pilot shows the steady state: nothing grows, it holds enough relaxation times, and most of the time that its
 * requests spent was that of those answered, or failed, or how long the slowest take would not be known.
 */
function isSettled(results: RunResults, growing: readonly Overload[], held: number): boolean {
  const total = (value: (cell: KindCell) => number) =>
    results.sums(results.all, value).reduce((sum, one) => sum + one, 0)
  const openMs = total((cell) => cell.insideMs)
  const isEnded = () => openMs <= total((cell) => cell.sumMs) || 2 * openMs <= spentMs(results)
  return growing.length === 0 && held >= relaxationsOfPilot && isEnded()
}

/** Time that requests spent inside, of those that failed too, whose times are not kept: the area under their number. */
function spentMs(results: RunResults): number {
  const durationsMs = results.durationsMs(results.measured)
  const levels = levelsWithin(results, results.measured) ?? []
  return levels.reduce((sum, level, i) => sum + level * (durationsMs[i] as number), 0)
}

/**
 * Replications of the first round: most of those that the precision takes, by how much those of the pilot differ. Their
 * number is then not a matter of what the round itself finds: a run that ends as soon as it looks narrow ends more often
 * where random numbers have made it so.
 */
function wantedAfter(results: RunResults, planned: Plan, kind: RunKind): number {
  const width = relativeHalfWidth(results.mean(results.all))
  if (kind.kind !== 'steady' || !Number.isFinite(width)) return firstRound
  const { measureFromMs, measureToMs } = results.plan
  const shorter = (measureToMs - measureFromMs) / (planned.measureToMs - planned.measureFromMs)
  const needed = results.replicates.length * shorter * (width / kind.precision) ** 2
  return Math.min(mostFirst, Math.max(firstRound, Math.ceil(shareOfFirst * needed)))
}

function timesOf(design: Design, lengthMs: number): Times {
  const unsettledMs = Math.min(settlingOf(design).unsettledMs, (mostLeftOut / requestsOfFirst(design)) * lengthMs)
  const leastMs = Math.max(timesFirstPilot * lengthMs, rarestFault(design)?.neededMs ?? 0)
  return { lengthMs, unsettledMs, leastMs, leadInMs: 0 }
}

function atMost(events: number, all: readonly Task[]): readonly Task[] {
  return all.map((task) => ({ ...task, limits: { ...task.limits, events: Math.min(task.limits.events, events) } }))
}

/** Whether requests take so many events that the first pilot has to hold fewer of them. */
function isTooLarge(ran: readonly Replicate[], mostEvents: number, design: Design): boolean {
  const { bounds } = design.run as unknown as RunValues
  return mostEvents < bounds.events && ran.some(({ stopped }) => stopped === 'events')
}

/** Share of its time that every replication of a pilot reached. */
function shareReached(ran: readonly Replicate[], { endMs }: Plan): number {
  return Math.min(...ran.map((replicate) => replicate.endMs)) / endMs
}

/** The same terminating run, which begins in its steady state where `run.start` says so and there is one. */
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
  if (steady.stopped !== null && !hasSettled(steady)) {
    return { ...rounds, events, noSteadyState: 'no steady state within a tenth of run.bounds.events' }
  }
  return { ...rounds, events, plan: { ...rounds.plan, leadInMs: leadInAfter(steady.plan) } }
}

/** Whether the last pilot settled, even if it was too short to show how quickly the system forgets. */
function hasSettled({ replicates, plan, overloads }: Rounds): boolean {
  if (overloads.length > 0 || replicates.some(({ stopped }) => stopped !== null)) return false
  return settledAfter(replicates, plan.ticks - ticks) !== null
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
  const stopped = 'no source sends requests'
  return { ...begun(design, kind, plan, sumOfEvents(replicates)), replicates, stopped }
}

/** Growth that does not slow down from one pilot to the next, twice as long, is an overload and not a warm-up. */
function confirmed(before: readonly Overload[], now: readonly Overload[]): boolean {
  return now.some((overload) => {
    const earlier = before.find((candidate) => candidate.block === overload.block)
    return earlier !== undefined && overload.growsPerSecond > leastOfGrowth * earlier.growsPerSecond
  })
}

/** A pilot begins to look when tiers of caches have settled. */
function pilotPlan(design: Design, { lengthMs, unsettledMs, leadInMs }: Times): Plan {
  const fromMs = unsettledMs + lengthMs / 2
  return {
    ...steadyPlan(design, unsettledMs + lengthMs, fromMs),
    leadInMs,
    measureFromMs: fromMs,
    ticks: ticks + Math.ceil((ticks * unsettledMs) / lengthMs),
  }
}

/** The plan as usual, or a shorter one where the limit of events has no room for that. */
function fittingPlan(rounds: Rounds, times: Times, found: { cut: number; held: number }): Plan {
  const usual = planAfter(rounds, times, { ...found, size: 'usual' })
  if (beyondLimit(rounds, usual.endMs, firstRound) === null) return usual
  return planAfter(rounds, times, { ...found, size: 'least' })
}

/**
 * The plan of the replications that follow a pilot in which a warm-up of `cut` ticks and `held` relaxation times were found.
 */
function planAfter(
  rounds: Rounds,
  { lengthMs, unsettledMs, leastMs, leadInMs }: Times,
  { cut, held, size }: { cut: number; held: number; size: ReplicationSize },
): Plan {
  const { design, replicates } = rounds
  const tickMs = lengthMs / ticks
  const least = Math.max(ticks, leastMs / tickMs)
  const leastCut = Math.max(cut, (least * leastLeftOut) / 2)
  const found = replicationAfter(least, leastCut, ticks / 2 / held, size)
  const { leftOut, length } = withMemory(rounds, found, tickMs)
  const measuredMs = tickMs * (length - leftOut)
  // What expires together for a while comes in waves: these are measured whole.
  const toMs = unsettledMs + tickMs * length + Math.max(0, unsettledMs - measuredMs)
  const afterMs = Math.min(slowestMs(replicates), measuredMs)
  return { ...steadyPlan(design, toMs, unsettledMs + tickMs * leftOut, afterMs), leadInMs }
}

function requestsOfFirst(design: Design): number {
  return settlingOf(design).pastMs > 0 ? requestsWithPast : requestsOfPilot
}

async function pilotLength(design: Design, context: RunContext): Promise<number> {
  const sources = design.sources.map((source) => source.values as unknown as SourceValues)
  const rate = sources.reduce((sum, values) => sum + nominalRate(values), 0)
  const wanted = requestsOfFirst(design)
  const guessMs = rate > 0 ? (wanted / rate) * 1000 : 1000
  if (sources.every((values) => values.rate !== undefined)) return guessMs
  // A closed loop sets its own pace: one short run tells it.
  const plan = steadyPlan(design, guessMs, 0)
  context.options.pass?.('pilot to measure the pace of the users')
  const [probe] = await context.options.runner(tasks({ design, plan }, context, 0, 1))
  const answered = probe?.kinds.flat().reduce((sum, cell) => sum + cell.answered, 0) ?? 0
  return guessMs * Math.max(1, wanted / Math.max(1, answered))
}
