import type { Relation, Side } from '../language/design.ts'
import {
  type Estimate,
  endsOf,
  exactIfPoint,
  exactly,
  type InsufficientData,
  type Interval,
  insufficientData,
} from '../stats/estimate.ts'
import { jackknife, leavingOut } from '../stats/jackknife.ts'
import { exp, ln } from '../support/elementary.ts'
import type { RelationAnswer } from './answer.ts'
import { endlessKinds } from './endless-kinds.ts'
import { isEverLonger, underOverload } from './grows.ts'
import { metOrMissed, withinRun } from './judge.ts'
import { withOverloads } from './overloaded-results.ts'
import { phasesOf } from './plan.ts'
import { growthAtEnd, type Rounds, resultsOf } from './rounds.ts'
import type { RunResults } from './run-results.ts'

/** One variant of a design after its run. */
interface Ran {
  readonly results: RunResults
  /** The kinds of request that wait ever longer: no time of theirs has a value. */
  readonly endless: ReadonlySet<number>
}

/** What has been run, as the sides of relations need it. */
export function ranOf(rounds: Rounds): Ran {
  const { design, plan } = rounds
  const { overloads } = growthAtEnd(rounds)
  const found = resultsOf(rounds)
  const phases = phasesOf(design, plan.endMs).length
  const endless = endlessKinds(found, overloads, phases)
  return { results: rounds.tooShort || phases > 1 ? found : withOverloads(found, overloads, endless), endless }
}

/**
 * Judges an objective between two variants that ran with common random numbers: held if the whole interval of their quotient keeps
 * it, missed if all of it breaks it, else inconclusive. With a margin, or where a side may be 0, that of the difference.
 */
export function judgeRelation(asked: Relation, ranIn: (variant: string | undefined) => Ran): RelationAnswer {
  const first = ranIn(asked.left.variant)
  const second = ranIn(asked.right.variant)
  // Variants may run for different times.
  const runsEndMs = [first, second].map(({ results }) => results.plan.measureToMs)
  const relation = withinRun(asked, Math.max(...runsEndMs))
  const { factor, margin } = relation
  const left = read(first, relation.left, relation)
  const right = read(second, relation.right, relation)
  const beyond = (a: number, b: number) => withoutDust(a - factor * b - margin, a)
  const judged = (estimate: Estimate) => metOrMissed({ operator: relation.operator, bound: 0 }, estimate)
  if (isHopeless(first, relation.left) || isHopeless(second, relation.right) || !isPaired(first, second, left, right)) {
    const difference = apart(left, right, beyond)
    return { relation, verdict: judged(difference), left, right, difference, ratio: apart(left, right, quotient) }
  }
  const combine = paired(first.results, second.results, relation)
  const [difference, ratio] = [combine(beyond), exponentialOf(combine((a, b) => ln(a / b)))]
  const beyondFactor = (value: number) => withoutDust(value - factor, value)
  const verdict = judged(ratio.sufficient && margin === 0 ? mapped(ratio, beyondFactor) : difference)
  return { relation, verdict, left, right, difference, ratio: ratio.sufficient ? ratio : combine(quotient) }
}

function quotient(a: number, b: number): number {
  return a / b
}

/** The interval of a quotient from that of its logarithm: above 0, and wide upwards where it is not known well. */
function exponentialOf(logarithm: Estimate): Estimate {
  return logarithm.sufficient ? mapped(logarithm, exp) : logarithm
}

function mapped(interval: Interval, by: (value: number) => number): Interval {
  const [point, low, high] = [by(interval.point), by(interval.low), by(interval.high)]
  return exactIfPoint({ ...interval, point, low, high }) as Interval
}

/** Ten times $0.10 is not $1 to the last bit. */
function withoutDust(difference: number, of: number): number {
  return Math.abs(difference) < 1e-12 * Math.abs(of) ? 0 : difference
}

/** Whether requests that a side is about wait ever longer; of a block, whether any do. */
function isHopeless({ results, endless }: Ran, { subject }: Side): boolean {
  const { kinds } = subject.kind === 'block' ? results.all : results.selectionOf({ subject })
  return kinds.some((kind) => endless.has(kind))
}

function read(ran: Ran, side: Side, relation: Relation): Estimate {
  const { results } = ran
  const { window } = relation
  const objective = { ...side, ...(window === undefined ? {} : { window }) }
  const found = results.measure(objective)
  if (!isEverLonger(objective, results, ran.endless)) return found
  const isEndless = underOverload(objective, found, results) === Number.POSITIVE_INFINITY
  return isEndless ? exactly(Number.POSITIVE_INFINITY, results.replications) : found
}

function measured(results: RunResults, side: Side, { window }: Relation): Estimate {
  return results.measure({ ...side, ...(window === undefined ? {} : { window }) })
}

function pointOf(estimate: Estimate): number {
  return estimate.sufficient ? estimate.point : Number.NaN
}

/** A number computed from both sides. */
type Combination = (left: number, right: number) => number

/** Combinations of both sides, with the spread that they have together. */
function paired(first: RunResults, second: RunResults, relation: Relation): (of: Combination) => Estimate {
  const { length } = first.replicates
  const both = (a: RunResults, b: RunResults): [number, number] => [
    pointOf(measured(a, relation.left, relation)),
    pointOf(measured(b, relation.right, relation)),
  ]
  const point = both(first, second)
  const without = leavingOut(length).map((kept) => both(first.among(kept), second.among(kept)))
  return (of) => {
    const others = without.map((one) => of(...one))
    return first.counted(jackknife(of(...point), others, length, first.confidence))
  }
}

/** Whether both ran through the same replications, and can be taken together. */
function isPaired(first: Ran, second: Ran, left: Estimate, right: Estimate): boolean {
  const isAlike = first.results.replicates.length === second.results.replicates.length
  return isAlike && [left, right].every(hasSpread)
}

/** A share of none or all, and a percentile among the unanswered, have bounds but no spread that could be paired. */
function hasSpread(estimate: Estimate): boolean {
  if (!estimate.sufficient) return false
  const { point, low, high } = estimate
  const isBound = low < high && (point === low || point === high)
  return !isBound && [point, low, high].every(Number.isFinite)
}

/** The range over the corners of two intervals: wider than that of pairs, and never too narrow. */
function apart(left: Estimate, right: Estimate, combine: Combination): Estimate {
  if (!left.sufficient || !right.sufficient) return bounded(left, right, combine)
  const corners = [combine(left.low, right.high), combine(left.high, right.low)]
  const point = combine(left.point, right.point)
  const replications = Math.min(left.replications, right.replications)
  if ([point, ...corners].some(Number.isNaN))
    return insufficientData('requests of both sides are unanswered', replications)
  const confidence = Math.min(left.confidence, right.confidence)
  const low = Math.min(point, ...corners)
  return { sufficient: true, point, low, high: Math.max(point, ...corners), confidence, replications }
}

/** Where a side is missing, what bounds it may bound the two together. */
function bounded(left: Estimate, right: Estimate, combine: Combination): InsufficientData {
  const [missing] = [left, right].flatMap((side) => (side.sufficient ? [] : [side]))
  const { reason, replications } = missing as InsufficientData
  if ([left, right].some((side) => !side.sufficient && side.atLeast === undefined))
    return insufficientData(reason, replications)
  const [one, other] = [endsOf(left), endsOf(right)]
  const [low, high] = [combine(one.low, other.high), combine(one.high, other.low)]
  return insufficientData(reason, replications, {
    ...(Number.isFinite(low) ? { atLeast: low } : {}),
    ...(Number.isFinite(high) ? { atMost: high } : {}),
  })
}
