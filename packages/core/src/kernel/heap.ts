/**
 * Things in order of time; those of the same time by order number. A binary heap over typed arrays.
 *
 * Taking the first leaves a hole at the root, which the next insertion fills: most events schedule exactly one other.
 */
export class Heap {
  times: Float64Array
  orders: Float64Array
  items: Int32Array
  private count = 0
  private rootIsHole = false

  /** @param capacity for how many things there is room before it grows. */
  constructor(capacity: number) {
    this.times = new Float64Array(capacity)
    this.orders = new Float64Array(capacity)
    this.items = new Int32Array(capacity)
  }

  /** Number of things in it. */
  get size(): number {
    return this.rootIsHole ? this.count - 1 : this.count
  }

  /** Fills the hole that the last taking left. @returns whether there is anything: the first then stands at index 0. */
  settle(): boolean {
    if (!this.rootIsHole) return this.count > 0
    this.rootIsHole = false
    const last = --this.count
    if (last === 0) return false
    this.times[0] = this.times[last] as number
    this.orders[0] = this.orders[last] as number
    this.items[0] = this.items[last] as number
    this.siftDown()
    return true
  }

  /** Takes the first, which must be settled. */
  take(): number {
    this.rootIsHole = true
    return this.items[0] as number
  }

  /** Puts something in the place of the first, which must be settled. */
  replace(time: number, order: number): void {
    this.times[0] = time
    this.orders[0] = order
    this.siftDown()
  }

  insert(time: number, order: number, item: number): void {
    const place = this.rootIsHole ? 0 : this.count++
    if (place === this.times.length) this.grow()
    this.times[place] = time
    this.orders[place] = order
    this.items[place] = item
    if (this.rootIsHole) {
      this.rootIsHole = false
      this.siftDown()
    } else {
      this.siftUp(place)
    }
  }

  /** Moves all times by so much, which leaves their order as it is. */
  shift(by: number): void {
    for (let i = 0; i < this.count; i++) this.times[i] = (this.times[i] as number) + by
  }

  clear(): void {
    this.count = 0
    this.rootIsHole = false
  }

  /** Lets the entry at `place` rise to where it belongs. */
  private siftUp(place: number): void {
    const { times, orders, items } = this
    const time = times[place] as number
    const order = orders[place] as number
    const item = items[place] as number
    let hole = place
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const parentTime = times[parent] as number
      if (parentTime < time || (parentTime === time && (orders[parent] as number) < order)) break
      times[hole] = parentTime
      orders[hole] = orders[parent] as number
      items[hole] = items[parent] as number
      hole = parent
    }
    times[hole] = time
    orders[hole] = order
    items[hole] = item
  }

  /** Lets the entry at the root sink to its place. */
  private siftDown(): void {
    const { times, orders, items, count } = this
    const time = times[0] as number
    const order = orders[0] as number
    const item = items[0] as number
    let hole = 0
    for (;;) {
      let child = hole * 2 + 1
      if (child >= count) break
      let childTime = times[child] as number
      if (child + 1 < count) {
        const otherTime = times[child + 1] as number
        if (
          otherTime < childTime ||
          (otherTime === childTime && (orders[child + 1] as number) < (orders[child] as number))
        ) {
          child++
          childTime = otherTime
        }
      }
      if (time < childTime || (time === childTime && order < (orders[child] as number))) break
      times[hole] = childTime
      orders[hole] = orders[child] as number
      items[hole] = items[child] as number
      hole = child
    }
    times[hole] = time
    orders[hole] = order
    items[hole] = item
  }

  private grow(): void {
    const capacity = this.times.length * 2
    const times = new Float64Array(capacity)
    times.set(this.times)
    this.times = times
    const orders = new Float64Array(capacity)
    orders.set(this.orders)
    this.orders = orders
    const items = new Int32Array(capacity)
    items.set(this.items)
    this.items = items
  }
}
