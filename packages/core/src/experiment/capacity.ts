import type { Design } from '../language/design.ts'
import { nominalWorld } from '../support/params.ts'
import type { Bottleneck, ObjectiveAnswer, Overload, Verdict } from './answer.ts'
import { keeps } from './judge.ts'
import { atLoad, offeredPerSecond } from './load.ts'
import { nextRound, overloadsAtEnd, prepare, type Rounds, type RunContext } from './rounds.ts'
import type { RunValues } from './run-params.ts'
import type { SimulateOptions } from './simulate.ts'
import { summarise } from './summarise.ts'

/** The search ends when the load that holds and the one that does not are this close together. */
const closeEnough = 1.02
/** Loads beyond these multiples of the design's own are not looked at. */
const leastFactor = 1 / 1024
const greatestFactor = 1024
/** A load at which nothing is certain after so many replications is judged by the estimates themselves. */
const mostReplications = 80
/** Events spent on one load, pilots included: close to the limit nothing settles, and the search is not about that. */
const eventsPerLoad = 2e7

/** One load that was tried. */
export interface CapacityPoint {
  /** Multiple of the design's own load. */
  readonly factor: number
  readonly offeredPerSecond: number
  readonly holds: boolean
  /** Whether the intervals say so, and not only the estimates. */
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
  /** The largest load tried at which it holds; null if it does not at any. */
  readonly holdsAt: CapacityPoint | null
  /** The smallest load tried at which it does not; null if it holds at all. */
  readonly breaksAt: CapacityPoint | null
  /** Every load that was tried, ascending. */
  readonly points: readonly CapacityPoint[]
}

/**
 * The largest multiple of its load at which a design keeps its promises, found by doubling or halving and then by
 * bisection. Every load meets the same chance, so that the answer is a property of the load and not of the draw.
 */
export async function capacity(design: Design, options: SimulateOptions): Promise<CapacityAnswer> {
  const nominal = nominalWorld(design)
  const seed = options.seed ?? (nominal.run as unknown as RunValues).seed
  const context: RunContext = { options, seed, workFactor: 1 }
  const points: CapacityPoint[] = []
  const tried = async (factor: number): Promise<CapacityPoint> => {
    const point = await tryLoad(nominal, factor, context)
    points.push(point)
    return point
  }
  const { holdsAt, breaksAt } = await bisect(await bracket(tried, options), tried, options)
  return {
    schemaVersion: 1,
    design: design.name,
    ...(design.variant === undefined ? {} : { variant: design.variant }),
    seed,
    criterion: promisesOf(nominal).length > 0 ? 'objectives' : 'carries',
    holdsAt,
    breaksAt,
    points: points.sort((a, b) => a.factor - b.factor),
  }
}

type Try = (factor: number) => Promise<CapacityPoint>

interface Bracket {
  readonly holdsAt: CapacityPoint | null
  readonly breaksAt: CapacityPoint | null
}

/** A load that holds and one, at most twice as large, that does not. */
async function bracket(tried: Try, { stopping }: SimulateOptions): Promise<Bracket> {
  let point = await tried(1)
  const step = point.holds ? 2 : 0.5
  for (;;) {
    const factor = point.factor * step
    if (factor > greatestFactor || factor < leastFactor || stopping?.() === true) {
      return point.holds ? { holdsAt: point, breaksAt: null } : { holdsAt: null, breaksAt: point }
    }
    const next = await tried(factor)
    if (next.holds !== point.holds) {
      return point.holds ? { holdsAt: point, breaksAt: next } : { holdsAt: next, breaksAt: point }
    }
    point = next
  }
}

async function bisect({ holdsAt, breaksAt }: Bracket, tried: Try, { stopping }: SimulateOptions): Promise<Bracket> {
  if (holdsAt === null || breaksAt === null) return { holdsAt, breaksAt }
  let low = holdsAt
  let high = breaksAt
  while (high.factor / low.factor > closeEnough && stopping?.() !== true) {
    const middle = await tried(Math.sqrt(low.factor * high.factor))
    if (middle.holds) low = middle
    else high = middle
  }
  return { holdsAt: low, breaksAt: high }
}

function promisesOf(design: Design): Design['objectives'] {
  return design.objectives.filter(({ variant }) => variant === undefined || variant === design.variant)
}

async function tryLoad(design: Design, factor: number, context: RunContext): Promise<CapacityPoint> {
  const scaled = briefly(atLoad(design, factor))
  const rounds = await prepare(scaled, context)
  let answer = answerOf(rounds, context)
  let ended = rounds.overloads.length > 0 || rounds.stopped !== null
  while (!ended) {
    ended = (await nextRound(rounds, context)) || rounds.replicates.length >= mostReplications
    answer = answerOf(rounds, context)
    if (judgement(answer).certain && rounds.kind.kind === 'steady') break
  }
  const { verdict, objectives, bottleneck } = answer
  return {
    factor,
    offeredPerSecond: offeredPerSecond(scaled),
    ...judgement(answer),
    verdict,
    objectives,
    overloads: verdict.overloads,
    bottleneck,
  }
}

function briefly(design: Design): Design {
  const { limit } = design.run as unknown as RunValues
  return { ...design, run: { ...design.run, limit: { ...limit, events: Math.min(limit.events, eventsPerLoad) } } }
}

function answerOf(rounds: Rounds, { seed }: RunContext) {
  const terminating = rounds.kind.kind === 'terminating' && rounds.replicates.length > 0
  const overloads = terminating ? overloadsAtEnd(rounds) : rounds.overloads
  return summarise(rounds, overloads, null, { seed, worlds: null, worldsHeld: [], trace: null })
}

/** Whether the promises hold at this load; without promises, whether it is carried. */
function judgement({ verdict, objectives }: Pick<ReturnType<typeof answerOf>, 'verdict' | 'objectives'>): {
  holds: boolean
  certain: boolean
} {
  if (objectives.length === 0)
    return { holds: verdict.outcome === 'carries', certain: verdict.outcome !== 'not-enough' }
  if (objectives.some((objective) => objective.verdict === 'missed')) return { holds: false, certain: true }
  const undecided = objectives.filter((objective) => objective.verdict === 'undecided')
  return { holds: undecided.every(heldByEstimate), certain: undecided.length === 0 }
}

function heldByEstimate({ objective, measured }: ObjectiveAnswer): boolean {
  return measured.enough && keeps(objective, measured.point)
}
