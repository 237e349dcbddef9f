import { type Lists, none } from './lists.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'

/** T1, T2: requested once, and more than once, since they came in. B1, B2: the keys that have left them. */
const [once, often, onceGone, oftenGone] = [0, 1, 2, 3]

export const arc = eviction({
  name: 'arc',
  title: 'Adaptive replacement cache',
  summary:
    'Keeps what was requested once and what was requested more often apart, each with the least recently used going first, and remembers as many keys that are gone: whichever part it misses more, it makes larger.',
  source: 'N. Megiddo, D. S. Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003, Figure 4',
  goodFor: 'requests whose nature changes: scans, loops and favourites in turns, and nothing to set',
  costs: 'remembers as many keys as it holds entries; its step size is a heuristic; some traces get fewer hits',
  seenIn: ['ZFS', 'IBM storage controllers'],
  aliases: ['adaptive-replacement-cache'],
  standInError: 0.3,
  examples: [
    {
      capacity: 2,
      requests: 'a a b c d',
      evicts: 'b c',
      because: 'a was requested twice; those requested once throw each other out',
    },
    {
      capacity: 2,
      requests: 'a a b c b d',
      evicts: 'b a b',
      because:
        'b is missed soon after it went, so that from now on one requested once has room: a goes for b, then b for d, and c stays',
    },
    {
      capacity: 2,
      requests: 'a b c d c',
      evicts: 'a b',
      because: 'all of it is new: nothing is remembered yet that could say which part is too small',
    },
  ],
  params: {},
  create: (_values, slots) => new Adaptive(slots),
})

class Adaptive implements Evictor {
  private readonly slots: Slots
  private readonly lists: Lists
  /** The weight that is wanted for `once`: p of the paper. */
  private target = 0
  /** The list of the key that is coming in. */
  private from = none

  constructor(slots: Slots) {
    this.slots = slots
    this.lists = slots.lists(4)
  }

  hit(slot: number): void {
    this.lists.moveToEnd(often, slot)
  }

  miss(slot: number): void {
    const { lists } = this
    const weight = this.slots.weightOf(slot)
    const ratio = (lists.weight[oftenGone] as number) / (lists.weight[onceGone] as number)
    this.from = lists.of[slot] as number
    // A step is one entry in the paper: the weight of this one, where entries have weights.
    if (this.from === onceGone) this.target = Math.min(this.target + weight * Math.max(1, ratio), this.slots.capacity)
    else if (this.from === oftenGone) this.target = Math.max(this.target - weight * Math.max(1, 1 / ratio), 0)
    else this.makeRoomToRemember(weight)
    lists.remove(slot)
  }

  evict(incoming: number): number {
    const { lists, from, target } = this
    const held = lists.weight[once] as number
    const isAlone = from === none && held + this.slots.weightOf(incoming) > this.slots.capacity
    // Case IV A of the paper, second half: what fills the whole cache by itself is not remembered.
    if (isAlone && lists.length[once] !== 0) return lists.takeFirst(once)
    const isOver = held > target || (from === oftenGone && held === target)
    if (lists.length[once] !== 0 && (isOver || lists.length[often] === 0)) return this.oldest(once, onceGone)
    return this.oldest(often, oftenGone)
  }

  admit(slot: number): void {
    this.lists.append(this.from === none ? once : often, slot)
  }

  forget(slot: number): void {
    this.lists.remove(slot)
  }

  remembers(slot: number): boolean {
    return this.lists.of[slot] !== none
  }

  private oldest(list: number, ghosts: number): number {
    const victim = this.lists.first[list] as number
    this.lists.moveToEnd(ghosts, victim)
    return victim
  }

  /** Case IV: `once` and its ghosts are at most as large as the cache, all four lists at most twice as large. */
  private makeRoomToRemember(weight: number): void {
    const { lists, slots } = this
    const { capacity } = slots
    while (this.firstHalf() + weight > capacity && lists.length[onceGone] !== 0)
      slots.release(lists.takeFirst(onceGone))
    const first = Math.min(this.firstHalf() + weight, capacity)
    const second = (lists.weight[often] as number) + (lists.weight[oftenGone] as number)
    let excess = first + second - 2 * capacity
    while (excess > 0 && lists.length[oftenGone] !== 0) {
      const forgotten = lists.takeFirst(oftenGone)
      excess -= slots.weightOf(forgotten)
      slots.release(forgotten)
    }
  }

  private firstHalf(): number {
    return (this.lists.weight[once] as number) + (this.lists.weight[onceGone] as number)
  }
}
