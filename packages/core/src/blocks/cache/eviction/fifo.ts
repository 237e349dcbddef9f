import { eviction } from './policy.ts'

export const fifo = eviction({
  name: 'fifo',
  title: 'First in, first out',
  summary: 'Evicts the entry that came in first, however often it was requested since.',
  source:
    'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  goodFor: 'hits that must cost nothing: they change no order, so they need no lock',
  costs: 'evicts favourites in their turn; more room can even mean more misses (the anomaly of Bélády)',
  seenIn: ['browser and flash caches', 'Apache Traffic Server (cyclone)'],
  aliases: ['first-in-first-out'],
  holds: 'arrival',
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a b c a d',
      evicts: 'a',
      because: 'a came first; that it was requested again counts for nothing',
    },
    {
      capacity: 3,
      requests: '1 2 3 4 1 2 5 1 2 3 4 5',
      evicts: '1 2 3 4 1 2',
      because: "Bélády's anomaly: nine misses with three entries, ten with four",
    },
    {
      capacity: 4,
      requests: '1 2 3 4 1 2 5 1 2 3 4 5',
      evicts: '1 2 3 4 5 1',
      because: "Bélády's anomaly: nine misses with three entries, ten with four",
    },
  ],
  params: {},
  create(_values, slots) {
    const byArrival = slots.lists(1)
    return {
      hit() {},
      evict: () => byArrival.takeFirst(0),
      admit: (slot) => byArrival.append(0, slot),
      forget: (slot) => byArrival.remove(slot),
    }
  },
})
