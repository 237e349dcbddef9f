import { distributions } from '../../support/distributions/index.ts'
import {
  choice,
  count,
  distribution,
  duration,
  either,
  list,
  record,
  share,
  trafficPrice,
  type Values,
  weight,
} from '../../support/params.ts'
import { keptAnswers, singleFlight } from '../cache/kept-answers.ts'
import { ownCapacity } from '../cache/shelf/capacity.ts'
import type { WithEndpoints } from '../cache/way-out/endpoints.ts'

export const params = {
  of: keptAnswers.of,
  pops: either({
    meaning: 'points of presence: their number, or a list of PoPs that differ',
    formerly: 'points',
    of: [
      count({ meaning: 'number of equal PoPs', min: 1, max: 1000 }),
      list({
        meaning: 'PoPs that differ',
        min: 1,
        max: 1000,
        of: record({
          meaning: 'one PoP and its users',
          fields: {
            weight: weight({ meaning: 'share of the users that it serves, relative to the others', default: 1 }),
            'edge-latency': distribution({
              meaning: 'network latency between its users and it, each way; without it, as for the others',
              formerly: 'distance',
              dimension: 'duration',
              family: distributions,
              optional: true,
            }),
            capacity: ownCapacity,
          },
        }),
      }),
    ],
    default: 10,
  }),
  'edge-latency': distribution({
    meaning: 'network latency between users and their PoP, each way',
    formerly: 'distance',
    dimension: 'duration',
    family: distributions,
    default: '10ms',
  }),
  'origin-latency': distribution({
    meaning: 'network latency between a PoP and the origin, each way',
    formerly: 'haul',
    dimension: 'duration',
    family: distributions,
    default: '40ms',
  }),
  content: choice({
    meaning: 'pull: a PoP loads a file at its first request; push: every change is uploaded to all PoPs',
    words: ['pull', 'push'],
    default: 'pull',
  }),
  capacity: keptAnswers.capacity,
  eviction: keptAnswers.eviction,
  ttl: duration({
    meaning: 'time to live of a file that was pulled',
    default: '24h',
    above: 0,
    source: 'Amazon CloudFront: default TTL 86,400 s',
  }),
  'stale-while-revalidate': keptAnswers['stale-while-revalidate'],
  revalidation: choice({
    meaning:
      'conditional: of a file that is too old the origin is asked whether it has changed, and sends it only then; none: it is loaded again',
    words: ['conditional', 'none'],
    default: 'conditional',
  }),
  'single-flight': singleFlight({
    default: 'per-key',
    source: 'request collapsing, as Fastly and Amazon CloudFront do by default',
  }),
  names: choice({
    meaning: 'stable: a file keeps its URL when it changes; versioned: every version has a URL of its own',
    words: ['stable', 'versioned'],
    default: 'stable',
  }),
  rewrite: duration({
    meaning: 'with versioned names: time from a change until pages name the new URL',
    default: '0s',
  }),
  purge: record({
    meaning: 'a change makes every PoP forget the file; without it, files stay until their time to live ends',
    optional: true,
    fields: {
      delay: distribution({
        meaning: 'time from a change until a PoP has forgotten',
        dimension: 'duration',
        family: distributions,
        default: '150ms',
        source: 'Fastly: purges take about 150 ms worldwide',
      }),
      lost: share({ meaning: 'share of the purges that never reach a PoP', default: '0%' }),
    },
  }),
  upload: record({
    meaning: 'with `content: push`: how changed files come to the points',
    fields: {
      delay: distribution({
        meaning: 'time from a change until a PoP has the new file',
        dimension: 'duration',
        family: distributions,
        default: '5s',
      }),
      lost: share({ meaning: 'share of the uploads to a PoP that fail unnoticed', default: '0%' }),
      files: count({ meaning: 'files that every PoP has from the start, keys 1 to this', default: 0, min: 0 }),
    },
    default: {},
  }),
  start: keptAnswers.start,
  compute: keptAnswers.compute,
  cores: count({ meaning: 'cores of a PoP', default: 64, min: 1, max: 4096 }),
  'object-size': keptAnswers['object-size'],
  price: trafficPrice({ meaning: 'price of traffic to users', optional: true }),
  'origin-price': trafficPrice({ meaning: 'price of traffic from the origin', optional: true }),
}

export type CdnValues = Values<typeof params> & WithEndpoints
