import { noEffect } from '../../calls/without-effect.ts'
import type { ContextProblem } from '../block.ts'
import type { DatabaseValues } from './params.ts'

/** A limit of the queue for a worker, where nobody waits for one; a disk from which nothing is read. */
export function withoutEffect({ workers, limit, buffer, disk }: DatabaseValues): readonly ContextProblem[] {
  const misfits: ContextProblem[] = []
  if (workers === 'unlimited' && limit !== 'unlimited') {
    const hint = 'limit `workers`, or remove `limit`'
    misfits.push(noEffect('limit', 'workers are unlimited', hint))
  }
  if (disk !== undefined && buffer === undefined) {
    misfits.push(
      noEffect('disk', 'without a buffer pool all objects are in memory', 'add `buffer: { capacity: 1GiB }`'),
    )
  }
  return misfits
}
