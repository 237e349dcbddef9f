import { eviction } from './policy.ts'

export const random = eviction({
  name: 'random',
  title: 'Random',
  summary: 'Evicts any entry, each with the same probability.',
  source:
    'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  goodFor: 'hits that must cost nothing; no sequence of requests is its worst case, not even a loop',
  costs:
    'evicts favourites as readily as the rest; under independent requests it hits as often as `fifo`, less than `lru`',
  seenIn: ['Redis `allkeys-random`', 'caches of processors'],
  aliases: ['rand'],
  holds: 'arrival',
  standInError: 0.3,
  examples: [
    { capacity: 1, requests: 'a b a a c', evicts: 'a b a', because: 'with room for one there is no choice' },
    { capacity: 3, requests: 'a b c a b c', evicts: '', because: 'all fits' },
  ],
  params: {},
  create(_values, slots) {
    // The entries in a row without gaps, and the place of each in it.
    const row = slots.numbers()
    const placeOf = slots.numbers()
    let count = 0
    const takeFrom = (place: number) => {
      const last = row.of[--count] as number
      row.of[place] = last
      placeOf.of[last] = place
    }
    return {
      hit() {},
      evict() {
        const place = Math.floor(slots.random.next() * count)
        const victim = row.of[place] as number
        takeFrom(place)
        return victim
      },
      admit(slot) {
        row.of[count] = slot
        placeOf.of[slot] = count++
      },
      forget: (slot) => takeFrom(placeOf.of[slot] as number),
    }
  },
})
