import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { distancesSource, publishedRoundTripMs } from '../network/distances.ts'
import type { Assumption } from '../support/params/reading.ts'
import { linesFrom, writtenLine } from './design-network.ts'

/** Whether the design has places, or a block that stands for a way over a network. */
export function takesNetworkTime({ blocks: own, places = [] }: Design): boolean {
  return places.length > 0 || own.some(({ type }) => blocks.get(type).risks?.takesNetworkTime === true)
}

/** The assumptions of the design, with those that no field holds: published round trips, and that calls over no network take no time. */
export function assumptionsOf(design: Design): readonly Assumption[] {
  if (takesNetworkTime(design))
    return [...design.assumptions, ...publishedRoundTrips(design)].toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const meaning =
    'time of a call on the network; `places` give it the time between them, a `link` a latency, a bandwidth and a loss'
  return [...design.assumptions, { path: 'network', value: '0ms', meaning }]
}

/** The round trips between places of which the design gives no time, at the place that has the line if one has. */
function publishedRoundTrips(design: Design): readonly Assumption[] {
  const names = (design.places ?? []).map(({ name }) => name)
  return names.flatMap((one, i) =>
    names.slice(i + 1).flatMap((other): readonly Assumption[] => {
      const written = writtenLine(design, one, other)
      const roundTripMs = publishedRoundTripMs(one, other)
      if (written?.latency !== undefined || written?.['round-trip'] !== undefined || roundTripMs === undefined)
        return []
      const [from, to] =
        written !== undefined && linesFrom(design, one)[other] === undefined ? [other, one] : [one, other]
      const meaning = 'published round trip of the two regions'
      return [
        { path: `places.${from}.to.${to}.round-trip`, value: `${roundTripMs}ms`, meaning, source: distancesSource },
      ]
    }),
  )
}
