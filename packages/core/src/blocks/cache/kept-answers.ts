import { distributions } from '../../support/distributions/index.ts'
import { choice, distribution, duration, policy, reference } from '../../support/params.ts'
import { evictions } from './eviction/index.ts'
import { capacity } from './shelf/capacity.ts'

/** Fields of whatever keeps answers of an origin: of a cache and of a CDN. */
export const keptAnswers = {
  of: reference({
    meaning:
      'the origin: the block behind it, or its operation that misses read; for a service without `any`, all its endpoints share the room, and endpoints that write or publish pass uncached',
    to: 'operation',
    // Whatever answers: a queue has nothing that one could read.
    accepts: ['link', 'load-balancer', 'service', 'cache', 'cdn', 'database'],
  }),
  eviction: policy({ meaning: 'which entry leaves when there is no room', family: evictions, default: 'lru' }),
  capacity,
  'stale-while-revalidate': duration({
    meaning: 'how long after its time to live an entry is still shown, while a new one is loaded in the background',
    optional: true,
    above: 0,
  }),
  start: choice({
    meaning:
      'warmed: holds at 0 s what its reads, and the changes that reach it, would have left in it; empty: holds nothing',
    words: ['warmed', 'empty'],
    default: 'warmed',
  }),
  compute: distribution({
    meaning: 'its own work for an operation',
    dimension: 'duration',
    family: distributions,
    default: '20us',
  }),
  'object-size': distribution({
    meaning: 'size of an object; by default the object size of the origin, or 1KiB',
    dimension: 'size',
    family: distributions,
    optional: true,
  }),
}

/** Whether misses of one key share a load: caches and CDNs differ in what they do by default. */
export function singleFlight(facts: { default: 'per-key' | 'none'; source?: string }) {
  return choice({
    meaning: 'per-key: misses of a key that is being loaded wait for that load; none: each loads for itself',
    words: ['per-key', 'none'],
    ...facts,
  })
}
