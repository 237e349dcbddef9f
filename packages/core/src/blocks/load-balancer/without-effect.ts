import { noEffect } from '../../calls/without-effect.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { ContextProblem } from '../block.ts'
import { choices } from './choice/index.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** Weights that the choice does not look at, and cores of a balancer without work of its own. */
export function withoutEffect({ weights, choice, compute, cores }: LoadBalancerValues): readonly ContextProblem[] {
  const misfits: ContextProblem[] = []
  if (weights !== undefined && choices.get(choice.name).weighs !== true) {
    const weighing = choices.members.filter(({ weighs }) => weighs === true).map(({ name }) => `\`choice: ${name}\``)
    const hint = `write ${weighing.join(' or ')}, or remove \`weights\``
    misfits.push(noEffect('weights', `\`${choice.name}\` ignores weights`, hint))
  }
  if (cores !== 1 && createSampler(compute).constant === 0) {
    misfits.push(noEffect('cores', 'the balancer has no work', 'add `compute`, or remove `cores`'))
  }
  return misfits
}
