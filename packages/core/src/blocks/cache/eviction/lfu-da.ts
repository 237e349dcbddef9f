import { Heap } from './heap.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

export const lfuDa = eviction({
  name: 'lfu-da',
  title: 'LFU with dynamic ageing',
  summary:
    'Evicts the entry of least priority: its number of requests plus the age of the cache at the last of them. The age is the priority of what was evicted last; among equals the one not requested for the longest time goes.',
  source:
    'M. Arlitt, L. Cherkasova, J. Dilley, R. Friedrich, T. Jin, "Evaluating content management techniques for web proxy caches", 1999',
  goodFor: 'popularity that drifts: old favourites lose to what the cache has aged past',
  costs: 'each request costs time that grows with the logarithm of the number of entries',
  seenIn: ['Squid `heap LFUDA`'],
  aliases: ['lfu-with-dynamic-ageing', 'lfuda'],
  standInError: 0.3,
  examples: [
    {
      capacity: 2,
      requests: 'a a a b c d e d',
      evicts: 'b c a',
      because:
        'each newcomer has one more than what went before it, until the three of a, which was never requested again, are no more',
    },
    { capacity: 3, requests: 'a a b b c d', evicts: 'c', because: 'a and b were requested twice, c once' },
  ],
  params: {},
  create: (_values, slots) => new Ageing(slots),
})

class Ageing implements Evictor {
  private readonly priorities: Heap
  private readonly requests
  private age = 0

  constructor(slots: Slots) {
    this.priorities = new Heap(slots)
    this.requests = slots.numbers()
  }

  hit(slot: number): void {
    this.count(slot, (this.requests.of[slot] as number) + 1)
  }

  evict(): number {
    const victim = this.priorities.takeFirst()
    this.age = this.priorities.rank.of[victim] as number
    return victim
  }

  admit(slot: number): void {
    this.count(slot, 1)
  }

  forget(slot: number): void {
    this.priorities.remove(slot)
  }

  private count(slot: number, requests: number): void {
    this.requests.of[slot] = requests
    this.priorities.set(slot, requests + this.age)
  }
}
