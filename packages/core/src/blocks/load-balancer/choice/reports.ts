import { duration } from '../../../support/params.ts'
import type { Chooser, Targets } from './choice.ts'

/** The field of a choice whose counts may be old. */
export const reportsParam = duration({
  meaning:
    'period of the reports from which the calls outstanding are known; without it, they are known at every moment',
  optional: true,
  above: 0,
})

/**
 * A chooser that knows the calls outstanding only from periodic reports: all targets report at the same moments, and the
 * first choice of a period sees them. Source: M. Mitzenmacher, "How Useful Is Old Information?", IEEE TPDS 11(1), 2000,
 * periodic update.
 */
export function fromReports(
  targets: Targets,
  everyMs: number | undefined,
  create: (targets: Targets) => Chooser,
): Chooser {
  if (everyMs === undefined) return create(targets)
  const outstanding = new Int32Array(targets.count)
  const { count, weights, salt } = targets
  const reported: Targets = {
    count,
    weights,
    salt,
    outstanding,
    get available() {
      return targets.available
    },
  }
  const chooser = create(reported)
  let period = -1
  return {
    choose(call, nowMs, random) {
      const now = Math.floor(nowMs / everyMs)
      if (now !== period) {
        period = now
        outstanding.set(targets.outstanding)
        chooser.onTargets?.(targets.available)
      }
      return chooser.choose(call, nowMs, random)
    },
    onTargets: (available) => chooser.onTargets?.(available),
  }
}
