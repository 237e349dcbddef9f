import type { Numbers } from './numbers.ts'
import type { Slots } from './policy.ts'

/** Slots in a binary heap: the one with the least rank is found at once, and of equal ranks the one set first. */
export class Heap {
  length = 0
  /** Rank of each slot that is in. */
  readonly rank: Numbers
  /** When the rank was set. */
  private readonly turn: Numbers
  private turns = 0
  /** Slot at each place of the heap, and the place of each slot, from 1; 0 for a slot that is not in. */
  private readonly slotAt: Numbers
  private readonly placeOf: Numbers

  constructor(slots: Slots) {
    this.rank = slots.numbers()
    this.turn = slots.numbers()
    this.slotAt = slots.numbers()
    this.placeOf = slots.numbers()
  }

  /** Gives a slot its rank, whether it is in already or not. */
  set(slot: number, rank: number): void {
    this.rank.of[slot] = rank
    this.turn.of[slot] = this.turns++
    const place = this.placeOf.of[slot] as number
    if (place === 0) this.rise(++this.length - 1, slot)
    else this.sift(place - 1, slot)
  }

  /** Takes out the slot of the least rank; -1 if there is none. */
  takeFirst(): number {
    if (this.length === 0) return -1
    const slot = this.slotAt.of[0] as number
    this.remove(slot)
    return slot
  }

  /** Takes a slot out; one that is not in stays so. */
  remove(slot: number): void {
    const place = (this.placeOf.of[slot] as number) - 1
    if (place < 0) return
    this.placeOf.of[slot] = 0
    const last = this.slotAt.of[--this.length] as number
    if (last !== slot) this.sift(place, last)
  }

  private sift(place: number, slot: number): void {
    if (place > 0 && this.isBefore(slot, this.slotAt.of[(place - 1) >> 1] as number)) this.rise(place, slot)
    else this.sink(place, slot)
  }

  private rise(from: number, slot: number): void {
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 1
      const above = this.slotAt.of[parent] as number
      if (!this.isBefore(slot, above)) break
      this.put(place, above)
      place = parent
    }
    this.put(place, slot)
  }

  private sink(from: number, slot: number): void {
    let place = from
    for (;;) {
      let child = 2 * place + 1
      if (child >= this.length) break
      if (
        child + 1 < this.length &&
        this.isBefore(this.slotAt.of[child + 1] as number, this.slotAt.of[child] as number)
      )
        child++
      const below = this.slotAt.of[child] as number
      if (!this.isBefore(below, slot)) break
      this.put(place, below)
      place = child
    }
    this.put(place, slot)
  }

  private put(place: number, slot: number): void {
    this.slotAt.of[place] = slot
    this.placeOf.of[slot] = place + 1
  }

  private isBefore(a: number, b: number): boolean {
    const left = this.rank.of[a] as number
    const right = this.rank.of[b] as number
    return left === right ? (this.turn.of[a] as number) < (this.turn.of[b] as number) : left < right
  }
}
