import type { Agenda, Frame, Handler } from './agenda.ts'

/** Events that come due in the order in which they were scheduled: a ring of which only the head is in the heap. */
export class Lane<F extends Frame = Frame> {
  readonly step: Handler<F>
  readonly delayMs: number
  private readonly agenda: Agenda
  private readonly index: number
  private times = new Float64Array(16)
  private orders = new Float64Array(16)
  private frames: (F | null)[] = new Array(16).fill(null)
  private generations = new Int32Array(16)
  private first = 0
  private count = 0

  constructor(agenda: Agenda, index: number, delayMs: number, step: Handler<F>) {
    this.agenda = agenda
    this.index = index
    this.delayMs = delayMs
    this.step = step
  }

  /** Schedules `step(frame)` after the lane's delay, unless the frame has begun another life by then. */
  push(frame: F): void {
    this.pushAt(this.agenda.nowMs + this.delayMs, frame)
  }

  /** Schedules `step(frame)` at `time`, which comes no earlier than what the lane holds already. */
  pushAt(time: number, frame: F): void {
    if (this.count === this.frames.length) this.makeRoom()
    const at = (this.first + this.count) & (this.frames.length - 1)
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
