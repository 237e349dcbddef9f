import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { firstRound } from '../stats/stopping.ts'
import { nominalWorld } from '../support/params.ts'
import type { Answer, Bottleneck, ObjectiveAnswer, Overload, Verdict } from './answer.ts'
import { replicationsIn } from './fold.ts'
import { keeps, objectivesOf } from './judge.ts'
import { atLoad, batchOf, exactFactor, hasRate, offeredPerSecond, usersOf } from './load.ts'
import { type Status, searchLoads, togetherOf } from './load-search.ts'
import { prepare } from './pilots.ts'
import { within } from './replications.ts'
import { growthAtEnd, nextRound, type Rounds, type RunContext } from './rounds.ts'
import type { SimulateOptions } from './simulate.ts'
import { summarise } from './summarise.ts'

const search = { closeEnough: 1.02, leastFactor: 1 / 1024, greatestFactor: 1024 }
/** A load at which nothing is certain after so many replications is judged by the estimates themselves. */
const mostReplications = 80
/** Where an objective has too few observations, a load gets so many replications before the search says so. */
const mostReplicationsForData = 1280
/** Events spent on one load, pilots included: close to the limit nothing settles, and the search is not about that. */
const eventsPerLoad = 2e7

/** One load that was tried. */
export interface CapacityPoint {
  /** Multiple of the design's own load. */
  readonly factor: number
  /** Measured where users of a closed loop set their own pace; null where all requests come once, and have no rate. */
  readonly offeredPerSecond: number | null
  /** Users of closed loops; null without any. */
  readonly users: number | null
  /** Requests that batches and jobs send at once; null without any. */
  readonly batch: number | null
  /** Whether the objectives hold, and the load is carried; `inconclusive`: there are too few data to say so. */
  readonly outcome: Status
  /** Whether the confidence intervals decided; false where only the point estimates did, or nothing could. */
  readonly certain: boolean
  readonly verdict: Verdict
  readonly objectives: readonly ObjectiveAnswer[]
  readonly overloads: readonly Overload[]
  readonly bottleneck: Bottleneck | null
}

/** The answer to "how much does it carry?": plain data, the same bytes for the same design, seed and version. */
export interface CapacityAnswer {
  readonly schemaVersion: 1
  readonly design: string
  readonly variant?: string
  readonly seed: number
  /** What has to hold: the design's objectives, or, where it has none, that it carries the load. */
  readonly criterion: 'objectives' | 'carries'
  /** The smallest and the largest load tried at which all holds, and so at all loads tried between; null if none does. */
  readonly holdsFrom: CapacityPoint | null
  readonly holdsAt: CapacityPoint | null
  /** The next smaller load tried, of which the outcome is `misses` or `inconclusive`; null if all smaller ones hold. */
  readonly nextBelow: CapacityPoint | null
  /** The next larger load tried, of which the outcome is `misses` or `inconclusive`; null if all larger ones hold. */
  readonly nextAbove: CapacityPoint | null
  /** Every load that was tried, ascending. */
  readonly points: readonly CapacityPoint[]
  /** Whether the search was cut short: what it found so far is true, and there may be more. */
  readonly interrupted: boolean
}

interface Tried extends CapacityPoint {
  readonly statuses: readonly Status[]
}

/**
 * The loads, as multiples of the design's own, at which it keeps its objectives. All loads run with common random numbers, so
 * that the answer is a property of the load and not of the draw.
 */
export async function capacity(design: Design, options: SimulateOptions): Promise<CapacityAnswer> {
  const nominal = nominalWorld(design)
  const seed = options.seed ?? (nominal.run as unknown as RunValues).seed
  const context: RunContext = { options, seed, workFactor: 1 }
  const byLoad = new Map<string, Tried>()
  const at = (factor: number) => within(`${Number(factor.toPrecision(3))} times the load`, context)
  const isCutShort = () => options.stopping?.() === true
  const window = await searchLoads(async (factor) => {
    const scaled = briefly(atLoad(nominal, factor))
    const name = JSON.stringify(scaled.sources)
    const before = byLoad.get(name)
    if (before !== undefined) return before
    const point = isCutShort() ? null : await tryLoad(scaled, exactFactor(nominal, scaled, factor), at(factor))
    // What was cut short shows less than a whole run of the same load would.
    if (point === null || (isCutShort() && !point.certain)) return null
    byLoad.set(name, point)
    return point
  }, search)
  return {
    schemaVersion: 1,
    design: design.name,
    ...(design.variant === undefined ? {} : { variant: design.variant }),
    seed,
    criterion: objectivesOf(nominal).length > 0 ? 'objectives' : 'carries',
    holdsFrom: published(window.holdsFrom),
    holdsAt: published(window.holdsUpTo),
    nextBelow: published(window.below),
    nextAbove: published(window.above),
    points: [...byLoad.values()].toSorted((a, b) => a.factor - b.factor).map((point) => published(point)),
    interrupted: isCutShort(),
  }
}

function published<T extends Tried | null>(point: T): T extends null ? null : CapacityPoint
function published(point: Tried | null): CapacityPoint | null {
  if (point === null) return null
  const { statuses: _, ...rest } = point
  return rest
}

async function tryLoad(design: Design, factor: number, context: RunContext): Promise<Tried> {
  // A load is judged as soon as it can be, whatever the precision asked of a run.
  let rounds: Rounds = { ...(await prepare(design, context)), wanted: firstRound }
  let answer = answerOf(rounds, context)
  let ended = rounds.overloads.length > 0 || rounds.stopped !== null
  while (!ended) {
    const isDone = await nextRound(rounds, context)
    answer = answerOf(rounds, context)
    const { statuses, outcome, certain } = judgement(answer)
    const done = replicationsIn(rounds.replicates)
    const lacksData = outcome === 'inconclusive' && statuses.slice(1).includes('inconclusive')
    const suffices = lacksData ? done >= mostReplicationsForData : certain || done >= mostReplications
    // Where replications turned out to be too short, longer ones begin: nothing of them is measured yet.
    const enough = done > 0 && suffices
    ended = rounds.stopped !== null || (enough && (isDone || rounds.kind.kind === 'steady'))
    if (!ended && isDone) rounds = withMore(rounds)
  }
  const { verdict, objectives, bottleneck, requests } = answer
  const measured = requests[0]?.offeredPerSecond
  const users = usersOf(design)
  const perSecond = users !== null && measured?.sufficient === true ? measured.point : offeredPerSecond(design)
  return {
    factor,
    offeredPerSecond: hasRate(design) ? perSecond : null,
    users,
    batch: batchOf(design),
    ...judgement(answer),
    verdict,
    objectives,
    overloads: verdict.overloads,
    bottleneck,
  }
}

/** A terminating run may have more replications than the design requests where a search needs them. */
function withMore(rounds: Rounds): Rounds {
  const { kind } = rounds
  return kind.kind === 'steady' ? rounds : { ...rounds, kind: { ...kind, repeat: 2 * kind.repeat } }
}

function briefly(design: Design): Design {
  const { bounds } = design.run as unknown as RunValues
  return { ...design, run: { ...design.run, bounds: { ...bounds, events: Math.min(bounds.events, eventsPerLoad) } } }
}

function answerOf(rounds: Rounds, { seed }: RunContext): Answer {
  return summarise(rounds, growthAtEnd(rounds), null, { seed, worlds: null, worldsMet: [], trace: null })
}

/** What holds at this load: that it is carried, and each objective. */
function judgement({ verdict, objectives }: Pick<Answer, 'verdict' | 'objectives'>) {
  const statuses = [carried(verdict, objectives.length > 0), ...objectives.map(statusOf)]
  const outcome = togetherOf(statuses)
  const decided = ({ verdict: own }: ObjectiveAnswer) => own === (outcome === 'holds' ? 'met' : 'missed')
  const certain =
    outcome === 'holds'
      ? objectives.every(decided)
      : outcome === 'misses' && (statuses[0] === 'misses' || objectives.some(decided))
  return { statuses, outcome, certain }
}

/** A backlog that grows anywhere is not carried; how many are to be answered in time is for the objectives to say. */
function carried({ outcome }: Verdict, hasObjectives: boolean): Status {
  if (outcome === 'carries' || (outcome === 'failing' && hasObjectives)) return 'holds'
  return outcome === 'overloaded' || outcome === 'failing' ? 'misses' : 'inconclusive'
}

function statusOf({ objective, verdict, measured }: ObjectiveAnswer): Status {
  if (verdict !== 'inconclusive') return verdict === 'met' ? 'holds' : 'misses'
  if (!measured.sufficient) return 'inconclusive'
  return keeps(objective, measured.point) ? 'holds' : 'misses'
}
