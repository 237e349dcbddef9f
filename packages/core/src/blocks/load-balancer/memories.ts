import type { Memory } from '../../calls/guards/memory.ts'
import { longestMs } from './ejection.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** The time in which ejections of a target that always fails grow to the longest counts up to so many times the longest. */
const mostOfGrowth = 10

/** What a balancer remembers of its targets: ejections, failed checks, targets that came back, and clients that moved. */
export function memoriesOf(values: LoadBalancerValues): readonly Memory[] {
  const { ejection, 'health-check': check, 'slow-start': slowStartMs = 0, sticky } = values
  const memories: Memory[] = []
  if (ejection !== undefined) {
    const lastsMs = longestMs + slowStartMs
    const forgetsMs = Math.min(grownAfterMs(ejection.for), mostOfGrowth * longestMs) + slowStartMs
    memories.push({ part: 'ejection', forgetsMs, lastsMs, acts: { counter: 'ejections' } })
  }
  if (slowStartMs > 0) memories.push(afterFault('slow-start', slowStartMs))
  if (check !== undefined)
    memories.push(afterFault('health-check', check.every * Math.max(check.fails, check.passes) + check.timeout))
  const forMs = (sticky?.values as { readonly for?: number } | undefined)?.for
  if (forMs !== undefined) memories.push(afterFault('sticky', forMs))
  return memories
}

function afterFault(part: string, ms: number): Memory {
  return { part, forgetsMs: ms, lastsMs: ms, acts: 'after a fault' }
}

/** When a target that always fails has been ejected for the longest time: each ejection is longer than the last by `forMs`. */
function grownAfterMs(forMs: number): number {
  const ejections = Math.ceil(longestMs / forMs)
  const growing = ejections - 1
  return (forMs * growing * (growing + 1)) / 2 + longestMs
}
