import { Stream } from '../kernel/chance.ts'
import type { Design, Objective } from '../language/design.ts'
import { isKnown, noAnswerYet } from '../stats/censored-quantile.ts'
import { type Estimate, notEnough } from '../stats/estimate.ts'
import { merged } from '../stats/quantile-interval.ts'
import { shareInterval } from '../stats/share-interval.ts'
import { worldRange } from '../stats/worlds.ts'
import { drawWorld } from '../support/params.ts'
import type { ObjectiveAnswer, WorldsAnswer } from './answer.ts'
import { fullestOf } from './bottleneck.ts'
import { costOf } from './cost.ts'
import { Findings, type Selection } from './findings.ts'
import { inTheEnd, verdictOf } from './judge.ts'
import { measures } from './measures.ts'
import { overloads } from './overload.ts'
import { OverloadedFindings } from './overloaded-findings.ts'
import { isInterrupted, tasks } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import type { RunValues } from './run-params.ts'

/** Replications of each world: enough for its middle, not for an interval of its own. */
const replicationsPerWorld = 4
/** Replications of worlds are numbered from here: each world has its own, so that their luck differs as their numbers do. */
const worldReplications = 2_000_000
/** A percentile of one world needs so many observations beyond it. */
const observationsBeyond = 10

/** One world: what was found in it, and whether a backlog grows in it without end. */
interface World {
  readonly findings: Findings
  readonly overloaded: boolean
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
  const range = (measure: string, read: (findings: Findings) => Estimate) => {
    const answers = worlds.flatMap(({ findings, overloaded }) => {
      if (overloaded) return Number.POSITIVE_INFINITY
      const estimate = read(findings)
      if (estimate.enough) return estimate.point
      return estimate.atLeast === undefined ? [] : Number.POSITIVE_INFINITY
    })
    const over = worldRange(answers)
    return over === undefined ? [] : [{ measure, dimension: 'duration' as const, low: over.low, high: over.high }]
  }
  const cost = worldRange(worlds.map(({ findings }) => costOf(findings).perHour))
  const costRange =
    cost === undefined || cost.low === cost.high
      ? []
      : [{ measure: 'cost', dimension: 'price' as const, low: cost.low, high: cost.high }]
  const ranges = [
    ...range('mean', (findings) => findings.mean(findings.all)),
    ...range('p99', (findings) => quantileOf(findings, 99, findings.all)),
    ...costRange,
  ]
  const uncertain = design.uncertain.map(({ path, text }) => ({ path, text }))
  const held = rounds.design.objectives.map((objective) => countHeld(objective, worlds))
  return { answer: { count: worlds.length, uncertain, ranges }, held }
}

async function runWorlds(design: Design, rounds: Rounds, context: RunContext): Promise<readonly World[]> {
  const { worlds: count } = rounds.design.run as unknown as RunValues
  const shares = new Map(design.uncertain.map(({ path }) => [path, strata(context.seed, path, count)]))
  const designs = Array.from({ length: count }, (_, world) =>
    drawWorld(design, (path) => shares.get(path)?.[world] ?? 0.5),
  )
  context.options.pass?.(`${count} worlds`)
  const replicates = await context.options.runner(
    designs.flatMap((world, i) => {
      const first = worldReplications + i * replicationsPerWorld
      return tasks({ design: world, plan: rounds.plan }, context, first, first + replicationsPerWorld)
    }),
  )
  if (isInterrupted(context)) return []
  return designs.map((world, i) => {
    const own = replicates.slice(i * replicationsPerWorld, (i + 1) * replicationsPerWorld)
    const findings = new Findings(world, rounds.plan, own)
    const overloaded = isOverloaded(findings, rounds)
    return { findings: overloaded ? new OverloadedFindings(world, rounds.plan, own) : findings, overloaded }
  })
}

/**
 * Whether the backlog grows without end. Four replications show a slow growth too seldom to be certain of it; what the
 * fullest resource is asked for shows it as often too much as too little where the two are close.
 */
function isOverloaded(findings: Findings, { kind }: Rounds): boolean {
  if (overloads(findings, 0).length > 0) return true
  return kind.kind === 'steady' && (fullestOf(findings)?.load ?? 0) > 1
}

/** In how many worlds an objective is kept; what has too few data in a world is neither kept nor broken there. */
function countHeld(objective: Objective, worlds: readonly World[]): NonNullable<ObjectiveAnswer['worlds']> {
  const verdicts = worlds.map(({ findings, overloaded }) => {
    const isBounded = overloaded && measures.get(objective.measure).dimension === 'share'
    const measured = isBounded ? findings.measure(objective) : measureIn(objective, findings)
    const ending = overloaded ? inTheEnd(objective, measured) : null
    if (ending !== null) return ending
    return verdictOf(objective, measured.enough ? findings.exactly(measured.point) : measured)
  })
  const decided = verdicts.filter((verdict) => verdict !== 'undecided')
  const held = decided.filter((verdict) => verdict === 'held')
  const share = shareInterval(
    decided.map((verdict) => (verdict === 'held' ? 1 : 0)),
    decided.map(() => 1),
  )
  return { held: held.length, undecided: verdicts.length - decided.length, of: verdicts.length, share }
}

/** The measure of an objective in one world, without an interval: its replications are too few for one. */
function measureIn(objective: Objective, findings: Findings): Estimate {
  const isOfRequests = objective.measure === 'percentile' && objective.subject.kind !== 'block'
  if (isOfRequests) return quantileOf(findings, objective.percentile ?? 99, findings.selectionOf(objective))
  return findings.only(findings.replicates.map((_, i) => i)).measure(objective)
}

function quantileOf(findings: Findings, percentile: number, selection: Selection): Estimate {
  const all = merged(findings.histograms(selection))
  const q = percentile / 100
  const beyond = Math.floor(all.count * (1 - q) + 1e-9)
  const { length } = findings.replicates
  if (beyond < observationsBeyond)
    return notEnough(`${beyond} observations beyond it of the ${observationsBeyond} needed`, length)
  if (isKnown(all, q)) return findings.exactly(all.quantile(q))
  return notEnough(noAnswerYet(all.open / all.count), length, { atLeast: all.quantile(q) })
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
