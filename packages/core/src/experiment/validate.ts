import type { Design } from '../language/design.ts'
import { type Estimate, insufficientData, relativeHalfWidth } from '../stats/estimate.ts'
import { firstRound } from '../stats/stopping.ts'
import { nominalWorld } from '../support/params.ts'
import type { Expectation, ValidationCase } from './case.ts'
import { replicationsIn } from './fold.ts'
import { prepare } from './pilots.ts'
import { steadyPlan } from './plan.ts'
import { isInterrupted, runUpTo } from './replications.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { RunResults } from './run-results.ts'
import type { SimulateOptions } from './simulate.ts'

/** Every case is run with common random numbers: a seed that makes a case pass proves nothing. */
const seedOfCases = 1
const confidenceOfCases = 0.999
/** Events that the expectations of one variant may take, unless the caller says otherwise. */
export const usualEvents = 3e9
/** A case that takes so many first rounds of replications begins again with longer ones: fewer of them cost less. */
const manyRounds = 4
const timesAsLong = 4
export interface ValidateOptions extends Pick<SimulateOptions, 'runner' | 'pass' | 'stopping'> {
  /** Events that one variant may take; `usualEvents` if not given. */
  readonly events?: number
  /** A quick look: tolerances are at least this part of the number, and what takes long is left out. */
  readonly quick?: number
}

export type CaseVerdict = 'passed' | 'failed' | 'inconclusive'

/** Outcome of one expectation. Plain data. */
export interface ExpectationAnswer {
  readonly expectation: Expectation
  /** In force: as written, or wider in a quick look. */
  readonly tolerance: number
  readonly measured: Estimate
  readonly verdict: CaseVerdict
}

/** Outcome of a case. Plain data. */
export interface CaseAnswer {
  readonly id: string
  readonly title: string
  readonly expectations: readonly ExpectationAnswer[]
  readonly events: number
}

/** Simulates a case until every expectation is decided, or the bound of events is reached. */
export async function validate(one: ValidationCase, options: ValidateOptions): Promise<CaseAnswer> {
  const answers = new Map<Expectation, ExpectationAnswer>()
  let events = 0
  for (const [variant, design] of one.designs) {
    const wanted = one.expectations.filter(
      (expectation) => (expectation.variant ?? '') === variant && !(options.quick !== undefined && expectation.slow),
    )
    if (wanted.length === 0) continue
    const run = new CaseRun(design, wanted, options)
    events += await run.decide()
    for (const answer of run.answers) answers.set(answer.expectation, answer)
  }
  return {
    id: one.id,
    title: one.title,
    expectations: one.expectations.flatMap((expectation) => answers.get(expectation) ?? []),
    events,
  }
}

/** One variant of the design of a case, and what is expected of it. */
class CaseRun {
  answers: readonly ExpectationAnswer[] = []
  private readonly design: Design
  private readonly wanted: readonly Expectation[]
  private readonly options: ValidateOptions

  constructor(design: Design, wanted: readonly Expectation[], options: ValidateOptions) {
    this.design = nominalWorld(design)
    this.wanted = wanted
    this.options = options
  }

  /** @returns the events that it took. */
  async decide(): Promise<number> {
    const { events = usualEvents } = this.options
    const context: RunContext = { options: this.options, seed: seedOfCases, workFactor: 1 }
    let rounds = await prepare(this.design, context)
    let mayLengthen = this.options.quick === undefined && rounds.kind.kind !== 'terminating'
    if (rounds.replicates.length > 0 || rounds.stopped !== null) {
      const why = rounds.stopped ?? `the backlog grows without limit at ${rounds.overloads[0]?.block}`
      this.answers = this.wanted.map((expectation) =>
        this.judge(expectation, insufficientData(why, rounds.replicates.length)),
      )
      return rounds.events
    }
    let target = rounds.kind.kind === 'terminating' ? rounds.kind.repeat : firstRound
    for (;;) {
      await runUpTo(target, rounds, context)
      const results = new RunResults(this.design, rounds.plan, rounds.replicates, confidenceOfCases)
      this.answers = this.wanted.map((expectation) => this.judge(expectation, results.measure(expectation.objective)))
      if (isInterrupted(context) || this.answers.every(({ verdict }) => verdict !== 'inconclusive')) break
      target = this.nextTarget(target)
      if ((rounds.events / replicationsIn(rounds.replicates)) * target > events) break
      if (mayLengthen && target >= manyRounds * firstRound) {
        rounds = lengthened(rounds)
        target = Math.ceil(target / timesAsLong)
        mayLengthen = false
      }
    }
    return rounds.events
  }

  /**
   * As many replications as the widest interval still needs, at least a quarter more, since each look is a chance to
   * err, and not more than eight times as many.
   */
  private nextTarget(done: number): number {
    const widest = Math.max(
      ...this.answers.map(({ expectation, measured, tolerance, verdict }) => {
        if (verdict !== 'inconclusive' || !measured.sufficient) return 1
        const halfWidth = relativeHalfWidth(measured) * Math.abs(measured.point)
        return halfWidth / plannedHalfWidth(halfWidth, measured.point - expectation.objective.bound, tolerance)
      }),
    )
    return Math.ceil(done * Math.min(Math.max(widest * widest, 1.25), 8))
  }

  private judge(expectation: Expectation, measured: Estimate): ExpectationAnswer {
    const { quick = 0 } = this.options
    const tolerance = Math.max(expectation.tolerance, quick * Math.abs(expectation.objective.bound))
    return {
      expectation,
      tolerance,
      measured,
      verdict: caseVerdictOf(measured, expectation.objective.bound, tolerance),
    }
  }
}

/**
 * The half-width with which an interval should be decided. Where the middle of a wide one lies says little; that of a
 * narrow one will stay about where it is, and the interval has to be narrower than the way to the end of what is
 * tolerated.
 */
function plannedHalfWidth(halfWidth: number, off: number, tolerance: number): number {
  if (halfWidth > tolerance) return 0.75 * tolerance
  return Math.max(0.9 * Math.abs(tolerance - Math.abs(off)), 0.3 * tolerance)
}

/** The same without any replications yet, and each of those to come as much longer. */
function lengthened(rounds: Rounds): Rounds {
  const { design, plan } = rounds
  return {
    ...rounds,
    replicates: [],
    plan: {
      ...steadyPlan(design, timesAsLong * plan.measureToMs, plan.measureFromMs, plan.endMs - plan.measureToMs),
      leadInMs: plan.leadInMs,
    },
  }
}

/**
 * Passed if the whole interval lies within the tolerance, failed if all of it lies outside. While the interval is wider
 * than what it is held to, nothing is said: many looks at wide intervals would find something wrong by luck alone.
 */
export function caseVerdictOf(measured: Estimate, expected: number, tolerance: number): CaseVerdict {
  if (!measured.sufficient || !((measured.high - measured.low) / 2 <= tolerance)) return 'inconclusive'
  const { low, high } = measured
  if (low >= expected - tolerance && high <= expected + tolerance) return 'passed'
  return low > expected + tolerance || high < expected - tolerance ? 'failed' : 'inconclusive'
}
