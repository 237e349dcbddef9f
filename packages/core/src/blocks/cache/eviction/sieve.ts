import { none } from './lists.ts'
import { eviction } from './policy.ts'

export const sieve = eviction({
  name: 'sieve',
  title: 'SIEVE',
  summary:
    'A hand moves from the oldest entry to the newest: it spares those requested since it last passed, and evicts the first other one. What it spares stays where it is, so that newcomers are sifted first.',
  source:
    'Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, "SIEVE is simpler than LRU: an efficient turn-key eviction algorithm for web caches", NSDI 2024',
  goodFor: 'web traffic, where most objects are requested once: they leave soon, at hits that only set a bit',
  costs:
    'not safe against scans and loops in which each block is read twice in a short time; old favourites leave slowly',
  seenIn: ['Pelikan', 'dnscrypt-proxy'],
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a b c a d e',
      evicts: 'b c',
      because: 'the hand spares a, evicts b, and goes on from there: a is not looked at again yet',
    },
    {
      capacity: 2,
      requests: 'a b a b c',
      evicts: 'a',
      because: 'both were requested again: the hand clears both marks and comes round to a',
    },
  ],
  params: {},
  create(_values, slots) {
    const byArrival = slots.lists(1)
    const visited = slots.numbers()
    /** Where the next search begins; `none`: at the oldest. */
    let hand = none
    return {
      hit(slot) {
        visited.of[slot] = 1
      },
      evict() {
        let slot = hand === none ? (byArrival.first[0] as number) : hand
        while (visited.of[slot] === 1) {
          visited.of[slot] = 0
          const newer = byArrival.after[slot] as number
          slot = newer === none ? (byArrival.first[0] as number) : newer
        }
        hand = byArrival.after[slot] as number
        byArrival.remove(slot)
        return slot
      },
      admit(slot) {
        visited.of[slot] = 0
        byArrival.append(0, slot)
      },
      forget(slot) {
        if (slot === hand) hand = byArrival.after[slot] as number
        byArrival.remove(slot)
      },
    }
  },
})
