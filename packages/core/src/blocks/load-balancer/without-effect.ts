import { noEffect } from '../../calls/without-effect.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { BlockContext, ContextProblem } from '../block.ts'
import { choices } from './choice/index.ts'
import { formerWeights } from './former-weights.ts'
import type { LoadBalancerValues } from './load-balancer.ts'
import { targetBlocks } from './target-blocks.ts'

/** Weights that the choice does not look at, cores of a balancer without work of its own, a slow start of nothing. */
export function withoutEffect(values: LoadBalancerValues, around: () => BlockContext): readonly ContextProblem[] {
  const { compute, cores, ejection, failover, standby, 'health-check': check, 'slow-start': slowStart } = values
  const misfits = [...weightProblems(values, around)]
  if (cores !== 1 && createSampler(compute).constant === 0) {
    misfits.push(noEffect('cores', 'the balancer has no work', 'add `compute`, or remove `cores`'))
  }
  if (failover.name !== 'none' && standby === undefined) {
    misfits.push(noEffect('failover', 'no instance stands by', 'add `instances: 2, standby: 1`, or remove `failover`'))
  }
  if (slowStart !== undefined && check === undefined && ejection === undefined) {
    misfits.push(noEffect('slow-start', 'no target is ever taken out', 'add `health-check: 1s` or `ejection: 5`'))
  }
  return misfits
}

function weightProblems(values: LoadBalancerValues, around: () => BlockContext): readonly ContextProblem[] {
  const { weights, choice } = values
  const ignores = choices.get(choice.name).weighs !== true
  if (weights !== undefined && !ignores) return [formerWeights(values, weights, around)]
  const weighing = choices.members.filter(({ weighs }) => weighs === true).map(({ name }) => `\`choice: ${name}\``)
  const why = `\`${choice.name}\` ignores weights`
  if (weights !== undefined) return [noEffect('weights', why, `write ${weighing.join(' or ')}, or remove \`weights\``)]
  if (!ignores) return []
  return targetBlocks(values).flatMap(({ to }) => {
    const instances = around().valuesOf(to.block)?.instances
    if (!Array.isArray(instances) || instances.every((one) => one.weight === undefined)) return []
    const said = noEffect(`${to.block}.instances`, why, `write ${weighing.join(' or ')}, or remove \`weight\``)
    return [{ ...said, field: 'choice' }]
  })
}
