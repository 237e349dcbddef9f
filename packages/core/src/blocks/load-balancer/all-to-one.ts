import type { BlockContext, ContextProblem } from '../block.ts'
import { choices } from './choice/index.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** Choices by client or key, where all requests have the same: all go to one target. */
export function allToOne(
  { choice, sticky }: LoadBalancerValues,
  around: () => BlockContext,
): readonly ContextProblem[] {
  const { asks } = choices.get(choice.name)
  const isKeyMissing = asks === 'key' && !around().isKeyed && around().sources.length > 0
  const byClient = [
    ...(asks === 'client' ? ([['choice', choice.name]] as const) : []),
    ...(sticky === undefined ? [] : ([['sticky', 'sticky']] as const)),
  ]
  return [
    ...(isKeyMissing ? [withoutKey(choice.name)] : []),
    ...byClient.flatMap(([field, word]) => withoutSessions(field, word, around())),
  ]
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

function withoutSessions(field: string, word: string, { sources }: BlockContext): readonly ContextProblem[] {
  return sources
    .filter(({ sessions }) => sessions === undefined)
    .map(({ name }) => ({
      code: 'all-to-one-target',
      severity: 'warning',
      field,
      message: `\`${word}\` sends all requests of \`${name}\` to one target: they come from one client`,
      hint: `add \`sessions: 10k\` to ${name}: each session is a client`,
    }))
}
