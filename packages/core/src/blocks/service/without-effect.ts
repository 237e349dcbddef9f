import { usualBreaker } from '../../calls/guards/params.ts'
import { noEffect } from '../../calls/without-effect.ts'
import type { ContextProblem } from '../block.ts'
import { edgesOfEndpoints } from './endpoints.ts'
import { type ServiceValues, serversOf } from './params.ts'
import { computesInCycles } from './work.ts'

/** Fields of a service that have no effect beside the others. */
export function withoutEffect(values: ServiceValues): readonly ContextProblem[] {
  return [
    ...clockWithoutCycles(values),
    ...queueWithoutLimit(values),
    ...callsOfNobody(values),
    ...breakersOfLastCalls(values),
  ]
}

/** What is said of calls that no step makes. */
function callsOfNobody(values: ServiceValues): readonly ContextProblem[] {
  const called = new Set(edgesOfEndpoints(values).map(({ to }) => to.block))
  return (values.calls ?? [])
    .filter((name) => !called.has(name))
    .map((name) => noEffect(`calls.${name}`, `no step calls \`${name}\``, 'remove it, or write the step'))
}

/** A breaker that counts the last calls has no window of time; all calls to one block share it. */
function breakersOfLastCalls(values: ServiceValues): readonly ContextProblem[] {
  const byBlock = new Map(edgesOfEndpoints(values).map(({ to, options }) => [to.block, options?.breaker]))
  return [...byBlock].flatMap(([block, breaker]) => {
    if (breaker === undefined || typeof breaker.opens === 'number') return []
    const idle = [
      ...(breaker.window === usualBreaker.windowMs ? [] : ['window']),
      ...(breaker['least-calls'] === usualBreaker.leastCalls ? [] : ['least-calls']),
    ]
    return idle.map((field) =>
      noEffect(
        `calls.${block}.breaker.${field}`,
        'the breaker counts the last calls',
        `write \`opens: 50%\`, or remove \`${field}\``,
      ),
    )
  })
}

function clockWithoutCycles(values: ServiceValues): readonly ContextProblem[] {
  if (values.clock === undefined || computesInCycles(values)) return []
  return [noEffect('clock', 'no step computes in cycles', 'write `compute: 3M cycles`, or remove `clock`')]
}

/** With unlimited workers no request waits for one. */
function queueWithoutLimit(values: ServiceValues): readonly ContextProblem[] {
  if (serversOf(values).some(({ workers }) => Number.isFinite(workers))) return []
  const why = 'workers are unlimited'
  return [
    ...(values.limit === 'unlimited' ? [] : [noEffect('limit', why, 'limit `workers`, or remove `limit`')]),
    ...(values.shed.name === 'none' || values.shed.name === 'adaptive-limit'
      ? []
      : [noEffect('shed', why, 'limit `workers`, or write `shed: adaptive-limit`')]),
    ...(values.ordering === 'fifo' ? [] : [noEffect('ordering', why, 'limit `workers`, or remove `ordering`')]),
  ]
}
