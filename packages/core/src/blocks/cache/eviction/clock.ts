import { count } from '../../../support/params.ts'
import { eviction } from './policy.ts'

export const clock = eviction({
  name: 'clock',
  title: 'Clock (second chance)',
  summary:
    'A hand goes round the entries in order of arrival: it skips entries requested since its last visit, and evicts the first that was not.',
  source:
    'F. J. Corbató, "A paging experiment with the Multics system", 1968; several bits: A. J. Smith, "Sequentiality and prefetching in database systems", ACM TODS 3(3), 1978',
  goodFor: 'nearly what `lru` hits, at hits that only set a bit',
  costs: 'one eviction may go round the whole cache; a scan flushes it as it does `lru`',
  seenIn: ['PostgreSQL (five steps instead of one bit)', 'page caches of operating systems'],
  aliases: ['second-chance', 'fifo-reinsertion'],
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a b c a d',
      evicts: 'b',
      because: 'the hand passes by a, whose bit is set, and clears it; b has not been requested again',
    },
    {
      capacity: 2,
      requests: 'a b a b c d',
      evicts: 'a b',
      because: 'all bits are set: the hand goes round once, clears them, and is back at a',
    },
    {
      capacity: 2,
      requests: 'a a a b c d',
      evicts: 'b c',
      because: 'with two bits a is passed by as often as it was requested again, up to three times',
      values: { bits: 2 },
    },
  ],
  params: {
    bits: count({
      meaning: 'size of the count of requests that an entry keeps; the hand takes off one each time',
      default: 1,
      min: 1,
      max: 8,
    }),
  },
  create({ bits }, slots) {
    // The hand is at the first; what it passes by goes to the end.
    const ring = slots.lists(1)
    const chances = slots.numbers()
    const most = (1 << bits) - 1
    return {
      hit(slot) {
        const count = chances.of[slot] as number
        if (count < most) chances.of[slot] = count + 1
      },
      evict() {
        for (;;) {
          const slot = ring.first[0] as number
          const count = chances.of[slot] as number
          if (count === 0) return ring.takeFirst(0)
          chances.of[slot] = count - 1
          ring.moveToEnd(0, slot)
        }
      },
      admit(slot) {
        chances.of[slot] = 0
        ring.append(0, slot)
      },
      forget: (slot) => ring.remove(slot),
    }
  },
})
