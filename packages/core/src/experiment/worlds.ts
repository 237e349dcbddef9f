import { Stream } from '../kernel/chance.ts'
import type { Design } from '../language/design.ts'
import { isKnown } from '../stats/censored-quantile.ts'
import { merged } from '../stats/quantile-interval.ts'
import { worldRange } from '../stats/worlds.ts'
import { drawWorld } from '../support/params.ts'
import type { ObjectiveAnswer, WorldsAnswer } from './answer.ts'
import { Findings, type Selection } from './findings.ts'
import { keeps } from './judge.ts'
import { underOverload } from './measures.ts'
import { overloads } from './overload.ts'
import { type Rounds, type RunContext, tasks } from './rounds.ts'
import type { RunValues } from './run-params.ts'

/** Replications of each world: enough for its middle, not for an interval of its own. */
const replicationsPerWorld = 4

/** Runs a sample of worlds, and says how far the answer reaches over them. */
export async function drawWorlds(
  design: Design,
  rounds: Rounds,
  context: RunContext,
): Promise<{ answer: WorldsAnswer; held: readonly ObjectiveAnswer['worlds'][] }> {
  const { worlds: count } = rounds.design.run as unknown as RunValues
  const shares = new Map(design.uncertain.map(({ path }) => [path, strata(context.seed, path, count)]))
  const worlds = Array.from({ length: count }, (_, world) =>
    drawWorld(design, (path) => shares.get(path)?.[world] ?? 0.5),
  )
  const replicates = await context.options.runner(
    worlds.flatMap((world) => tasks({ design: world, plan: rounds.plan }, context, 0, replicationsPerWorld)),
  )
  const found = worlds.map((world, i) => {
    const own = replicates.slice(i * replicationsPerWorld, (i + 1) * replicationsPerWorld)
    const findings = new Findings(world, rounds.plan, own)
    return { findings, overloaded: overloads(findings, 0).length > 0 }
  })
  // A world in which nothing was answered has no mean; where none has one, there is no range either.
  const range = (measure: string, read: (findings: Findings) => number) => {
    const answers = found.map(({ findings, overloaded }) => (overloaded ? Number.POSITIVE_INFINITY : read(findings)))
    const over = worldRange(answers.filter((answer) => !Number.isNaN(answer)))
    return over === undefined ? [] : [{ measure, dimension: 'duration' as const, low: over.low, high: over.high }]
  }
  const ranges = [
    ...range('mean', (findings) => pointOf(findings.mean(findings.all))),
    ...range('p99', (findings) => quantileOf(findings, 0.99, findings.all)),
  ]
  const held = rounds.design.objectives.map((objective) => {
    const keep = found.filter(({ findings, overloaded }) => {
      const isTime = objective.dimension === 'duration' && objective.subject.kind !== 'block'
      const inTheEnd = overloaded ? underOverload(objective, findings.measure(objective)) : undefined
      if (inTheEnd !== undefined) return keeps(objective, inTheEnd)
      const value =
        objective.measure === 'percentile' && isTime
          ? quantileOf(findings, (objective.percentile ?? 99) / 100, findings.selectionOf(objective))
          : pointOf(findings.measure(objective))
      return keeps(objective, value)
    })
    return { held: keep.length, of: count }
  })
  const uncertain = design.uncertain.map(({ path, text }) => ({ path, text }))
  return { answer: { count, uncertain, ranges }, held }
}

function pointOf(estimate: { enough: true; point: number } | { enough: false }): number {
  return estimate.enough ? estimate.point : Number.NaN
}

/**
 * A quantile of the requests selected in one world, without an interval: its replications are too few for one. Infinity
 * where it falls among requests that have no answer at the end.
 */
function quantileOf(findings: Findings, q: number, selection: Selection): number {
  const all = merged(findings.histograms(selection))
  return isKnown(all, q) ? all.quantile(q) : Number.POSITIVE_INFINITY
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
