import { eviction } from './policy.ts'

export const mru = eviction({
  name: 'mru',
  title: 'Most recently used',
  summary: 'Evicts the entry that was requested last.',
  source:
    'H.-T. Chou, D. J. DeWitt, "An evaluation of buffer management strategies for relational database systems", VLDB 1985',
  goodFor: 'a loop larger than the cache: what was just read is what will not be read for longest',
  costs: 'useless for requests that favour the recent: what came first stays forever',
  seenIn: ['buffers of databases, for nested loops'],
  aliases: ['most-recently-used'],
  examples: [
    { capacity: 2, requests: 'a b c a', evicts: 'b', because: 'b was requested last when c came' },
    {
      capacity: 3,
      requests: 'a b c d a b c d',
      evicts: 'c b',
      because: 'of a loop of four, two of three are hit in the second round',
    },
  ],
  params: {},
  create(_values, slots) {
    const newestFirst = slots.lists(1)
    return {
      hit(slot) {
        newestFirst.remove(slot)
        newestFirst.prepend(0, slot)
      },
      evict: () => newestFirst.takeFirst(0),
      admit: (slot) => newestFirst.prepend(0, slot),
      forget: (slot) => newestFirst.remove(slot),
    }
  },
})
