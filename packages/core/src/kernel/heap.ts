/**
 * Things in order of time; those of the same time by order number. A binary heap over typed arrays, in which time and
 * order number of one thing stand side by side in memory.
 *
 * Taking the first leaves a hole at the root, which the next insertion fills: most events schedule exactly one other.
 */
export class Heap {
  /** Time and order number of each thing in turn: those of the thing in place `i` at `2 i` and `2 i + 1`. */
  private keys: Float64Array
  private items: Int32Array
  private count = 0
  private rootIsHole = false

  /** @param capacity for how many things there is room before it grows. */
  constructor(capacity: number) {
    this.keys = new Float64Array(2 * capacity)
    this.items = new Int32Array(capacity)
  }

  /** Number of things in it. */
  get size(): number {
    return this.rootIsHole ? this.count - 1 : this.count
  }

  /** Time of the first thing, which must be at the root (`fillRoot`). */
  get firstTime(): number {
    return this.keys[0] as number
  }

  /** Order number of the first thing, which must be at the root (`fillRoot`). */
  get firstOrder(): number {
    return this.keys[1] as number
  }

  /** The first thing, which must be at the root (`fillRoot`). */
  get first(): number {
    return this.items[0] as number
  }

  /** Fills the hole that the last taking left. @returns whether there is anything, and so a first. */
  fillRoot(): boolean {
    if (!this.rootIsHole) return this.count > 0
    this.rootIsHole = false
    const last = --this.count
    if (last === 0) return false
    this.siftDown(this.keys[2 * last] as number, this.keys[2 * last + 1] as number, this.items[last] as number)
    return true
  }

  /** Takes the first, which must be at the root. */
  take(): number {
    this.rootIsHole = true
    return this.items[0] as number
  }

  /** Gives the first, which must be at the root, another time and order number. */
  replace(time: number, order: number): void {
    this.siftDown(time, order, this.items[0] as number)
  }

  insert(time: number, order: number, item: number): void {
    if (this.rootIsHole) {
      this.rootIsHole = false
      this.siftDown(time, order, item)
      return
    }
    if (this.count === this.items.length) this.grow()
    this.siftUp(this.count++, time, order, item)
  }

  /** Moves all times by so much, which leaves their order as it is. */
  shift(by: number): void {
    for (let i = 0; i < this.count; i++) this.keys[2 * i] = (this.keys[2 * i] as number) + by
  }

  clear(): void {
    this.count = 0
    this.rootIsHole = false
  }

  /** Lets a thing rise from the hole at `place` to where it belongs. */
  private siftUp(place: number, time: number, order: number, item: number): void {
    const { keys, items } = this
    let hole = place
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const parentTime = keys[2 * parent] as number
      const parentOrder = keys[2 * parent + 1] as number
      if (parentTime < time || (parentTime === time && parentOrder < order)) break
      keys[2 * hole] = parentTime
      keys[2 * hole + 1] = parentOrder
      items[hole] = items[parent] as number
      hole = parent
    }
    keys[2 * hole] = time
    keys[2 * hole + 1] = order
    items[hole] = item
  }

  /** Lets a thing sink from the hole at the root to where it belongs. */
  private siftDown(time: number, order: number, item: number): void {
    const { keys, items, count } = this
    let hole = 0
    for (;;) {
      let child = hole * 2 + 1
      if (child >= count) break
      let childTime = keys[2 * child] as number
      if (child + 1 < count) {
        const otherTime = keys[2 * child + 2] as number
        // Which of the two is first cannot be foreseen: as a number it costs no mispredicted branch.
        child += Number(otherTime < childTime)
        if (otherTime === childTime && this.isBefore(child + 1, child)) child++
        childTime = keys[2 * child] as number
      }
      if (time < childTime || (time === childTime && order < (keys[2 * child + 1] as number))) break
      keys[2 * hole] = childTime
      keys[2 * hole + 1] = keys[2 * child + 1] as number
      items[hole] = items[child] as number
      hole = child
    }
    keys[2 * hole] = time
    keys[2 * hole + 1] = order
    items[hole] = item
  }

  /** Of two places with the same time, whether `place` comes before `other`. */
  private isBefore(place: number, other: number): boolean {
    return (this.keys[2 * place + 1] as number) < (this.keys[2 * other + 1] as number)
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2)
    keys.set(this.keys)
    this.keys = keys
    const items = new Int32Array(this.items.length * 2)
    items.set(this.items)
    this.items = items
  }
}
