import { share } from '../../../support/params.ts'
import type { Lists } from './lists.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

const [main, incoming, remembered] = [0, 1, 2]

export const twoQueue = eviction({
  name: 'two-queue',
  title: '2Q',
  summary:
    'Newcomers wait in a queue, first in, first out. Only a key that comes back after it has left that queue, while it is remembered, enters the main part, where the least recently used goes.',
  source:
    'T. Johnson, D. Shasha, "2Q: a low overhead high performance buffer management replacement algorithm", VLDB 1994 (the full version)',
  goodFor: 'scans mixed with favourites: what is requested once never reaches the main part',
  costs: 'two sizes to choose; requests that follow each other closely count for nothing',
  seenIn: ['PostgreSQL (8.0.2)', 'OpenBSD (buffer cache)'],
  aliases: ['2q', '2Q'],
  standInError: 0.3,
  examples: [
    {
      capacity: 4,
      requests: 'a b c d e a f',
      evicts: 'a b c',
      because:
        'the queue holds more than its quarter, so the oldest in it goes; a comes back to stay, and f finds c the oldest',
    },
    {
      capacity: 4,
      requests: 'a a a b c d e',
      evicts: 'a',
      because: 'being requested again while in the queue counts for nothing',
    },
  ],
  params: {
    newcomers: share({
      meaning: 'share of the capacity for newcomers; their queue may be longer while nothing else can be evicted',
      formerly: 'in',
      default: '25%',
      source: 'the paper’s Kin',
    }),
    remembered: share({
      meaning: 'keys remembered after they have left the queue, as a share of the capacity',
      formerly: 'out',
      default: '50%',
      source: 'the paper’s Kout',
    }),
  },
  create: (values, slots) => new TwoQueues(values, slots),
})

/** `incoming` is A1in of the paper, `remembered` A1out, `main` Am. */
class TwoQueues implements Evictor {
  private readonly slots: Slots
  private readonly lists: Lists
  private readonly most: { readonly newcomers: number; readonly remembered: number }
  private isBack = false

  constructor(values: { readonly newcomers: number; readonly remembered: number }, slots: Slots) {
    this.slots = slots
    this.lists = slots.lists(3)
    this.most = { newcomers: values.newcomers * slots.capacity, remembered: values.remembered * slots.capacity }
  }

  hit(slot: number): void {
    if (this.lists.of[slot] === main) this.lists.moveToEnd(main, slot)
  }

  miss(slot: number): void {
    this.isBack = this.lists.of[slot] === remembered
  }

  evict(): number {
    const { lists } = this
    const isLong = (lists.weight[incoming] as number) > this.most.newcomers
    if (lists.length[main] !== 0 && (!isLong || lists.length[incoming] === 0)) return lists.takeFirst(main)
    const victim = lists.first[incoming] as number
    lists.moveToEnd(remembered, victim)
    while ((lists.weight[remembered] as number) > this.most.remembered && lists.length[remembered] !== 0)
      this.slots.release(lists.takeFirst(remembered))
    return victim
  }

  admit(slot: number): void {
    this.lists.remove(slot)
    this.lists.append(this.isBack ? main : incoming, slot)
  }

  forget(slot: number): void {
    this.lists.remove(slot)
  }

  remembers(slot: number): boolean {
    return this.lists.of[slot] === remembered
  }
}
