import { cityOf, distancesSource, publishedRoundTripMs, regionsWithDistances } from '../network/distances.ts'
import { type Entry, entry } from './entry.ts'

/** Names of places whose distances are published: a design need not write them. */
export const regionEntries: readonly Entry[] = regionsWithDistances.map((region) => {
  const others = regionsWithDistances.filter((other) => other !== region)
  const [other = ''] = others
  return entry({
    word: region,
    family: 'region',
    title: `Region with published round trips, measured at ${cityOf(region)}`,
    summary:
      'A place with this name needs no `to` for its lines to the other regions. The list shows the round trip to each.',
    written: [`places: { ${region}: { zones: {count} } }`, `in: ${region}`, `in: ${region}.zone-1`],
    members: others.map((name) => ({ name, summary: `${publishedRoundTripMs(region, name)} ms (${cityOf(name)})` })),
    example: `places:\n  ${region}: { zones: 3 }\n  ${other}: {}`,
    source: distancesSource,
    standsAt: ['places'],
  })
})
