import { Lists, none } from './lists.ts'
import type { Numbers } from './numbers.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

const inUse = 0
const spare = 1

export const lfu = eviction({
  name: 'lfu',
  title: 'Least frequently used',
  summary:
    'Evicts the entry that was requested the fewest times since it came in; among equals the one not requested for the longest time.',
  source: 'K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010',
  goodFor: 'popularity that stays as it is',
  costs: 'yesterday’s favourites stay: counts are never forgotten while an entry is in',
  seenIn: ['Redis `allkeys-lfu` (sampled, decaying)'],
  aliases: ['least-frequently-used'],
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a a b b c d',
      evicts: 'c',
      because: 'a and b were requested twice, c once',
    },
    {
      capacity: 2,
      requests: 'a b c',
      evicts: 'a',
      because: 'all were requested once: the one not requested for the longest time goes',
    },
    {
      capacity: 2,
      requests: 'a a a b c b c',
      evicts: 'b c b',
      because: 'each newcomer is evicted by the next, while the count of a keeps it in forever',
    },
  ],
  params: {},
  create: (_values, slots) => new Frequencies(slots),
})

/** Entries on one list for each number of requests that some entry has; the lists themselves in order of that number. */
class Frequencies implements Evictor {
  private readonly entries: Lists
  private readonly order = new Lists(2, 16)
  private readonly requests: Numbers

  constructor(slots: Slots) {
    this.entries = slots.lists(16)
    this.requests = slots.numbers()
    for (let list = 0; list < 16; list++) this.order.append(spare, list)
  }

  hit(slot: number): void {
    const list = this.entries.of[slot] as number
    const count = (this.requests.of[slot] as number) + 1
    let next = this.order.after[list] as number
    if (next === none || this.countOf(next) !== count) {
      next = this.takeSpare()
      this.order.insertAfter(list, next)
    }
    this.forget(slot)
    this.requests.of[slot] = count
    this.entries.append(next, slot)
  }

  evict(): number {
    const victim = this.entries.first[this.order.first[inUse] as number] as number
    this.forget(victim)
    return victim
  }

  admit(slot: number): void {
    let list = this.order.first[inUse] as number
    if (list === none || this.countOf(list) !== 1) {
      list = this.takeSpare()
      this.order.prepend(inUse, list)
    }
    this.requests.of[slot] = 1
    this.entries.append(list, slot)
  }

  forget(slot: number): void {
    const list = this.entries.of[slot] as number
    if (list === none) return
    this.entries.remove(slot)
    if (this.entries.length[list] === 0) this.order.moveToEnd(spare, list)
  }

  private countOf(list: number): number {
    return this.requests.of[this.entries.first[list] as number] as number
  }

  private takeSpare(): number {
    if (this.order.length[spare] === 0) {
      const count = this.order.of.length
      this.order.grow(count * 2)
      this.entries.growLists(count * 2)
      for (let list = count; list < count * 2; list++) this.order.append(spare, list)
    }
    return this.order.takeFirst(spare)
  }
}
