import type { Design, Objective } from '../language/design.ts'
import { type Estimate, endsOf, insufficientData } from '../stats/estimate.ts'
import type { ObjectiveAnswer } from './answer.ts'
import { isEverLonger, underOverload } from './grows.ts'
import { measures } from './measures.ts'
import { withOverloads } from './overloaded-results.ts'
import type { RunResults } from './run-results.ts'
import { growing } from './unanswered.ts'

/** The objectives that a design, or this variant of it, has to keep. */
export function objectivesOf({ objectives, variant: own }: Design): readonly Objective[] {
  return objectives.filter(({ variant }) => variant === undefined || variant === own)
}

/** Whether a number keeps the objective. */
export function keeps(objective: Pick<Objective, 'operator' | 'bound'>, value: number): boolean {
  switch (objective.operator) {
    case '<':
      return value < objective.bound
    case '<=':
      return value <= objective.bound
    case '>':
      return value > objective.bound
    case '>=':
      return value >= objective.bound
  }
}

/** An objective as an answer gives it: its window ends with the run at the latest. */
export function withinRun<T extends Pick<Objective, 'window'>>(objective: T, runEndsMs: number): T {
  const { window } = objective
  if (window === undefined || window.toMs <= runEndsMs) return objective
  return { ...objective, window: { ...window, toMs: runEndsMs } }
}

/** The kinds of request that wait ever longer, by index; `untold` where the run is too short to tell. */
export interface EverLonger {
  readonly endless: ReadonlySet<number>
  readonly untold: ReadonlySet<number>
}

/** Met if the whole interval meets the objective, missed if all of it misses it, else inconclusive at this precision. */
export function judge(
  asked: Objective,
  results: RunResults,
  everLonger: EverLonger,
  worlds: ObjectiveAnswer['worlds'],
): ObjectiveAnswer {
  const objective = withinRun(asked, results.plan.measureToMs)
  const measured = results.measure(objective)
  const isEndless = isEverLonger(objective, results, everLonger.endless)
  const isUntold = !isEndless && isEverLonger(objective, results, everLonger.untold)
  const ending = isUntold
    ? ifUntoldGrow(objective, measured, results, everLonger.untold)
    : isEndless
      ? inTheEnd(objective, measured, results)
      : null
  // Replications that were cut short lack what comes late, which may keep or break the objective.
  const isPartial = results.replicates.some(({ stopped }) => stopped === 'interrupted')
  const asMeasured = isPartial ? 'inconclusive' : metOrMissed(objective, measured)
  if (ending === null || (isUntold && asMeasured === ending))
    return { objective, verdict: asMeasured, measured, worlds }
  if (isUntold) {
    const untold = insufficientData(
      'the run is too short to tell whether the backlog stops growing',
      measured.replications,
    )
    return { objective, verdict: 'inconclusive', measured: untold, worlds }
  }
  return { objective, verdict: ending, measured: growing(results), worlds }
}

/** What an objective comes to if kinds of request wait ever longer of which the run is too short to tell it. */
function ifUntoldGrow(objective: Objective, measured: Estimate, results: RunResults, untold: ReadonlySet<number>) {
  const isPercentile = objective.measure === 'percentile' && objective.subject.kind !== 'block'
  if (!isPercentile) return inTheEnd(objective, measured, results)
  const grown = withOverloads(results, [], untold)
  const then = grown.measure(objective)
  return inTheEnd(objective, then, grown) ?? metOrMissed(objective, then)
}

/** What an objective comes to where a backlog grows without limit; null where what was measured decides. */
export function inTheEnd(objective: Objective, measured: Estimate, results: RunResults): 'met' | 'missed' | null {
  const value = underOverload(objective, measured, results)
  if (value === undefined) return null
  const isShare = measures.get(objective.measure).dimension === 'share'
  if (isShare && metOrMissed(objective, measured) !== 'inconclusive') return null
  return keeps(objective, value) ? 'met' : 'missed'
}

/**
 * Met if the whole interval meets the objective, missed if all of it misses it, else inconclusive. Without an interval, the
 * bounds of the number may still decide.
 */
export function metOrMissed(
  objective: Pick<Objective, 'operator' | 'bound'>,
  measured: Estimate,
): ObjectiveAnswer['verdict'] {
  const ends = endsOf(measured)
  const low = keeps(objective, ends.low)
  const high = keeps(objective, ends.high)
  if (low && high) return 'met'
  return low || high ? 'inconclusive' : 'missed'
}
