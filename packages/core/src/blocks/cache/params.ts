import {
  choice,
  count,
  duration,
  either,
  policy,
  price,
  record,
  reference,
  share,
  type Values,
} from '../../support/params.ts'
import { spreads } from '../spread/index.ts'
import { keptAnswers, singleFlight } from './kept-answers.ts'
import { invalidationParams } from './processes/invalidation.ts'
import { updates } from './update/index.ts'
import type { WithEndpoints } from './way-out/endpoints.ts'

export const params = {
  of: keptAnswers.of,
  update: policy({
    meaning: 'in which order cache and origin are read and written',
    family: updates,
    default: 'cache-aside',
  }),
  writes: policy({
    meaning: 'update policy of writes, if it differs from `update`',
    family: updates,
    optional: true,
  }),
  eviction: keptAnswers.eviction,
  capacity: keptAnswers.capacity,
  instances: count({ meaning: 'nodes, each of this capacity', default: 1, min: 1, max: 10_000 }),
  spread: policy({ meaning: 'node of each key', family: spreads, default: 'ring' }),
  per: either({
    meaning:
      'who has a cache of his own: each instance of a service, in its memory, where it dies with the instance; or each session of the traffic, as in a browser',
    of: [
      reference({ meaning: 'a service', to: 'block', accepts: ['service'] }),
      choice({ meaning: 'whose', words: ['session'] }),
    ],
    optional: true,
  }),
  ttl: duration({
    meaning: 'time to live of an entry, counted from when it came in',
    optional: true,
    above: 0,
  }),
  'ttl-jitter': share({
    meaning: 'largest share by which a random time to live is shortened, drawn for each entry',
    default: '0%',
  }),
  expiry: choice({
    meaning: 'absolute: the time to live begins when an entry comes in; sliding: also at every hit',
    words: ['absolute', 'sliding'],
    default: 'absolute',
  }),
  'stale-while-revalidate': keptAnswers['stale-while-revalidate'],
  'negative-ttl': duration({
    meaning: 'how long the cache remembers that a key has no object; without it, every such read goes to the origin',
    formerly: 'absent-ttl',
    optional: true,
    above: 0,
  }),
  invalidation: record({
    meaning: 'how the cache is notified of every change in the store behind it; without it, not at all',
    optional: true,
    fields: invalidationParams,
  }),
  'single-flight': singleFlight({ default: 'none' }),
  'when-down': choice({
    meaning:
      'the outcome of a call to a node that is down: refused; sent to the origin; sent to the nodes that are up, which share its keys',
    words: ['refuse', 'origin', 'others'],
    default: 'refuse',
  }),
  start: keptAnswers.start,
  compute: keptAnswers.compute,
  cores: count({ meaning: 'cores of a node, shared by the operations in work', default: 1, min: 1, max: 4096 }),
  workers: either({
    meaning: 'operations in work at once on a node; `unlimited` lets all share the cores',
    of: [count({ meaning: 'operations in work', min: 1, max: '1M' }), choice({ meaning: 'how', words: ['unlimited'] })],
    default: 'unlimited',
  }),
  'object-size': keptAnswers['object-size'],
  price: price({ meaning: 'price of a node', optional: true }),
}

export type CacheValues = Values<typeof params> & WithEndpoints
