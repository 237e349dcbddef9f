import type { BlockContext, ContextProblem } from '../block.ts'
import { choices } from './choice/index.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** Choices by client or key, where all requests have the same: all go to one target. */
export function allToOne({ choice }: LoadBalancerValues, around: () => BlockContext): readonly ContextProblem[] {
  const { asks } = choices.get(choice.name)
  if (asks === undefined) return []
  const { sources, isKeyed } = around()
  if (asks === 'key') return isKeyed || sources.length === 0 ? [] : [withoutKey(choice.name)]
  return sources.flatMap(({ name, sessions }) => (sessions === undefined ? [withoutSessions(choice.name, name)] : []))
}

function withoutKey(choice: string): ContextProblem {
  return {
    code: 'all-to-one-target',
    severity: 'warning',
    field: 'choice',
    message: `\`${choice}\` sends all calls to one target: requests have no key`,
    hint: 'add a key to the requests, for example `key: zipf 0.9 over 50k`',
  }
}

function withoutSessions(choice: string, source: string): ContextProblem {
  return {
    code: 'all-to-one-target',
    severity: 'warning',
    field: 'choice',
    message: `\`${choice}\` sends all requests of \`${source}\` to one target: they come from one client`,
    hint: `add \`sessions: 10k\` to ${source}: each session is a client`,
  }
}
