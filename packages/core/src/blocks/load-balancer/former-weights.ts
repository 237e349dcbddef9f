import type { BlockContext, ContextProblem } from '../block.ts'
import type { LoadBalancerValues } from './load-balancer.ts'
import { targetBlocks } from './target-blocks.ts'

/** `weights: [2, 2, 1]`, by position among all instances, with what says the same today. */
export function formerWeights(
  values: LoadBalancerValues,
  weights: readonly number[],
  around: () => BlockContext,
): ContextProblem {
  const shares: string[] = []
  let first = 0
  for (const { to } of targetBlocks(values)) {
    const count = to.instance === undefined ? instancesOf(to.block, around()) : 1
    const own = Array.from({ length: count }, (_, i) => weights[first + i] ?? 1)
    first += count
    if (to.instance !== undefined || own.some((weight) => weight !== own[0]))
      return problem(`write \`weight\` in the list \`instances\` of ${to.block}`)
    shares.push(`${to.block}: ${own.reduce((sum, weight) => sum + weight, 0)}`)
  }
  return problem(`write \`targets: { ${shares.join(', ')} }\``)
}

function problem(hint: string): ContextProblem {
  const message = '`weights` by position are a former form'
  return {
    code: 'former-form',
    severity: 'warning',
    field: 'weights',
    message,
    hint: `${hint}, and remove \`weights\``,
  }
}

function instancesOf(block: string, { valuesOf }: BlockContext): number {
  const instances = valuesOf(block)?.instances
  if (Array.isArray(instances)) return instances.length
  return typeof instances === 'number' ? instances : 1
}
