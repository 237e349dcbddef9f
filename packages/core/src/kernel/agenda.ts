/** What an event happens to. Its generation rises each time it starts a new life, which turns old events into nothing. */
export interface Frame {
  generation: number
}

/** What happens when an event comes due; named after what has just happened. */
export type Step<F extends Frame = never> = (frame: F) => void

/** One kind of entry in the heap is an event of its own (slot ≥ 0), the other the head of a lane (slot < 0). */
const laneSlot = (lane: number): number => -1 - lane

/**
 * The events to come, in order of time; those of the same time in the order in which they were scheduled.
 *
 * A four-ary heap over typed arrays. Popping leaves a hole at the root which the next insertion fills, since most
 * events schedule exactly one other. Delays that are always the same wait in a `Lane`: first in, first out, one heap
 * entry for all of them.
 */
export class Agenda {
  nowMs = 0
  private times = new Float64Array(1024)
  private orders = new Float64Array(1024)
  private slots = new Int32Array(1024)
  private size = 0
  private rootIsHole = false
  private nextOrder = 0

  private steps: Step[] = []
  private frames: Frame[] = []
  private generations = new Int32Array(1024)
  private freeSlots = new Int32Array(1024)
  private freeCount = 0

  private readonly lanes: Lane[] = []

  /** Calls `step(frame)` at `timeMs` (absolute), unless the frame has begun another life by then. */
  at<F extends Frame>(timeMs: number, step: Step<F>, frame: F): void {
    const slot = this.freeCount > 0 ? (this.freeSlots[--this.freeCount] as number) : this.newSlot()
    this.steps[slot] = step as Step
    this.frames[slot] = frame
    this.generations[slot] = frame.generation
    this.insert(timeMs, this.nextOrder++, slot)
  }

  /** Calls `step(frame)` after `delayMs`. */
  after<F extends Frame>(delayMs: number, step: Step<F>, frame: F): void {
    this.at(this.nowMs + delayMs, step, frame)
  }

  /** A waiting line for events that all come `delayMs` after they are scheduled: O(1) each, cancelled or not. */
  lane<F extends Frame>(delayMs: number, step: Step<F>): Lane<F> {
    const lane = new Lane<F>(this, this.lanes.length, delayMs, step)
    this.lanes.push(lane as unknown as Lane)
    return lane
  }

  /** Number of heap entries: events, and lanes that hold any. */
  get pending(): number {
    return this.rootIsHole ? this.size - 1 : this.size
  }

  /**
   * Runs events until the one after `untilMs` or until `limit` have run; leaves the clock at the last event run.
   * @returns how many events were taken, dropped ones included.
   */
  runUntil(untilMs: number, limit: number): number {
    let taken = 0
    while (taken < limit) {
      this.fillHole()
      if (this.size === 0) break
      const time = this.times[0] as number
      if (time > untilMs) break
      taken++
      this.nowMs = time
      const slot = this.slots[0] as number
      if (slot < 0) {
        this.runLane(this.lanes[-1 - slot] as Lane)
        continue
      }
      this.rootIsHole = true
      this.freeSlots[this.freeCount++] = slot
      const frame = this.frames[slot] as Frame
      if (frame.generation === this.generations[slot]) (this.steps[slot] as (frame: Frame) => void)(frame)
    }
    return taken
  }

  /** Forgets every event: for the end of a run. */
  clear(): void {
    this.size = 0
    this.rootIsHole = false
    this.steps = []
    this.frames = []
  }

  /** @internal A lane that was empty announces its head. */
  enterLane(timeMs: number, order: number, lane: number): void {
    this.insert(timeMs, order, laneSlot(lane))
  }

  /** @internal */
  takeOrder(): number {
    return this.nextOrder++
  }

  private runLane(lane: Lane): void {
    const frame = lane.head()
    const alive = lane.headIsAlive()
    if (lane.dropHead()) {
      this.rootIsHole = false
      this.siftDown(lane.headTimeMs(), lane.headOrder(), this.slots[0] as number)
    } else {
      this.rootIsHole = true
    }
    if (alive) lane.step(frame as never)
  }

  private newSlot(): number {
    const slot = this.steps.length
    if (slot === this.generations.length) {
      const generations = new Int32Array(slot * 2)
      generations.set(this.generations)
      this.generations = generations
      const freeSlots = new Int32Array(slot * 2)
      freeSlots.set(this.freeSlots)
      this.freeSlots = freeSlots
    }
    return slot
  }

  private insert(time: number, order: number, slot: number): void {
    if (this.rootIsHole) {
      this.rootIsHole = false
      this.siftDown(time, order, slot)
      return
    }
    if (this.size === this.times.length) this.grow()
    const { times, orders, slots } = this
    let hole = this.size++
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const parentTime = times[parent] as number
      if (parentTime < time || (parentTime === time && (orders[parent] as number) < order)) break
      times[hole] = parentTime
      orders[hole] = orders[parent] as number
      slots[hole] = slots[parent] as number
      hole = parent
    }
    times[hole] = time
    orders[hole] = order
    slots[hole] = slot
  }

  private fillHole(): void {
    if (!this.rootIsHole) return
    this.rootIsHole = false
    const last = --this.size
    if (last > 0) this.siftDown(this.times[last] as number, this.orders[last] as number, this.slots[last] as number)
  }

  /** Puts an entry at the root and lets it sink to its place. */
  private siftDown(time: number, order: number, slot: number): void {
    const { times, orders, slots, size } = this
    let hole = 0
    for (;;) {
      const first = hole * 4 + 1
      if (first >= size) break
      const end = first + 4 < size ? first + 4 : size
      let least = first
      let leastTime = times[first] as number
      for (let child = first + 1; child < end; child++) {
        const childTime = times[child] as number
        if (
          childTime < leastTime ||
          (childTime === leastTime && (orders[child] as number) < (orders[least] as number))
        ) {
          least = child
          leastTime = childTime
        }
      }
      if (time < leastTime || (time === leastTime && order < (orders[least] as number))) break
      times[hole] = leastTime
      orders[hole] = orders[least] as number
      slots[hole] = slots[least] as number
      hole = least
    }
    times[hole] = time
    orders[hole] = order
    slots[hole] = slot
  }

  private grow(): void {
    const capacity = this.times.length * 2
    const times = new Float64Array(capacity)
    times.set(this.times)
    this.times = times
    const orders = new Float64Array(capacity)
    orders.set(this.orders)
    this.orders = orders
    const slots = new Int32Array(capacity)
    slots.set(this.slots)
    this.slots = slots
  }
}

/** Events that all come the same delay after they were scheduled: a ring of which only the head is in the heap. */
export class Lane<F extends Frame = Frame> {
  readonly step: Step<F>
  readonly delayMs: number
  private readonly agenda: Agenda
  private readonly index: number
  private times = new Float64Array(16)
  private orders = new Float64Array(16)
  private frames: (F | null)[] = new Array(16).fill(null)
  private generations = new Int32Array(16)
  private first = 0
  private count = 0

  constructor(agenda: Agenda, index: number, delayMs: number, step: Step<F>) {
    this.agenda = agenda
    this.index = index
    this.delayMs = delayMs
    this.step = step
  }

  /** Schedules `step(frame)` after the lane's delay, unless the frame has begun another life by then. */
  push(frame: F): void {
    if (this.count === this.frames.length) this.makeRoom()
    const at = (this.first + this.count) & (this.frames.length - 1)
    const time = this.agenda.nowMs + this.delayMs
    const order = this.agenda.takeOrder()
    this.times[at] = time
    this.orders[at] = order
    this.frames[at] = frame
    this.generations[at] = frame.generation
    if (this.count++ === 0) this.agenda.enterLane(time, order, this.index)
  }

  head(): F {
    return this.frames[this.first] as F
  }

  headIsAlive(): boolean {
    return this.isAlive(this.first)
  }

  headTimeMs(): number {
    return this.times[this.first] as number
  }

  headOrder(): number {
    return this.orders[this.first] as number
  }

  /** Drops the head and every dead event behind it. @returns whether a live one is left. */
  dropHead(): boolean {
    const mask = this.frames.length - 1
    do {
      this.frames[this.first] = null
      this.first = (this.first + 1) & mask
      this.count--
    } while (this.count > 0 && !this.isAlive(this.first))
    return this.count > 0
  }

  private isAlive(at: number): boolean {
    const frame = this.frames[at]
    return frame != null && frame.generation === this.generations[at]
  }

  /** Squeezes out the dead; doubles only if that freed less than half. The head stays: it is in the heap. */
  private makeRoom(): void {
    const { times, orders, frames, generations, first, count } = this
    const mask = frames.length - 1
    let alive = 1
    for (let i = 1; i < count; i++) if (this.isAlive((first + i) & mask)) alive++
    const capacity = alive * 2 > frames.length ? frames.length * 2 : frames.length
    this.times = new Float64Array(capacity)
    this.orders = new Float64Array(capacity)
    this.frames = new Array(capacity).fill(null)
    this.generations = new Int32Array(capacity)
    let kept = 0
    for (let i = 0; i < count; i++) {
      const at = (first + i) & mask
      const frame = frames[at] as F
      if (i > 0 && frame.generation !== generations[at]) continue
      this.times[kept] = times[at] as number
      this.orders[kept] = orders[at] as number
      this.frames[kept] = frame
      this.generations[kept] = generations[at] as number
      kept++
    }
    this.first = 0
    this.count = kept
  }
}
