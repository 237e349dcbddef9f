import type { Call } from '../kernel/call.ts'
import type { Stream } from '../kernel/random.ts'
import type { Design } from '../language/design.ts'
import { createSampler } from '../support/distributions/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import type { Flow } from './flows.ts'
import { keyStream } from './key-stream.ts'
import { kindsOf } from './kinds.ts'
import { sourceNamed } from './named.ts'

/**
 * Gives a call what one call of these flows has, drawn in proportion to their rates: kind, key, size and priority.
 * @returns the name of the operation or request that it is made for; undefined if nothing flows
 */
export function messageStream(
  design: Design,
  flows: readonly Flow[],
  stream: Stream,
): (call: Call) => string | undefined {
  const drawn = flows
    .filter(({ perSecond }) => perSecond > 0)
    .map((flow) => {
      const request = (sourceNamed(design, flow.source) as unknown as SourceValues).requests[flow.kind]
      return {
        perSecond: flow.perSecond,
        name: nameOf(flow),
        kind: kindsOf(design).findIndex(({ source, name }) => source === flow.source && name === flow.kind),
        key: keyStream([flow], stream),
        size: request === undefined ? null : createSampler(request.size),
        priority: request?.priority ?? 0,
      }
    })
  const sum = drawn.reduce((total, { perSecond }) => total + perSecond, 0)
  return (call) => {
    let at = drawn.length > 1 ? stream.next() * sum : 0
    let index = 0
    while (index < drawn.length - 1 && at > (drawn[index]?.perSecond ?? 0)) at -= drawn[index++]?.perSecond ?? 0
    const one = drawn[index]
    call.kind = one?.kind ?? 0
    call.key = one?.key?.() ?? 0
    call.sizeBytes = one?.size?.sample(stream) ?? 0
    call.priority = (one?.priority ?? 0) | 0
    return one?.name
  }
}

/** The operation that a call is made for, where blocks have only passed it on since; that of a request is its name. */
function nameOf(flow: Flow): string {
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller)
    if (at.operation !== undefined) return at.operation
  return flow.kind
}
