import type { Numbers } from './numbers.ts'

/** The list of a slot that is in none, and the neighbour of a slot at an end. */
export const none = -1

/**
 * Doubly linked lists over small whole numbers ("slots"), each of which is in at most one of the lists. Everything is
 * O(1). By custom the first of a list is the one that leaves next. The arrays are for reading, and each time again: when the
 * cache grows they are others.
 */
export class Lists {
  /** List of each slot, or `none`. */
  of: Int32Array
  /** Neighbours of each slot in its list, or `none`. */
  before: Int32Array
  after: Int32Array
  /** Of each list: its ends, number of slots, and Σ weight. */
  first: Int32Array
  last: Int32Array
  length: Int32Array
  weight: Float64Array
  private readonly weights: Numbers | null

  /** @param weights the weight of each slot; 1 for all if null. */
  constructor(count: number, slots: number, weights: Numbers | null = null) {
    this.of = new Int32Array(slots).fill(none)
    this.before = new Int32Array(slots)
    this.after = new Int32Array(slots)
    this.first = new Int32Array(count).fill(none)
    this.last = new Int32Array(count).fill(none)
    this.length = new Int32Array(count)
    this.weight = new Float64Array(count)
    this.weights = weights
  }

  /** Puts a slot that is in no list at the end of one. */
  append(list: number, slot: number): void {
    this.join(list, slot, this.last[list] as number, none)
  }

  /** Puts a slot that is in no list at the head of one. */
  prepend(list: number, slot: number): void {
    this.join(list, slot, none, this.first[list] as number)
  }

  /** Puts a slot that is in no list behind one that is in one. */
  insertAfter(neighbour: number, slot: number): void {
    this.join(this.of[neighbour] as number, slot, neighbour, this.after[neighbour] as number)
  }

  /** Takes a slot to the end of a list: of its own, or of another. */
  moveToEnd(list: number, slot: number): void {
    const last = this.last[list] as number
    if (last === slot) return
    if (this.of[slot] !== list) {
      this.remove(slot)
      this.append(list, slot)
      return
    }
    // In a list of its own nothing is counted again, and somebody is behind it.
    const before = this.before[slot] as number
    const after = this.after[slot] as number
    if (before === none) this.first[list] = after
    else this.after[before] = after
    this.before[after] = before
    this.before[slot] = last
    this.after[slot] = none
    this.after[last] = slot
    this.last[list] = slot
  }

  /** Takes a slot out of its list; one that is in none stays so. */
  remove(slot: number): void {
    const list = this.of[slot] as number
    if (list === none) return
    const before = this.before[slot] as number
    const after = this.after[slot] as number
    if (before === none) this.first[list] = after
    else this.after[before] = after
    if (after === none) this.last[list] = before
    else this.before[after] = before
    this.of[slot] = none
    this.count(list, slot, -1)
  }

  /** Takes the first slot out of a list; `none` if there is none. */
  takeFirst(list: number): number {
    const slot = this.first[list] as number
    if (slot !== none) this.remove(slot)
    return slot
  }

  /** Makes room for more slots. */
  grow(slots: number): void {
    this.of = grown(this.of, slots, none)
    this.before = grown(this.before, slots, 0)
    this.after = grown(this.after, slots, 0)
  }

  /** Makes room for more lists. */
  growLists(count: number): void {
    this.first = grown(this.first, count, none)
    this.last = grown(this.last, count, none)
    this.length = grown(this.length, count, 0)
    const weight = new Float64Array(count)
    weight.set(this.weight)
    this.weight = weight
  }

  private join(list: number, slot: number, before: number, after: number): void {
    this.of[slot] = list
    this.before[slot] = before
    this.after[slot] = after
    if (before === none) this.first[list] = slot
    else this.after[before] = slot
    if (after === none) this.last[list] = slot
    else this.before[after] = slot
    this.count(list, slot, 1)
  }

  private count(list: number, slot: number, change: 1 | -1): void {
    this.length[list] = (this.length[list] as number) + change
    const weight = this.weights === null ? 1 : (this.weights.of[slot] as number)
    this.weight[list] = (this.weight[list] as number) + change * weight
  }
}

function grown(array: Int32Array, length: number, fill: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length).fill(fill, array.length)
  larger.set(array)
  return larger
}
