import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { exactly, type InsufficientData, insufficientData } from '../stats/estimate.ts'
import { type Difference, pairedQuantileDifference, pairedRatioDifference } from '../stats/paired-difference.ts'
import { nominalWorld } from '../support/params.ts'
import type { Answer, Comparison, MeasureDifference } from './answer.ts'
import { costOf } from './cost.ts'
import { restart } from './long-enough.ts'
import { prepare } from './pilots.ts'
import { steadyPlan } from './plan.ts'
import { keeping } from './replications.ts'
import { nextRound, type Rounds, type RunContext, resultsOf } from './rounds.ts'
import type { RunResults, Selection } from './run-results.ts'
import { finish, type SimulateOptions } from './simulate.ts'
import type { Plan } from './task.ts'
import { meanNotKnown, shareNotKnown } from './unanswered.ts'

/** What comparisons are about. */
const percentiles = [50, 99] as const

/** Simulates several designs with common random numbers, and says which differences from the first are certain. */
export async function compare(designs: readonly Design[], options: SimulateOptions): Promise<Comparison> {
  const nominal = designs.map((design) => nominalWorld(design))
  const [first] = nominal
  if (first === undefined) return { schemaVersion: 1, designs: [], differences: [] }
  const seed = options.seed ?? (first.run as unknown as RunValues).seed
  const context: RunContext = { options, seed, workFactor: 1 }
  const rounds = await runPaired(nominal, context)
  const answers: Answer[] = []
  for (const [i, one] of rounds.entries()) answers.push(await finish(designs[i] as Design, one, context))
  return { schemaVersion: 1, designs: answers, differences: differencesFromFirst(rounds, answers) }
}

/** Runs several designs, nothing in them uncertain, replication by replication with common random numbers. */
export async function runPaired(designs: readonly Design[], context: RunContext): Promise<readonly Rounds[]> {
  const prepared: Rounds[] = []
  for (const design of designs) prepared.push({ ...(await prepare(design, context)), measuresObjectives: true })
  const rounds = alike(prepared)
  const running = rounds.filter((one) => one.replicates.length === 0 && one.stopped === null)
  let done = running.length === 0
  while (!done) {
    const wanted = Math.max(...running.map((one) => one.wanted))
    for (const one of running) one.wanted = wanted
    const ended = []
    for (const one of running) ended.push(await nextRound(one, context))
    const isStopped = running.some((one) => one.stopped !== null)
    if (!isStopped && restartedAlike(running)) continue
    // All go on until the last has its precision: pairs need both.
    done = isStopped || ended.every((end) => end)
  }
  return rounds
}

/**
 * Steady runs of one comparison have the same length and warm-up: the longest that any of them needs; terminating ones that
 * begin in the steady state the longest lead-in, so that their requests are paired. All keep as few batches as any of them
 * may, so that a batch is of the same replications in each.
 */
function alike(rounds: readonly Rounds[]): readonly Rounds[] {
  const steady = rounds.filter(
    ({ kind, replicates, stopped }) => kind.kind === 'steady' && replicates.length === 0 && stopped === null,
  )
  const longest = (of: (plan: Plan) => number) => Math.max(...steady.map(({ plan }) => of(plan)))
  const toMs = longest((plan) => plan.measureToMs)
  const warmUpMs = longest((plan) => plan.measureFromMs)
  const afterMs = longest((plan) => plan.endMs - plan.measureToMs)
  const longestLeadIn = (of: readonly Rounds[]) => Math.max(0, ...of.map(({ plan }) => plan.leadInMs ?? 0))
  const leadInMs = longestLeadIn(rounds.filter(({ kind }) => kind.kind === 'terminating'))
  const mostBatches = Math.min(...rounds.map((one) => keeping(one).batches))
  return rounds.map((one) => {
    if (steady.includes(one)) {
      const times = timesOf(steadyPlan(one.design, toMs, warmUpMs, afterMs))
      return { ...one, mostBatches, plan: { ...one.plan, ...times, leadInMs: longestLeadIn(steady) } }
    }
    const begins = one.kind.kind === 'terminating' && (one.plan.leadInMs ?? 0) > 0
    return { ...one, mostBatches, ...(begins ? { plan: { ...one.plan, leadInMs } } : {}) }
  })
}

/** Whether one of them began again: then all do, with the longest replications and the same numbers. */
function restartedAlike(running: readonly Rounds[]): boolean {
  if (running.every(({ replicates }) => replicates.length > 0)) return false
  const longest = (of: (plan: Plan) => number) => Math.max(...running.map(({ plan }) => of(plan)))
  const times = {
    toMs: longest((plan) => plan.measureToMs),
    fromMs: longest((plan) => plan.measureFromMs),
    afterMs: longest((plan) => plan.endMs - plan.measureToMs),
  }
  const first = Math.max(...running.map(({ firstReplication }) => firstReplication))
  for (const one of running) {
    restart(one, times)
    one.firstReplication = first
  }
  return true
}

function timesOf({ endMs, cellStartsMs, measureFromMs, measureToMs, halfMs }: Plan) {
  return { endMs, cellStartsMs, measureFromMs, measureToMs, halfMs }
}

function differencesFromFirst(rounds: readonly Rounds[], answers: readonly Answer[]): Comparison['differences'] {
  const [first, ...others] = rounds
  if (first === undefined) return []
  return others.map((other, i) => ({
    from: nameOf(answers[0] as Answer),
    of: nameOf(answers[i + 1] as Answer),
    measures:
      first.overloads.length > 0 || other.overloads.length > 0 ? [] : measuresOf(resultsOf(first), resultsOf(other)),
  }))
}

function nameOf(answer: Answer): string {
  return answer.variant === undefined ? answer.design : answer.variant
}

function measuresOf(first: RunResults, second: RunResults): readonly MeasureDifference[] {
  const pick = (results: RunResults) => ({
    sums: results.sums(results.all, (cell) => cell.sumMs),
    answered: results.sums(results.all, (cell) => cell.answered),
    completed: results.sums(results.all, (cell) => cell.completed),
    inTime: results.sums(results.all, (cell) => cell.inTime),
    decided: results.sums(results.all, (cell) => cell.offered - cell.stillInTime),
    seconds: results.durationsMs(results.measured).map((ms) => ms / 1000),
  })
  const a = pick(first)
  const b = pick(second)
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const ratio = (
    measure: string,
    dimension: MeasureDifference['dimension'],
    above: 'sums' | 'inTime' | 'completed',
    below: 'answered' | 'decided' | 'seconds',
  ): MeasureDifference => ({
    measure,
    dimension,
    first: quotientOrNull(total(a[above]), total(a[below])),
    second: quotientOrNull(total(b[above]), total(b[below])),
    ...ofReplications(pairedRatioDifference(a[above], a[below], b[above], b[below], first.confidence), first),
  })
  const quantiles = percentiles.map((percentile) => quantileDifference(first, second, percentile))
  return [
    unlessOpen(ratio('mean', 'duration', 'sums', 'answered'), first, second, meanNotKnown),
    ...quantiles,
    unlessOpen(ratio('availability', 'share', 'inTime', 'decided'), first, second, (results, selection) =>
      shareNotKnown(results, selection, (cell) => cell.inTime),
    ),
    ratio('throughput', 'rate', 'completed', 'seconds'),
    costDifference(first, second),
  ]
}

/** The difference of the prices per hour; unknown if a design sets no price. */
function costDifference(first: RunResults, second: RunResults): MeasureDifference {
  const [a, b] = [first, second].map((results) => {
    const { parts, perHour } = costOf(results)
    return parts.length === 0 ? null : perHour
  }) as [number | null, number | null]
  const measured = { measure: 'cost', dimension: 'price', first: a, second: b } as const
  if (a === null || b === null) {
    const unknown = insufficientData('no price is set', first.replications)
    return { ...measured, difference: unknown, verdict: 'not significant' }
  }
  const verdict = b < a ? 'lower' : b > a ? 'higher' : 'not significant'
  return { ...measured, difference: exactly(b - a, first.replications), verdict }
}

function quantileDifference(first: RunResults, second: RunResults, percentile: number): MeasureDifference {
  const at = (results: RunResults) => {
    const found = results.quantile(results.all, percentile)
    return found?.isKnown === true ? found.ms : null
  }
  const histograms = (results: RunResults) => results.histograms(results.all)
  return {
    measure: `p${percentile}`,
    dimension: 'duration',
    first: at(first),
    second: at(second),
    ...ofReplications(
      pairedQuantileDifference(histograms(first), histograms(second), percentile / 100, first.confidence),
      first,
    ),
  }
}

function ofReplications(found: Difference, first: RunResults): Difference {
  return { ...found, difference: first.counted(found.difference) }
}

function quotientOrNull(above: number, below: number): number | null {
  return below > 0 ? above / below : null
}

/** What is not known of one design, as too many of its requests have no answer yet, is not compared. */
function unlessOpen(
  found: MeasureDifference,
  first: RunResults,
  second: RunResults,
  notKnown: (results: RunResults, selection: Selection) => InsufficientData | null,
): MeasureDifference {
  const [a, b] = [first, second].map((results) => notKnown(results, results.all))
  const missing = a ?? b
  if (missing === null || missing === undefined) return found
  const { reason, replications } = missing
  return {
    ...found,
    first: a === null ? found.first : null,
    second: b === null ? found.second : null,
    difference: insufficientData(reason, replications),
    verdict: 'not significant',
  }
}
