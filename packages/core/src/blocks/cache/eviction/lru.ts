import { eviction } from './policy.ts'

export const lru = eviction({
  name: 'lru',
  title: 'Least recently used',
  summary: 'Evicts the entry that was not requested for the longest time.',
  source: 'R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", 1970',
  goodFor: 'requests where what was requested recently is requested again',
  costs: 'one scan through more than fits flushes all; a loop slightly larger than the cache never hits',
  seenIn: ['memcached (segmented)', 'Redis `allkeys-lru` (sampled)', 'Varnish'],
  aliases: ['least-recently-used'],
  settledWhenFull: true,
  holds: 'recency',
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a b c a d',
      evicts: 'b',
      because: 'a was requested again after b and c, and b is older than c',
    },
    { capacity: 2, requests: 'a b c a b c', evicts: 'a b c a', because: 'a loop larger than the cache never hits' },
  ],
  params: {},
  create(_values, slots) {
    const byAge = slots.lists(1)
    return {
      hit: (slot) => byAge.moveToEnd(0, slot),
      evict: () => byAge.takeFirst(0),
      admit: (slot) => byAge.append(0, slot),
      forget: (slot) => byAge.remove(slot),
    }
  },
})
