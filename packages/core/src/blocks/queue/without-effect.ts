import { callWithoutEffect, noEffect } from '../../calls/without-effect.ts'
import type { ContextProblem } from '../block.ts'
import type { QueueValues } from './queue.ts'

/** An overflow of a queue that is never full; how workers call, where they call nobody. */
export function withoutEffect({ limit, start, overflow, workers }: QueueValues): readonly ContextProblem[] {
  const misfits: ContextProblem[] = []
  if (limit !== 'unlimited' && start > limit) {
    const message = `${start} messages wait at 0 s, but only ${limit} may wait`
    misfits.push({ field: 'start', message, hint: `raise \`limit\` to ${start}, or lower \`start\`` })
  }
  if (limit === 'unlimited' && overflow.name !== 'reject') {
    misfits.push(noEffect('overflow', 'an unlimited queue is never full', 'add a `limit`, or remove `overflow`'))
  }
  const idle = (['timeout', 'patience', 'retry'] as const).filter((field) => workers[field] !== undefined)
  const useless =
    workers.call === undefined
      ? idle.map((field) => noEffect(field, 'the workers make no call', `add a \`call\`, or remove \`${field}\``))
      : []
  for (const { field, ...rest } of [...useless, ...callWithoutEffect(workers)]) {
    misfits.push({ field: `workers.${field}`, ...rest })
  }
  return misfits
}
