import { noEffect } from '../../calls/without-effect.ts'
import { createSampler } from '../../support/distributions/index.ts'
import { printQuantity } from '../../support/units.ts'
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
  return [...misfits, ...ejectionProblems(values, around)]
}

/** A share of the targets that is less than one of them takes none out. */
function ejectionProblems(values: LoadBalancerValues, around: () => BlockContext): readonly ContextProblem[] {
  const { ejection, subset } = values
  if (ejection === undefined) return []
  const { mayGrow, valuesOf } = around()
  const known = targetBlocks(values)
  if (known.some(({ to }) => mayGrow(to.block))) return []
  const targets = known.reduce((sum, { to }) => {
    const instances = to.instance === undefined ? valuesOf(to.block)?.instances : 1
    const all = Array.isArray(instances) ? instances.length : typeof instances === 'number' ? instances : 1
    return sum + Math.min(all, subset ?? all)
  }, 0)
  if (ejection.max * targets >= 1) return []
  const share = printQuantity(ejection.max, 'share')
  const why = `${share} of ${targets === 1 ? 'the only target' : `${targets} targets`} is less than one`
  const hint =
    targets === 1 ? 'add a target, or remove `ejection`' : `write \`max: ${Math.ceil(100 / targets)}%\` in \`ejection\``
  return [noEffect('ejection', why, hint)]
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
