import { share } from '../../../support/params.ts'
import { type Lists, none } from './lists.ts'
import type { Numbers } from './numbers.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

const [main, small, ghosts] = [0, 1, 2]
const mostRequests = 3

export const s3Fifo = eviction({
  name: 's3-fifo',
  title: 'S3-FIFO',
  summary:
    'Three queues, first in, first out. Newcomers pass through a small one; those requested more than once in it move on to the main one, the others are remembered as ghosts; a ghost that comes back goes to the main queue at once.',
  source:
    'J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023, Algorithm 1',
  goodFor: 'traffic where most objects are requested once: they leave early, at hits that only count to three',
  costs: 'what comes back too late to be a ghost passes through the small queue again; one eviction may move many',
  seenIn: ['VMware', 'Redpanda'],
  aliases: ['s3fifo'],
  standInError: 0.3,
  examples: [
    {
      capacity: 3,
      requests: 'a a a b c d',
      evicts: 'b',
      because: 'a was requested again more than once and moves on; b was not',
    },
    {
      capacity: 3,
      requests: 'a b c d a e f',
      evicts: 'a b c d',
      because: 'a is remembered and comes back to the main queue; the small one is still longer than its share',
    },
  ],
  params: {
    small: share({
      meaning: 'room for the small queue, of the capacity; as long as it is shorter, the main queue gives',
      default: '10%',
      source: 'the paper’s figure',
    }),
  },
  create: (values, slots) => new ThreeQueues(values.small, slots),
})

class ThreeQueues implements Evictor {
  private readonly slots: Slots
  private readonly lists: Lists
  /** Requests since the entry came into its queue, up to three. */
  private readonly requests: Numbers
  private readonly smallShare: number
  private readonly mainRoom: number

  constructor(smallShare: number, slots: Slots) {
    this.slots = slots
    this.lists = slots.lists(3)
    this.requests = slots.numbers()
    this.smallShare = smallShare * slots.capacity
    this.mainRoom = slots.capacity - this.smallShare
  }

  hit(slot: number): void {
    const requests = this.requests.of[slot] as number
    if (requests < mostRequests) this.requests.of[slot] = requests + 1
  }

  evict(): number {
    const { lists } = this
    const isFull = (lists.weight[small] as number) >= this.smallShare
    while (lists.length[small] !== 0 && (isFull || lists.length[main] === 0)) {
      const slot = lists.first[small] as number
      if ((this.requests.of[slot] as number) <= 1) return this.becomeGhost(slot)
      this.requests.of[slot] = 0
      lists.moveToEnd(main, slot)
      // The paper would look for a second victim then; one makes room enough.
      if ((lists.weight[main] as number) > this.mainRoom) break
    }
    return this.evictFromMain()
  }

  admit(slot: number): void {
    const isBack = this.lists.of[slot] === ghosts
    this.requests.of[slot] = 0
    this.lists.remove(slot)
    this.lists.append(isBack ? main : small, slot)
  }

  forget(slot: number): void {
    this.lists.remove(slot)
  }

  remembers(slot: number): boolean {
    return this.lists.of[slot] === ghosts
  }

  private becomeGhost(slot: number): number {
    const { lists } = this
    lists.moveToEnd(ghosts, slot)
    while ((lists.weight[ghosts] as number) > this.mainRoom && lists.length[ghosts] !== 0)
      this.slots.release(lists.takeFirst(ghosts))
    return slot
  }

  private evictFromMain(): number {
    const { lists } = this
    for (;;) {
      const slot = lists.first[main] as number
      if (slot === none) return none
      const requests = this.requests.of[slot] as number
      if (requests === 0) return lists.takeFirst(main)
      this.requests.of[slot] = requests - 1
      lists.moveToEnd(main, slot)
    }
  }
}
