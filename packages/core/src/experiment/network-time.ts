import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { Assumption } from '../support/params/reading.ts'

/** Whether the design has places, or a block that stands for a way over a network. */
export function takesNetworkTime({ blocks: own, places = [] }: Design): boolean {
  return places.length > 0 || own.some(({ type }) => blocks.get(type).risks?.takesNetworkTime === true)
}

/** The assumptions of the design, with the one that nobody can write: calls without places or a link take no time. */
export function assumptionsOf(design: Design): readonly Assumption[] {
  if (takesNetworkTime(design)) return design.assumptions
  const meaning =
    'time of a call on the network; `places` give it the time between them, a `link` a latency, a bandwidth and a loss'
  return [...design.assumptions, { path: 'network', value: '0ms', meaning }]
}
