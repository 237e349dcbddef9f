import { Lists, none } from './lists.ts'
import { eviction } from './policy.ts'

const inUse = 0
const spare = 1

export const lfu = eviction({
  name: 'lfu',
  title: 'Least frequently used',
  summary:
    'Throws out the entry that was asked for the fewest times since it came in; among equals the one not asked for the longest.',
  source: 'K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010',
  goodFor: 'popularity that stays as it is',
  costs: 'yesterday’s favourites stay: counts are never forgotten while an entry is in',
  seenIn: ['Redis `allkeys-lfu` (sampled, decaying)'],
  aliases: ['least-frequently-used'],
  examples: [
    {
      capacity: 3,
      requests: 'a a b b c d',
      evicts: 'c',
      because: 'a and b were asked for twice, c once',
    },
    {
      capacity: 2,
      requests: 'a b c',
      evicts: 'a',
      because: 'all were asked for once: the one not asked for the longest goes',
    },
    {
      capacity: 2,
      requests: 'a a a b c b c',
      evicts: 'b c b',
      because: 'each newcomer is thrown out by the next, while the count of a keeps it in for ever',
    },
  ],
  params: {},
  create(_values, slots) {
    /** One list for each number of requests that some entry has, in `order` by that number. */
    const entries = slots.lists(16)
    const order = new Lists(2, 16)
    for (let list = 0; list < 16; list++) order.append(spare, list)
    const requests = slots.numbers()

    const takeSpare = (): number => {
      if (order.length[spare] === 0) {
        const count = order.of.length
        order.grow(count * 2)
        entries.growLists(count * 2)
        for (let list = count; list < count * 2; list++) order.append(spare, list)
      }
      return order.takeFirst(spare)
    }
    const countOf = (list: number): number => requests.of[entries.first[list] as number] as number
    const leave = (slot: number): void => {
      const list = entries.of[slot] as number
      if (list === none) return
      entries.remove(slot)
      if (entries.length[list] === 0) order.moveToEnd(spare, list)
    }
    return {
      hit(slot) {
        const list = entries.of[slot] as number
        const count = (requests.of[slot] as number) + 1
        let next = order.after[list] as number
        if (next === none || countOf(next) !== count) {
          next = takeSpare()
          order.insertAfter(list, next)
        }
        leave(slot)
        requests.of[slot] = count
        entries.append(next, slot)
      },
      evict() {
        const victim = entries.first[order.first[inUse] as number] as number
        leave(victim)
        return victim
      },
      admit(slot) {
        let list = order.first[inUse] as number
        if (list === none || countOf(list) !== 1) {
          list = takeSpare()
          order.prepend(inUse, list)
        }
        requests.of[slot] = 1
        entries.append(list, slot)
      },
      forget: leave,
    }
  },
})
