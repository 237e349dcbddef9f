import type { Design, Objective } from '../language/design.ts'
import { objectivesOf } from './judge.ts'
import type { RunResults } from './run-results.ts'

/** The measure of an analysis, and its better direction. */
export type Target = Pick<
  Objective,
  'subject' | 'measure' | 'percentile' | 'window' | 'operator' | 'dimension' | 'text'
>

/** Of a bound of 0, with which nothing else can be compared. */
const leastAllowance = 1e-9

/** Where a design has no objectives. */
const usualTarget: Target = {
  text: 'p99',
  subject: { kind: 'design' },
  measure: 'percentile',
  percentile: 99,
  operator: '<',
  dimension: 'duration',
}

/** How a target was chosen: named by the user, as the objective with the least headroom, or the p99 of all requests. */
export type TargetChoice = 'named' | 'least-headroom' | 'default'

/** The objective named, else the one with the least headroom, else the p99 of all requests. */
export function targetOf(
  design: Design,
  results: RunResults,
  objective: string | undefined,
): { readonly target: Target; readonly chosen: TargetChoice } {
  const named = objectivesOf(design).find(({ text }) => text === objective)
  if (named !== undefined) return { target: named, chosen: 'named' }
  const target = bindingObjective(design, results)
  return { target, chosen: target === usualTarget ? 'default' : 'least-headroom' }
}

/** The objective that binds: the one with the least headroom, or the p99 of all requests if the design has none. */
function bindingObjective(design: Design, results: RunResults): Target {
  const [first] = objectivesOf(design)
    .map((objective) => {
      const measured = results.measure(objective)
      return {
        objective,
        headroom: measured.sufficient ? headroom(objective, measured.point) : Number.POSITIVE_INFINITY,
      }
    })
    .sort((a, b) => (a.headroom === b.headroom ? 0 : a.headroom - b.headroom))
  return first?.objective ?? usualTarget
}

/**
 * How much of what an objective allows is left: 1 if nothing is used up, 0 at the bound, below 0 if it is missed. An
 * upper bound allows as much as it says. A share that must stay above a bound allows the rest up to 1: at 99.5 %
 * available, an objective of 99 % has half of its one per cent left. Any other lower bound is compared with itself.
 */
export function headroom(objective: Pick<Objective, 'operator' | 'bound' | 'dimension'>, value: number): number {
  const { operator, bound } = objective
  const left = isUpper(operator) ? bound - value : value - bound
  return left === 0 ? 0 : left / allowance(objective)
}

/** What widths of a measure are compared with: what an objective allows, or what is used of it where that is more. */
export function scaleOf(objective: Pick<Objective, 'operator' | 'bound' | 'dimension'>, value: number): number {
  return Math.max(allowance(objective), allowance({ ...objective, bound: value }))
}

/** What an objective allows: all of it at a headroom of 1, and never 0. */
function allowance({ operator, bound, dimension }: Pick<Objective, 'operator' | 'bound' | 'dimension'>): number {
  const allowed = Math.abs(!isUpper(operator) && dimension === 'share' ? 1 - bound : bound)
  return Math.max(allowed, leastAllowance)
}

function isUpper(operator: Objective['operator']): boolean {
  return operator.startsWith('<')
}
