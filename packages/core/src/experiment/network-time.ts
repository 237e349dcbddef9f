import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { Assumption } from '../support/params/reading.ts'

/** Whether any block of the design stands for a way over a network. */
export function takesNetworkTime({ blocks: own }: Design): boolean {
  return own.some(({ type }) => blocks.get(type).risks?.takesNetworkTime === true)
}

/** The assumptions of the design, with the one that nobody can write: calls without a link take no time. */
export function assumptionsOf(design: Design): readonly Assumption[] {
  if (takesNetworkTime(design)) return design.assumptions
  const meaning = 'time of a call on the network; a `link` gives it a latency, a bandwidth and a loss'
  return [...design.assumptions, { path: 'network', value: '0ms', meaning }]
}
