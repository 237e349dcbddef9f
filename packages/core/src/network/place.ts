import type { Definition } from '../support/definition.ts'
import { distributions } from '../support/distributions/index.ts'
import { count, distribution, duration, named, record, share, type Values } from '../support/params.ts'

/** What a line between two places is like. */
export const lineParams = {
  'round-trip': duration({ meaning: 'time there and back, half of it each way', optional: true }),
  latency: distribution({
    meaning: 'time one way, in place of `round-trip`',
    dimension: 'duration',
    family: distributions,
    optional: true,
  }),
  loss: share({ meaning: 'messages that are lost, each way', default: '0%', max: 1 }),
}

export type LineValues = Values<typeof lineParams>

/** A place in which blocks and clients are: a region with its zones. */
export const place = {
  name: 'place',
  title: 'Place',
  summary:
    'A region with zones. Blocks and sources say where they are (`in: eu-west`); their messages then take the time between the places.',
  params: {
    zones: count({
      meaning: 'zones of the place; instances are spread over them in turn',
      default: 1,
      min: 1,
      max: 100,
    }),
    'zone-round-trip': duration({
      meaning: 'time there and back between two of its zones',
      default: '0.7ms',
      source:
        'K. Anderson, "Measuring AWS Region and AZ Latency", 2020: best of 50 pings, 0.25 to 3.4 ms between zones',
    }),
    to: named({
      meaning:
        'the lines to other places; the other direction is alike. Without one, the published round trip of the two regions',
      names: 'a place',
      of: record({ meaning: 'one line', fields: lineParams, main: 'round-trip' }),
      optional: true,
    }),
  },
  misnomers: {
    latency: 'write `to: { us-east: { round-trip: 76ms } }`',
    distance: 'write `to: { us-east: { round-trip: 76ms } }`',
    distances: 'write `to: { us-east: { round-trip: 76ms } }`',
    regions: 'write each region as a place of its own',
    'availability-zones': 'write `zones: 3`',
  },
  example: { zones: 3, to: { 'us-east': { 'round-trip': '76ms' } } },
} as const satisfies Definition

export type PlaceValues = Values<typeof place.params>
