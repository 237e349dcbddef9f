import { either, list, named, type Params, reference, share } from '../support/params.ts'

const place = reference({ meaning: 'a place, or one of its zones', to: 'place' })

/** Where a block is: every block has this field. */
export const inPlaces = {
  in: list({
    meaning:
      'where its instances are: a place, a zone such as `eu-west.zone-1`, or a list of them that is gone round in turn. Without it in the only place, or nowhere if there are several: its messages then take no time',
    of: place,
    single: true,
    min: 1,
    max: 100,
    optional: true,
  }),
} as const satisfies Params

/** Where the clients of a source are. */
export const clientsIn = {
  in: either({
    meaning:
      'where the clients are: a place, a list of places with equal shares, or shares by place that add up to 100%: `{ eu-west: 60%, us-east: 40% }`. Without it in the only place, or nowhere if there are several',
    of: [
      list({ meaning: 'places with equal shares', of: place, single: true, min: 1, max: 100 }),
      named({
        meaning: 'shares by place',
        names: 'a place',
        refersTo: 'place',
        of: share({ meaning: 'share of the clients' }),
      }),
    ],
    optional: true,
  }),
} as const satisfies Params
