import { update } from './update.ts'

export const cacheAside = update({
  name: 'cache-aside',
  title: 'Cache-aside',
  summary:
    'The caller asks the cache; on a miss it asks the origin and puts the answer into the cache. It writes to the origin, then deletes from the cache.',
  source: 'R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, section 2',
  goodFor: 'read-mostly data; the cache needs to know nothing of the origin',
  costs: 'three trips for a miss; a load that overtakes a write leaves an old value until it expires',
  seenIn: ['memcached', 'Redis (as most use it)'],
  aliases: ['look-aside', 'lazy-loading'],
  params: {},
  read: [
    { trip: 'get', by: 'caller' },
    { trip: 'load', by: 'caller' },
    { trip: 'put', by: 'caller' },
  ],
  write: [
    { trip: 'forward', by: 'caller' },
    { trip: 'delete', by: 'caller' },
  ],
})
