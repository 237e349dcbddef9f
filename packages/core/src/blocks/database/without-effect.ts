import { noEffect } from '../../calls/without-effect.ts'
import type { ContextProblem } from '../block.ts'
import type { DatabaseValues } from './params.ts'

/** A limit of the line for a worker, where nobody waits for one; results of operations that it does not have. */
export function withoutEffect({ workers, limit, operations, results }: DatabaseValues): readonly ContextProblem[] {
  const misfits: ContextProblem[] = []
  if (workers === 'unlimited' && limit !== 'unlimited') {
    const hint = 'limit `workers`, or remove `limit`'
    misfits.push(noEffect('limit', 'workers are unlimited', hint))
  }
  for (const name of Object.keys(results ?? {})) {
    if (name === 'read' || Object.hasOwn(operations ?? {}, name)) continue
    misfits.push(noEffect(`results.${name}`, `there is no operation \`${name}\``, 'add it to `operations`'))
  }
  return misfits
}
