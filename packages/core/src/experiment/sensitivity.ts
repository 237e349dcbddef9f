import type { RunValues } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import { faults } from '../faults/index.ts'
import type { Design, Objective } from '../language/design.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import {
  type Difference,
  orderingOf,
  pairedQuantileDifference,
  pairedRatioDifference,
} from '../stats/paired-difference.ts'
import { type NumberAt, nominalWorld, numbersIn } from '../support/params.ts'
import { source } from '../workloads/source.ts'
import { type Target, type TargetChoice, targetOf } from './binding-objective.ts'
import { costOf } from './cost.ts'
import { endlessKinds } from './endless-kinds.ts'
import { isEverLonger, underOverload } from './grows.ts'
import { overloads } from './overload.ts'
import { withOverloads } from './overloaded-results.ts'
import { type Pair, Pairs } from './pairs.ts'
import { prepare } from './pilots.ts'
import { phasesOf } from './plan.ts'
import { nextRound, type RunContext } from './rounds.ts'
import { RunResults } from './run-results.ts'
import type { SimulateOptions } from './simulate.ts'
import { growing, meanNotKnown } from './unanswered.ts'

/** How much larger each number is made. */
const increase = 1.1
/** Numbers looked at, at most: those of a design that people wrote are fewer. */
const mostNumbers = 500
/** Replications of the design as it is, and of each change. */
const replications = 20

/** What one number does to the target. */
export interface SensitivityRow {
  /** As one writes it after `--set`. */
  readonly path: string
  readonly meaning: string
  /** A distribution is changed as a whole: all its quantities. */
  readonly dimension: NumberAt['dimension']
  readonly from: number
  readonly to: number
  /**
   * The target with the number changed; where the system no longer carries the load, Infinity, or 0 of a share answered;
   * null where there are not enough data.
   */
  readonly changed: number | null
  /** Changed less unchanged, with common random numbers. */
  readonly difference: Estimate
  readonly verdict: Difference['verdict']
  /** Change of the price, $ per hour. */
  readonly costPerHour: number
  /** Price of one base unit of improvement of the target, $ per hour; null without a gain or a price. */
  readonly pricePerUnit: number | null
}

/** The answer to "which number matters?": plain data, the same bytes for the same design, seed and version. */
export interface SensitivityAnswer {
  readonly schemaVersion: 1
  readonly design: string
  readonly variant?: string
  readonly seed: number
  readonly increase: number
  /** The measure of the effects, and how it was chosen. */
  readonly target: { readonly text: string; readonly chosen: TargetChoice; readonly dimension: Objective['dimension'] }
  readonly unchanged: Estimate
  /** The block that does not carry the load of the design as it is, so that nothing can be said. */
  readonly overloaded: string | null
  /** The limit that ended the run of the design as it is too early, so that nothing can be said. */
  readonly stopped: string | null
  /** Largest effect first. */
  readonly rows: readonly SensitivityRow[]
  /** Whether it was cut short, before all numbers had been looked at. */
  readonly interrupted: boolean
}

/**
 * Makes each number of a design 10 % larger, one at a time and with common random numbers, and ranks the effects.
 * @param objective text of the objective to look at; without it, the one with the least headroom
 */
export async function sensitivity(
  design: Design,
  options: SimulateOptions,
  objective?: string,
): Promise<SensitivityAnswer> {
  const nominal = nominalWorld(design)
  const seed = options.seed ?? (nominal.run as unknown as RunValues).seed
  const context: RunContext = { options, seed, workFactor: 1 }
  const rounds = await prepare(nominal, context)
  while (rounds.overloads.length === 0 && rounds.stopped === null && rounds.replicates.length < replications) {
    if (await nextRound(rounds, context)) break
  }
  const base = new RunResults(nominal, rounds.plan, rounds.replicates)
  const { target, chosen } = targetOf(nominal, base, objective)
  const [overload] = rounds.overloads
  const isCutShort = () => options.stopping?.() === true
  const isLimited = overload === undefined && (rounds.replicates.length === 0 || rounds.tooShort) && !isCutShort()
  const stopped = isLimited ? rounds.stopped : null
  const answer = {
    schemaVersion: 1 as const,
    design: design.name,
    ...(design.variant === undefined ? {} : { variant: design.variant }),
    seed,
    increase,
    target: { text: target.text, chosen, dimension: target.dimension },
  }
  if (overload !== undefined || stopped !== null) {
    const unchanged = stopped === null ? growing({ replications: 0 }) : insufficientData(stopped, 0)
    return { ...answer, unchanged, overloaded: overload?.block ?? null, stopped, rows: [], interrupted: isCutShort() }
  }
  const pairs = new Pairs(rounds, context)
  const rows: SensitivityRow[] = []
  const changes = changesOf(nominal)
  for (const [i, change] of changes.entries()) {
    if (isCutShort()) break
    const name = `number ${i + 1} of ${changes.length}, ${change.number.path}`
    const pair = await pairs.of(change.design, name)
    // What was cut short is no whole run of the change.
    if (!isCutShort()) rows.push(effectOf(change, target, pair))
  }
  const isWhole = base.replicates.some((replicate) => replicate.stopped !== 'interrupted')
  const unchanged = isWhole ? base.measure(target) : insufficientData('no replication was run to its end', 0)
  return { ...answer, unchanged, overloaded: null, stopped: null, rows: ranked(rows), interrupted: isCutShort() }
}

interface Change {
  readonly number: NumberAt
  readonly to: number
  readonly design: Design
}

/** Every number of the design but prices, made larger. */
function changesOf(design: Design): readonly Change[] {
  const changes: Change[] = []
  const add = (number: NumberAt, withValues: (values: Design['run']) => Design) => {
    if (number.value === 0 || number.dimension === 'price' || number.dimension === 'traffic-price') return
    const { values, value } = number.multiplied(increase)
    if (value !== number.value) changes.push({ number, to: value, design: withValues(values) })
  }
  const replaced = <T>(list: readonly T[], at: number, by: T): readonly T[] =>
    list.map((one, i) => (i === at ? by : one))
  design.sources.forEach((one, i) => {
    for (const number of numbersIn(source, one.values, one.name)) {
      add(number, (values) => ({ ...design, sources: replaced(design.sources, i, { ...one, values }) }))
    }
  })
  design.blocks.forEach((one, i) => {
    for (const number of numbersIn(blocks.get(one.type), one.values, one.name)) {
      add(number, (values) => ({ ...design, blocks: replaced(design.blocks, i, { ...one, values }) }))
    }
  })
  design.faults.forEach((one, i) => {
    for (const number of numbersIn(faults.get(one.name), one.values, `faults.${i + 1}`)) {
      add(number, (values) => ({ ...design, faults: replaced(design.faults, i, { ...one, values }) }))
    }
  })
  return changes.slice(0, mostNumbers)
}

function effectOf({ number, to }: Change, target: Target, { base, changed: results }: Pair): SensitivityRow {
  const row = { path: number.path, meaning: number.meaning, dimension: number.dimension, from: number.value, to }
  const costPerHour = costOf(results).perHour - costOf(base).perHour
  const grown = withGrowth(results)
  const inTheEnd = isEverLonger(target, grown) ? underOverload(target, grown.measure(target), grown) : undefined
  if (inTheEnd !== undefined) {
    const difference = growing(results)
    const verdict = inTheEnd === 0 ? 'lower' : 'higher'
    return { ...row, changed: inTheEnd, difference, verdict, costPerHour, pricePerUnit: null }
  }
  const { difference, verdict } = differenceOf(base, grown, target)
  const measured = grown.measure(target)
  const gain = difference.sufficient ? difference.point * (target.operator.startsWith('<') ? -1 : 1) : 0
  const isBetter = verdict !== 'not significant' && gain > 0
  return {
    ...row,
    changed: measured.sufficient ? measured.point : null,
    difference,
    verdict,
    costPerHour,
    pricePerUnit: isBetter && costPerHour > 0 ? costPerHour / gain : null,
  }
}

/** The same with the backlogs that grow without limit, and the kinds of request that wait in them. */
function withGrowth(results: RunResults): RunResults {
  const found = overloads(results, 0)
  const phases = phasesOf(results.design, results.plan.endMs).length
  return found.length === 0 || phases > 1
    ? results
    : withOverloads(results, found, endlessKinds(results, found, phases))
}

/** Changed less unchanged, replication by replication with common random numbers. */
function differenceOf(base: RunResults, changed: RunResults, target: Target): Difference {
  if (target.subject.kind !== 'block') {
    const selection = base.selectionOf(target)
    if (target.measure === 'percentile') {
      const share = (target.percentile ?? 99) / 100
      return pairedQuantileDifference(base.histograms(selection), changed.histograms(selection), share)
    }
    const missing = meanNotKnown(base, selection) ?? meanNotKnown(changed, selection)
    if (target.measure === 'mean' && missing !== null) return { difference: missing, verdict: 'not significant' }
    if (target.measure === 'mean') {
      const times = (results: RunResults) => results.sums(selection, (cell) => cell.sumMs)
      const answers = (results: RunResults) => results.sums(selection, (cell) => cell.answered)
      return pairedRatioDifference(times(base), answers(base), times(changed), answers(changed))
    }
  }
  return byLeavingOut(base, changed, target)
}

/** Any measure: the jackknife leaves out one pair of replications at a time. */
function byLeavingOut(base: RunResults, changed: RunResults, target: Target): Difference {
  const pairs = base.replicates.length
  const at = (leftOut: number): number => {
    const points = [base, changed].map(({ design, plan, replicates }) => {
      const estimate = new RunResults(
        design,
        plan,
        replicates.filter((_, i) => i !== leftOut),
      ).measure(target)
      return estimate.sufficient ? estimate.point : Number.NaN
    })
    return (points[1] as number) - (points[0] as number)
  }
  const whole = at(-1)
  const pseudo = base.replicates.map((_, i) => pairs * whole - (pairs - 1) * at(i))
  const sound = pseudo.every(Number.isFinite)
  const difference = sound ? meanInterval(pseudo) : insufficientData('the measure has no interval', pairs)
  return { difference, verdict: orderingOf(difference) }
}

/** Largest effect first; where the load is no longer carried, before all; in path order where nothing is certain. */
function ranked(rows: readonly SensitivityRow[]): readonly SensitivityRow[] {
  const size = ({ difference, verdict }: SensitivityRow) => {
    if (!difference.sufficient && verdict !== 'not significant') return Number.POSITIVE_INFINITY
    return difference.sufficient && verdict !== 'not significant' ? Math.abs(difference.point) : -1
  }
  return [...rows].sort((a, b) => compareSizes(size(a), size(b)) || (a.path < b.path ? -1 : 1))
}

function compareSizes(a: number, b: number): number {
  return a === b ? 0 : b > a ? 1 : -1
}
