import { noEffect } from '../../calls/without-effect.ts'
import type { ContextProblem } from '../block.ts'
import { type ServiceValues, serversOf } from './params.ts'

/** What is said of lines for a worker, where nobody waits for one. */
export function withoutEffect(values: ServiceValues): readonly ContextProblem[] {
  if (serversOf(values).some(({ workers }) => Number.isFinite(workers))) return []
  const why = 'with unlimited workers no request waits for one'
  return [
    ...(values.limit === 'unlimited' ? [] : [noEffect('limit', why, 'limit the `workers`, or leave `limit` out')]),
    ...(values.ordering === 'fifo' ? [] : [noEffect('ordering', why, 'limit the `workers`, or leave `ordering` out')]),
  ]
}
