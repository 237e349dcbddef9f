import { count } from '../../../support/params.ts'
import { Heap } from './heap.ts'
import { none } from './lists.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

export const perfectLfu = eviction({
  name: 'perfect-lfu',
  title: 'LFU with its history',
  summary:
    'Evicts the entry that was requested the fewest times ever: counts outlive the entry, as long as its key is remembered. Among equals the one not requested for the longest time goes.',
  source:
    'L. Breslau, P. Cao, L. Fan, G. Phillips, S. Shenker, "Web caching and Zipf-like distributions: evidence and implications", INFOCOM 1999 (there: Perfect-LFU)',
  goodFor:
    'a bound: in the long run, under independent requests of fixed popularity, no policy that knows only the past hits more often',
  costs: 'remembers up to a million keys that are not in, or as `remembered` says, and never forgets old favourites',
  aliases: ['lfu-perfect'],
  examples: [
    {
      capacity: 2,
      requests: 'a a a b c b c b',
      evicts: 'b c b c',
      because: 'b and c throw each other out; their counts go on all the same',
    },
    {
      capacity: 1,
      requests: 'a b a c b',
      evicts: 'a b a c',
      because: 'a newcomer is always let in, whatever it evicts',
    },
  ],
  params: {
    remembered: count({
      meaning: 'keys that are not in and whose counts are kept, the last requested first',
      default: '1M',
      max: '100M',
    }),
  },
  create: ({ remembered }, slots) => new History(remembered, slots),
})

class History implements Evictor {
  private readonly counts: Heap
  private readonly ghosts
  private readonly most: number
  private readonly slots: Slots
  /** Of the key that is coming in, before. */
  private requests = 0

  constructor(most: number, slots: Slots) {
    this.most = most
    this.slots = slots
    this.counts = new Heap(slots)
    this.ghosts = slots.lists(1)
  }

  hit(slot: number): void {
    this.counts.set(slot, (this.counts.rank.of[slot] as number) + 1)
  }

  miss(slot: number): void {
    const isGhost = this.ghosts.of[slot] !== none
    this.requests = isGhost ? (this.counts.rank.of[slot] as number) : 0
    this.ghosts.remove(slot)
  }

  evict(): number {
    const { ghosts } = this
    const victim = this.counts.takeFirst()
    ghosts.append(0, victim)
    if ((ghosts.length[0] as number) > this.most) this.slots.release(ghosts.takeFirst(0))
    return victim
  }

  admit(slot: number): void {
    this.counts.set(slot, this.requests + 1)
  }

  forget(slot: number): void {
    this.counts.remove(slot)
    this.ghosts.remove(slot)
  }

  remembers(slot: number): boolean {
    return this.ghosts.of[slot] !== none
  }
}
