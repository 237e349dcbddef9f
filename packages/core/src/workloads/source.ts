import { callMisnomers, callParams } from '../calls/params.ts'
import { keyDistributions } from '../keys/index.ts'
import { clientsIn } from '../network/in.ts'
import type { Definition } from '../support/definition.ts'
import { distributions } from '../support/distributions/index.ts'
import { keeping, type Misnomers, renamed } from '../support/misnomers.ts'
import {
  choice,
  count,
  distribution,
  duration,
  either,
  factor,
  list,
  named,
  policy,
  rate,
  record,
  reference,
  text,
  type Values,
  weight,
} from '../support/params.ts'
import { recordedTrace } from '../traces/recorded.ts'
import { arrivals } from './arrivals/index.ts'
import { shapes } from './shapes/index.ts'

const requestParams = {
  weight: weight({ meaning: 'share of the traffic, relative to the other kinds', default: 1 }),
  to: reference({ meaning: 'block that the request calls', to: 'operation' }),
  key: policy({ meaning: 'key of the object that it requests', family: keyDistributions, optional: true }),
  http: list({
    formerly: 'match',
    meaning:
      'which requests of a replayed trace are of this kind, by method and beginning of the path: `GET /photos`, `/photos` or `POST`; the longest fits best, and kinds without it share the rest by weight',
    of: text({ meaning: 'a method, the beginning of a path, or both' }),
    single: true,
    max: 100,
    optional: true,
  }),
  size: distribution({
    meaning: 'bytes sent with the request',
    dimension: 'size',
    family: distributions,
    default: '0B',
  }),
  priority: count({
    meaning: 'priority in a queue with `ordering: priority`: 0 is served first, 9 last',
    default: 5,
    min: 0,
    max: 9,
  }),
  deadline: duration({ meaning: 'latest answer that counts as available', optional: true }),
  ...callParams,
}

/** What `defaults` may say of all requests. */
export const sharedRequestParams = (({ to: _to, weight: _weight, http: _http, ...shared }) => shared)(requestParams)

const requestMisnomers: Misnomers = {
  ...callMisnomers,
  method: 'in a replay write `http: GET /photos`; otherwise remove it: the name of the request is its operation',
  path: 'in a replay write `http: GET /photos`; otherwise remove it: the name of the request is its operation',
  url: 'write `to: front`, the block that is called',
  target: 'write `to: front`',
  rate: 'write `rate` at the source, and `weight: 2` at the request',
  share: keeping('2', 'write `weight: {given}`: requests are sent in proportion to their weights'),
}

/** One source of traffic: an open loop with a rate, a closed one with users who think, or a job. */
export const source = {
  name: 'source',
  title: 'Traffic source',
  summary: 'Visitors, devices, jobs: whatever sends requests into the system and waits for the answers.',
  misnomers: {
    rps: renamed('rate', '100', '{given}/s'),
    qps: renamed('rate', '100', '{given}/s'),
    tps: renamed('rate', '100', '{given}/s'),
    'think-time': renamed('think', '5s'),
    clients: renamed('users', '100'),
    requests_per_second: renamed('rate', '100', '{given}/s'),
    throughput: keeping('100/s', 'write `rate: {given}`'),
    concurrency: keeping('100', 'write `users: {given}`, each with one request at a time'),
    vus: renamed('users', '100'),
    duration: renamed('for', '60s'),
    pattern: 'write `shape: { type: spike, factor: 3, at: 60s }`',
    type: 'remove it: `rate` makes an open loop, `users` a closed one',
    target: 'write `requests: { view: { to: front } }`',
    endpoint: 'write `requests: { view: { to: front } }`',
    to: 'write `requests: { view: { to: front } }`',
    key: 'write `requests: { view: { to: front, key: zipf 0.9 over 50k } }`',
  },
  problems: [
    {
      code: 'unknown-trace',
      title: 'A trace that cannot be read',
      meaning: 'The file has no known format, or most of it cannot be read in the named format.',
      remedy: 'Name its format, with columns or fields: `replay: { file: …, format: … }`.',
    },
    {
      code: 'trace-entries-left-out',
      title: 'Entries of a trace that could not be read',
      meaning: 'Some lines or records are not of the format of the others. The rest is replayed without them.',
      remedy: 'Look at the entry that is shown; if it should count, fix it or name another format.',
    },
    {
      code: 'unmatched-requests',
      title: 'Requests of a trace that are of no kind',
      meaning: 'Every kind of request says what it matches, and some requests of the trace match none of them.',
      remedy: 'Widen a `http`, or leave it out at one kind, which then takes the rest.',
    },
    {
      code: 'no-times',
      title: 'A trace without times, and no rate',
      meaning: 'The trace tells which keys were requested and not when.',
      remedy: 'Say how fast its requests come: `rate: 200/s`.',
    },
  ],
  params: {
    rate: rate({
      meaning: 'requests per second of an open loop: they come whether or not earlier ones were answered',
      optional: true,
    }),
    arrival: policy({
      meaning: 'how requests of an open loop follow one another',
      family: arrivals,
      default: 'poisson',
    }),
    shape: policy({ meaning: 'how the rate changes with time', family: shapes, default: 'constant' }),
    replay: recordedTrace(
      'a recorded trace or access log in place of drawn requests: its keys in its order, at its times; with `rate`, at that rate instead. Every replication has the same requests',
    ),
    speed: factor({
      meaning: 'how many times as fast as it was recorded a trace is replayed; once if not given',
      optional: true,
      above: 0,
      max: 1e6,
    }),
    users: count({
      meaning: 'users of a closed loop: each waits for the answer, thinks, and asks again',
      optional: true,
      min: 1,
      max: '1M',
    }),
    at: duration({
      meaning: 'when the first request may come; without it, 0 s',
      optional: true,
    }),
    for: duration({ meaning: 'how long requests begin, from `at` on', optional: true, above: 0 }),
    every: duration({
      meaning: 'period of a job: `count` requests come at once, every so long from `at` on',
      optional: true,
      above: 0,
    }),
    count: count({
      meaning: 'requests in all; with `every`, requests each time (1 if not given); alone, all come at once at `at`',
      optional: true,
      min: 1,
    }),
    start: either({
      meaning:
        'when users begin: each within a think of its own (`spread`), all at once (`together`), or evenly over a time',
      of: [
        choice({ meaning: 'how', words: ['spread', 'together'] }),
        duration({ meaning: 'the time from the first user to the last' }),
      ],
      default: 'spread',
    }),
    think: distribution({
      meaning: 'pause of a user between an answer and the next request',
      dimension: 'duration',
      family: distributions,
      default: 'exponential 1s',
    }),
    ...clientsIn,
    sessions: count({ meaning: 'sessions among which requests are spread evenly', optional: true, min: 1 }),
    requests: named({
      meaning: 'the kinds of request, by name',
      names: 'request kind',
      of: record({
        meaning: 'one kind of request',
        fields: requestParams,
        misnomers: requestMisnomers,
        inherits: { from: 'request' },
      }),
    }),
  },
} as const satisfies Definition

export type SourceValues = Values<typeof source.params>
export type RequestValues = SourceValues['requests'][string]
