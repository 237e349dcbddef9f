import type { RunValues } from '../before-run/run-params.ts'
import { Stream } from '../kernel/random.ts'
import type { Design, Objective } from '../language/design.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { merged } from '../stats/quantile-interval.ts'
import { shareInterval } from '../stats/share-interval.ts'
import { worldRange } from '../stats/worlds.ts'
import { drawWorld } from '../support/params.ts'
import type { ObjectiveAnswer, WorldsAnswer } from './answer.ts'
import { fullestOf } from './bottleneck.ts'
import { costOf } from './cost.ts'
import { endlessKinds, kindsWaitingFor } from './endless-kinds.ts'
import { isEverLonger } from './grows.ts'
import { inTheEnd, metOrMissed, objectivesOf } from './judge.ts'
import { measures } from './measures.ts'
import { overloads } from './overload.ts'
import { withOverloads } from './overloaded-results.ts'
import { phasesOf } from './plan.ts'
import { isInterrupted, keeping, tasks } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { RunResults, type Selection } from './run-results.ts'

/** Replications of each world: enough for its middle, not for an interval of its own. */
const replicationsPerWorld = 4
/** Replications of worlds are numbered from here: each world has its own, so that their luck differs as their numbers do. */
const worldReplications = 2_000_000
/** A percentile of one world needs so many observations beyond it. */
const observationsBeyond = 10

/** What is kept of one world: its replications go as soon as they have been read. */
interface World {
  /** Infinity where it is not answered; null where there are too few data. */
  readonly meanMs: number | null
  readonly p99Ms: number | null
  readonly costPerHour: number
  /** By objective. */
  readonly verdicts: readonly ObjectiveAnswer['verdict'][]
}

/** Runs a sample of worlds, and says how far the answer reaches over them; null if it was interrupted. */
export async function drawWorlds(
  design: Design,
  rounds: Rounds,
  context: RunContext,
): Promise<{ answer: WorldsAnswer; held: readonly ObjectiveAnswer['worlds'][] } | null> {
  const worlds = await runWorlds(design, rounds, context)
  if (isInterrupted(context)) return null
  // A world in which nothing was answered has no mean; where none has one, there is no range either.
  const range = (measure: string, dimension: 'duration' | 'price', read: (world: World) => number | null) => {
    const over = worldRange(worlds.map(read).filter((one) => one !== null))
    return over === undefined ? [] : [{ measure, dimension, low: over.low, high: over.high }]
  }
  const ranges = [
    ...range('mean', 'duration', ({ meanMs }) => meanMs),
    ...range('p99', 'duration', ({ p99Ms }) => p99Ms),
    ...range('cost', 'price', ({ costPerHour }) => costPerHour).filter(({ low, high }) => low !== high),
  ]
  const uncertain = design.uncertain.map(({ path, text }) => ({ path, text }))
  const held = objectivesOf(rounds.design).map((_, i) =>
    countHeld(worlds.map(({ verdicts }) => verdicts[i] ?? 'inconclusive')),
  )
  return { answer: { count: worlds.length, uncertain, ranges }, held }
}

async function runWorlds(design: Design, rounds: Rounds, context: RunContext): Promise<readonly World[]> {
  const { worlds: count } = rounds.design.run as unknown as RunValues
  const shares = new Map(design.uncertain.map(({ path }) => [path, strata(context.seed, path, count)]))
  const designOf = (world: number) => drawWorld(design, (path) => shares.get(path)?.[world] ?? 0.5)
  const atOnce = Math.max(1, Math.floor(keeping(rounds).atOnce / replicationsPerWorld))
  const worlds: World[] = []
  while (worlds.length < count) {
    const from = worlds.length
    const designs = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => designOf(from + i))
    context.options.pass?.(`worlds ${from + 1} to ${from + designs.length} of ${count}`)
    const replicates = await context.options.runner(
      designs.flatMap((world, i) => {
        const first = worldReplications + (from + i) * replicationsPerWorld
        return tasks({ design: world, plan: rounds.plan }, context, first, first + replicationsPerWorld)
      }),
    )
    if (isInterrupted(context)) return []
    designs.forEach((world, i) => {
      const own = replicates.slice(i * replicationsPerWorld, (i + 1) * replicationsPerWorld)
      worlds.push(worldOf(new RunResults(world, rounds.plan, own), rounds))
    })
  }
  return worlds
}

/** Reads one world. */
function worldOf(found: RunResults, rounds: Rounds): World {
  const results = withGrowth(found, rounds)
  const time = (estimate: Estimate) => {
    if (estimate.sufficient) return estimate.point
    return estimate.isGrowing === true || estimate.atLeast !== undefined ? Number.POSITIVE_INFINITY : null
  }
  return {
    meanMs: time(results.mean(results.all)),
    p99Ms: time(quantileOf(results, 99, results.all)),
    costPerHour: costOf(results).perHour,
    verdicts: objectivesOf(rounds.design).map((objective) => verdictIn(objective, results)),
  }
}

/**
 * The same with the backlogs that grow without limit, and the kinds of request that wait in them. Four replications show a
 * slow growth too seldom to be certain of it; what the fullest resource receives shows it as often too much as too little
 * where the two are close.
 */
function withGrowth(found: RunResults, { kind }: Rounds): RunResults {
  const { design, plan, blocks } = found
  const phases = phasesOf(design, plan.endMs).length
  if (phases > 1) return found
  const growing = overloads(found, 0)
  const fullest = kind.kind === 'steady' ? fullestOf(found) : null
  const full = fullest !== null && fullest.load > 1 ? [blocks[fullest.index] as string] : []
  const endless = [...endlessKinds(found, growing, phases), ...full.flatMap((block) => kindsWaitingFor(found, block))]
  return withOverloads(found, [...growing, ...full.map((block) => ({ block }))], new Set(endless))
}

/** Whether an objective is kept in a world; what has too few data there is inconclusive. */
function verdictIn(objective: Objective, results: RunResults): ObjectiveAnswer['verdict'] {
  const isEndless = isEverLonger(objective, results)
  const isBounded = isEndless && measures.get(objective.measure).dimension === 'share'
  const measured = isBounded ? results.measure(objective) : measureIn(objective, results)
  const ending = isEndless ? inTheEnd(objective, measured, results) : null
  if (ending !== null) return ending
  return metOrMissed(objective, measured.sufficient ? results.exactly(measured.point) : measured)
}

/** In how many worlds an objective is kept, of those that tell. */
function countHeld(verdicts: World['verdicts']): NonNullable<ObjectiveAnswer['worlds']> {
  const decided = verdicts.filter((verdict) => verdict !== 'inconclusive')
  const held = decided.filter((verdict) => verdict === 'met')
  const share = shareInterval(
    decided.map((verdict) => (verdict === 'met' ? 1 : 0)),
    decided.map(() => 1),
  )
  return { met: held.length, inconclusive: verdicts.length - decided.length, of: verdicts.length, share }
}

/** The measure of an objective in one world, without an interval: its replications are too few for one. */
function measureIn(objective: Objective, results: RunResults): Estimate {
  const isOfRequests = objective.measure === 'percentile' && objective.subject.kind !== 'block'
  if (isOfRequests) return quantileOf(results, objective.percentile ?? 99, results.selectionOf(objective))
  return results.asPart().measure(objective)
}

function quantileOf(results: RunResults, percentile: number, selection: Selection): Estimate {
  const { count } = merged(results.histograms(selection))
  const beyond = Math.floor(count * (1 - percentile / 100) + 1e-9)
  if (beyond < observationsBeyond) {
    return insufficientData(`${beyond} of ${observationsBeyond} tail observations`, results.replications)
  }
  return results.asPart().percentile(selection, percentile)
}

/** One number in each of `count` equal strata of (0, 1), in random order: a Latin hypercube, column by column. */
function strata(seed: number, path: string, count: number): readonly number[] {
  const stream = new Stream(seed, 0, `world ${path}`)
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = stream.below(i + 1)
    const swapped = order[i] as number
    order[i] = order[j] as number
    order[j] = swapped
  }
  return order.map((stratum) => (stratum + stream.next()) / count)
}
