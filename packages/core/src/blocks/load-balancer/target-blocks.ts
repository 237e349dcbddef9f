import type { Reference } from '../../support/params.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** A block, or one instance of it, among which a balancer chooses. */
export interface TargetBlock {
  readonly to: Reference
  /** Its share of the calls, relative to the others; undefined if the choice decides among all instances alike. */
  readonly weight: number | undefined
}

/** The targets of a balancer, however they are written: `web`, `[a, b]` or `{ a: 3, b: 1 }`. Those of weight 0 are left out. */
export function targetBlocks({ targets }: Pick<LoadBalancerValues, 'targets'>): readonly TargetBlock[] {
  if (isList(targets)) return targets.map((to) => ({ to, weight: undefined }))
  return Object.entries(targets).flatMap(([block, weight]) => (weight === 0 ? [] : [{ to: { block }, weight }]))
}

/** Shares of the calls, by target, as far as arithmetic can tell. */
export function targetShares(targets: readonly TargetBlock[]): readonly number[] {
  const sum = targets.reduce((total, { weight = 1 }) => total + weight, 0)
  return targets.map(({ weight = 1 }) => weight / sum)
}

function isList(targets: LoadBalancerValues['targets']): targets is readonly Reference[] {
  return Array.isArray(targets)
}
