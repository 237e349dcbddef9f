import { runKind } from '../before-run/run-kind.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import { replicationsForQuantile } from '../stats/quantile-interval.ts'
import type { FieldReport } from '../support/definition.ts'

/** Warns of an objective on a percentile that the replications of a terminating run cannot decide. */
export function checkReplications(design: Design, report: FieldReport): void {
  const { repeat } = design.run as unknown as RunValues
  if (runKind(design).kind === 'steady' || repeat >= replicationsForQuantile) return
  const sides = [...design.objectives, ...design.relations.flatMap(({ left, right }) => [left, right])]
  const side = sides.find(({ measure }) => measure === 'percentile' || /-p\d+$/.test(measure))
  if (side === undefined) return
  const word = side.percentile === undefined ? side.measure : `p${side.percentile}`
  report({
    code: 'too-few-replications',
    severity: 'warning',
    field: 'run.repeat',
    message: `${word} needs ${replicationsForQuantile} replications, not ${repeat}`,
    hint: `write \`repeat: ${replicationsForQuantile}\` or more`,
  })
}
