import { count, share } from '../../../support/params.ts'
import { type Lists, none } from './lists.ts'
import type { Numbers } from './numbers.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

export const lirs = eviction({
  name: 'lirs',
  title: 'Low inter-reference recency set',
  summary:
    'Ranks entries by how many others were requested between their last two requests. Nearly all room is for those with few; the rest, requested once or seldom, pass through a short queue, and their keys are remembered as long as a return would rank them among the first.',
  source:
    'S. Jiang, X. Zhang, "LIRS: an efficient low inter-reference recency set replacement policy to improve buffer cache performance", SIGMETRICS 2002, and the authors’ program of the same year',
  goodFor: 'loops larger than the cache and scans: a part of the loop stays and is hit each time',
  costs:
    'remembers up to 16 times as many keys as it has room for, or as `stack-limit` says; where favourites change quickly the old ones stay too long',
  seenIn: ['H2 (MVStore)', 'Apache Jackrabbit Oak'],
  aliases: ['low-inter-reference-recency-set'],
  examples: [
    {
      capacity: 3,
      requests: 'a b c d a e',
      evicts: 'b c',
      because: 'a was there first and stays among the few; the others pass through the queue of two',
    },
    {
      capacity: 3,
      requests: 'a b c d b e a',
      evicts: 'b c d',
      because:
        'b comes back while it is remembered and takes the place of a, which goes to the end of the queue: it is still there',
    },
  ],
  params: {
    queue: share({
      meaning: 'room for the queue, of the capacity; at least two entries, where there is room for more than three',
      default: '1%',
      source: 'the paper and the authors’ program (Lhirs)',
    }),
    'stack-limit': count({
      meaning:
        'keys in the order of their last requests, remembered ones among them, at most this many times the capacity',
      default: 16,
      min: 1,
      max: 100_000,
      source:
        'the paper has no limit, the authors’ program 2500; with 16, and not with 12, no miss on their traces differs',
    }),
  },
  create: (values, slots) => new Recencies(values.queue, values['stack-limit'], slots),
})

/**
 * The stack of the paper holds, the last requested at its end, all entries of low inter-reference recency, and what was
 * requested since the oldest of them: in the cache or only remembered. The queue holds the entries of high recency.
 */
class Recencies implements Evictor {
  private readonly slots: Slots
  private readonly stack: Lists
  private readonly queue: Lists
  /** What is in the stack and not low, in its order there. */
  private readonly high: Lists
  private readonly isLow: Numbers
  private lowWeight = 0
  private readonly queueRoom: number
  private readonly stackLimit: number
  private previous = none

  constructor(queueShare: number, stackLimit: number, slots: Slots) {
    this.slots = slots
    this.stack = slots.lists(1)
    this.queue = slots.lists(1)
    this.high = slots.lists(1)
    this.isLow = slots.numbers()
    this.queueRoom = Math.floor(queueShare * slots.capacity)
    this.stackLimit = stackLimit * slots.capacity
  }

  hit(slot: number): void {
    // Requested twice in a row counts once, as in the authors' program.
    if (slot === this.previous) return
    this.previous = slot
    if (this.isLow.of[slot] === 1) {
      const wasOldest = this.stack.first[0] === slot
      this.stack.moveToEnd(0, slot)
      if (wasOldest) this.prune()
    } else {
      this.queue.remove(slot)
      this.toTop(slot)
    }
  }

  evict(): number {
    if (this.queue.length[0] === 0) this.demote()
    return this.queue.takeFirst(0)
  }

  admit(slot: number): void {
    this.previous = slot
    this.isLow.of[slot] = 0
    const weight = this.slots.weightOf(slot)
    const isNew = this.stack.of[slot] === none
    if (isNew && this.lowWeight + weight <= this.roomForLow(weight)) {
      this.stack.append(0, slot)
      this.promote(slot, weight)
    } else this.toTop(slot)
    this.limitStack()
  }

  forget(slot: number): void {
    if (slot === this.previous) this.previous = none
    if (this.isLow.of[slot] === 1) {
      this.isLow.of[slot] = 0
      this.lowWeight -= this.slots.weightOf(slot)
    }
    this.high.remove(slot)
    this.queue.remove(slot)
    this.stack.remove(slot)
    this.prune()
  }

  remembers(slot: number): boolean {
    return this.stack.of[slot] !== none
  }

  /** An entry that was not low was requested: if the stack still knew it, it is low from now on. */
  private toTop(slot: number): void {
    if (this.stack.of[slot] === none) {
      this.stack.append(0, slot)
      this.high.append(0, slot)
      this.queue.append(0, slot)
      if (this.lowWeight === 0) this.prune()
      return
    }
    const weight = this.slots.weightOf(slot)
    this.stack.moveToEnd(0, slot)
    this.high.remove(slot)
    this.promote(slot, weight)
    while (this.lowWeight > this.roomForLow(weight) && this.stack.length[0] !== 0) this.demote()
  }

  private promote(slot: number, weight: number): void {
    this.isLow.of[slot] = 1
    this.lowWeight += weight
  }

  /** The low entry not requested for the longest time goes to the end of the queue. */
  private demote(): void {
    const oldest = this.stack.takeFirst(0)
    this.isLow.of[oldest] = 0
    this.lowWeight -= this.slots.weightOf(oldest)
    this.queue.append(0, oldest)
    this.prune()
  }

  /** The oldest in the stack is always low: what is older could not become low by being requested again. */
  private prune(): void {
    for (;;) {
      const oldest = this.stack.first[0] as number
      if (oldest === none || this.isLow.of[oldest] === 1) return
      this.takeFromStack(oldest)
    }
  }

  private limitStack(): void {
    while ((this.stack.weight[0] as number) > this.stackLimit && this.high.length[0] !== 0)
      this.takeFromStack(this.high.first[0] as number)
  }

  private takeFromStack(slot: number): void {
    this.stack.remove(slot)
    this.high.remove(slot)
    if (this.queue.of[slot] === none) this.slots.release(slot)
  }

  /** The queue has room for two such entries at least, as far as half the cache is enough for that. */
  private roomForLow(weight: number): number {
    const { capacity } = this.slots
    return capacity - Math.max(this.queueRoom, Math.min(2 * weight, capacity / 2))
  }
}
