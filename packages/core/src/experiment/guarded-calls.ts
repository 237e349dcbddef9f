import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { callCounter, refusedCounter } from '../calls/call-counters.ts'
import { reasonByCode } from '../kernel/outcome.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { BlockAnswer, GuardedCallsAnswer } from './answer.ts'
import type { RunResults } from './run-results.ts'

/** The calls of a block that pass guards, as far as any were made in the run. */
export function guardedCallsOf(results: RunResults, block: number): Pick<BlockAnswer, 'guardedCalls'> {
  const values = blockNamed(results.design, results.blocks[block] as string)
  const guarded = values === undefined ? undefined : blocks.get(values.type).measuredOfCalls?.(values.values)
  const found = [...(guarded ?? [])].flatMap(([to, guards]) =>
    guards.length === 0 || attempts(results, block, to) === 0 ? [] : [callsTo(results, block, to, guards)],
  )
  return found.length === 0 ? {} : { guardedCalls: found }
}

function attempts(results: RunResults, block: number, to: string): number {
  return countOf(results, block, callCounter('attempts', to))
}

function countOf(results: RunResults, block: number, name: string): number {
  const counter = results.counter(block, name)
  return counter < 0 ? 0 : results.blockSum(block, (cell) => cell.counters[counter] ?? 0)
}

function callsTo(results: RunResults, block: number, to: string, guards: readonly string[]): GuardedCallsAnswer {
  const subject = { kind: 'block', block: results.blocks[block] as string, callee: to } as const
  const measure = (name: string): Estimate => results.measure({ subject, measure: name })
  const of = (guard: string, name: string) => (guards.includes(guard) ? measure(name) : null)
  const counter = results.counter(block, callCounter('attempts', to))
  return {
    to,
    attemptsPerSecond: results.blockRate(block, (cell) => cell.counters[counter] ?? 0, results.measured),
    rejected: measure('rejected'),
    rejectedBecause: reasonByCode.flatMap((reason) => {
      const count = reason === undefined ? 0 : countOf(results, block, refusedCounter(reason, to))
      return reason === undefined || count === 0 ? [] : [{ reason: reason.name, count }]
    }),
    open: of('breaker', 'open'),
    connections: of('pool', 'connections'),
    connectionWaitMean: of('pool', 'connection-wait-mean'),
    retriesRefused: of('retry-budget', 'retries-refused'),
  }
}
