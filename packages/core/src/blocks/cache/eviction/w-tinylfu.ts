import { count, share } from '../../../support/params.ts'
import { type Lists, none } from './lists.ts'
import { type Evictor, eviction, type Slots } from './policy.ts'
import { type Hashes, Sketch } from './sketch.ts'

const [window, probation, held] = [0, 1, 2]

export const wTinylfu = eviction({
  name: 'w-tinylfu',
  title: 'W-TinyLFU',
  summary:
    'Newcomers stay in a small window. What leaves it must have been requested more often of late than what the main part would evict for it; else it goes itself. A sketch of small counters, halved now and then, knows how often.',
  source:
    'G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage 13(4), 2017',
  goodFor: 'skewed popularity and scans: what is requested once hardly ever throws anything out',
  costs:
    'counts requests of keys it does not hold, 8 bytes an entry; with its small window it is bad at bursts of new keys',
  seenIn: ['Caffeine (with a window that adapts)', 'Ristretto (without the window)'],
  aliases: ['w-tiny-lfu', 'tinylfu'],
  examples: [
    {
      capacity: 3,
      requests: 'a a b b c d e',
      evicts: 'c d',
      because: 'what leaves the window was requested once, a twice',
    },
    {
      capacity: 3,
      requests: 'a b c c c d',
      evicts: 'a',
      because:
        'c leaves the window, and was requested more often than a, which has waited for longest in the main part',
    },
  ],
  params: {
    window: share({
      meaning: 'room for newcomers, of the capacity; at least one entry where entries are counted',
      default: '1%',
      source: 'the paper',
    }),
    protected: share({
      meaning: 'room for what was requested again, of the main part',
      default: '80%',
      source: 'the paper',
    }),
    period: count({
      meaning: 'requests between two halvings of the counts, for each entry that the full cache holds',
      default: 10,
      min: 1,
      max: 1000,
      source: 'Caffeine',
    }),
  },
  create: (values, slots) => new Windowed(values, slots),
})

class Windowed implements Evictor {
  private readonly slots: Slots
  /** The window, and the two segments of the main part; in each the least recently used goes first. */
  private readonly lists: Lists
  private readonly sketch: Sketch
  private readonly windowRoom: number
  private readonly heldRoom: number
  private entries = 0

  constructor(values: { window: number; protected: number; period: number }, slots: Slots) {
    this.slots = slots
    this.lists = slots.lists(3)
    this.sketch = new Sketch(values.period)
    const main = Math.floor((1 - values.window) * slots.capacity)
    this.windowRoom = slots.capacity - main
    this.heldRoom = Math.floor(values.protected * main)
  }

  hit(slot: number): void {
    const { lists } = this
    this.sketch.count(this.slots.hashOf(slot))
    const list = lists.of[slot] as number
    lists.moveToEnd(list === window ? window : held, slot)
    if (list !== probation) return
    while ((lists.weight[held] as number) > this.heldRoom && lists.length[held] !== 0)
      lists.moveToEnd(probation, lists.first[held] as number)
  }

  miss(slot: number): void {
    this.sketch.count(this.slots.hashOf(slot))
  }

  evict(incoming: number): number {
    const { lists } = this
    const isFull = (lists.weight[window] as number) + this.slots.weightOf(incoming) > this.windowRoom
    const mainVictim = lists.first[lists.length[probation] === 0 ? held : probation] as number
    if (!isFull && mainVictim !== none) return this.leave(mainVictim)
    const candidate = lists.length[window] === 0 ? incoming : (lists.first[window] as number)
    const victim = lists.first[probation] as number
    const rival = victim === none && candidate === incoming ? mainVictim : victim
    if (rival === none || this.requestsOf(candidate) <= this.requestsOf(rival)) return this.leave(candidate)
    if (candidate !== incoming) lists.moveToEnd(probation, candidate)
    return this.leave(rival)
  }

  admit(slot: number): void {
    const { lists } = this
    lists.append(window, slot)
    while ((lists.weight[window] as number) > this.windowRoom) lists.moveToEnd(probation, lists.first[window] as number)
    this.entries++
    const weight =
      (lists.weight[window] as number) + (lists.weight[probation] as number) + (lists.weight[held] as number)
    this.sketch.expect((this.slots.capacity * this.entries) / weight)
    this.sketch.hold(this.entries, this.hashes)
  }

  forget(slot: number): void {
    this.entries--
    this.lists.remove(slot)
  }

  private leave(slot: number): number {
    if (this.lists.of[slot] !== none) this.forget(slot)
    return slot
  }

  private readonly hashes: Hashes = (visit) => {
    const { lists } = this
    for (const list of [window, probation, held])
      for (let slot = lists.first[list] as number; slot !== none; slot = lists.after[slot] as number)
        visit(this.slots.hashOf(slot))
  }

  private requestsOf(slot: number): number {
    return this.sketch.countOf(this.slots.hashOf(slot))
  }
}
