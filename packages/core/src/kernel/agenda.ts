import { Heap } from './heap.ts'
import { Lane } from './lane.ts'
import { Later } from './later.ts'

/** What an event happens to. Its generation rises each time it starts a new life, which turns old events into nothing. */
export interface Frame {
  generation: number
}

/** What happens when an event comes due; named after what has just happened. */
export type Handler<F extends Frame = never> = (frame: F) => void

/**
 * The events to come, in order of time; those of the same time in the order in which they were scheduled.
 *
 * Delays that are always the same wait in a `Lane`, first in, first out, of which only the head is ordered by time: in
 * a heap of its own, which is small, since there are as many lanes as places in a design and not as many as events.
 */
export class Agenda {
  nowMs = 0
  private readonly events = new Heap(1024)
  private readonly later = new Later()
  private readonly heads = new Heap(16)
  private nextOrder = 0

  /** By slot: the step at 2 × slot, and its frame at 2 × slot + 1. */
  private due: (Handler | Frame)[] = []
  private generations = new Int32Array(1024)
  private freeSlots = new Int32Array(1024)
  private freeCount = 0

  private readonly lanes: Lane[] = []

  /** Calls `step(frame)` at `timeMs` (absolute), unless the frame has begun another life by then. */
  at<F extends Frame>(timeMs: number, step: Handler<F>, frame: F): void {
    const slot = this.freeCount > 0 ? (this.freeSlots[--this.freeCount] as number) : this.newSlot()
    this.due[2 * slot] = step as Handler
    this.due[2 * slot + 1] = frame
    this.generations[slot] = frame.generation
    const order = this.nextOrder++
    if (this.later.keep(timeMs, order, slot)) return
    this.events.insert(timeMs, order, slot)
    this.later.relieve(this.events)
  }

  /** Calls `step(frame)` after `delayMs`. */
  after<F extends Frame>(delayMs: number, step: Handler<F>, frame: F): void {
    this.at(this.nowMs + delayMs, step, frame)
  }

  /** A queue for events that all come `delayMs` after they are scheduled: O(1) each, cancelled or not. */
  lane<F extends Frame>(delayMs: number, step: Handler<F>): Lane<F> {
    const lane = new Lane<F>(this, this.lanes.length, delayMs, step)
    this.lanes.push(lane as unknown as Lane)
    return lane
  }

  /** Number of entries in order: events, and lanes that hold any. */
  get pending(): number {
    return this.events.size + this.later.count + this.heads.size
  }

  /**
   * Runs events until the one after `untilMs` or until `limit` have run; leaves the clock at the last event run.
   * @returns how many events were taken, dropped ones included.
   */
  runUntil(untilMs: number, limit: number): number {
    const { events, heads, later } = this
    let taken = 0
    while (taken < limit) {
      const anyEvent = events.fillRoot() || later.pour(events)
      const anyHead = heads.fillRoot()
      if (anyHead && (!anyEvent || this.headComesFirst())) {
        const time = heads.firstTime
        if (time > untilMs) break
        this.nowMs = time
        this.runLane()
      } else {
        if (!anyEvent) break
        const time = events.firstTime
        if (time > untilMs) break
        this.nowMs = time
        this.runEvent()
      }
      taken++
    }
    return taken
  }

  /** Forgets every event: for the end of a run. */
  clear(): void {
    this.events.clear()
    this.later.clear()
    this.heads.clear()
    this.due = []
  }

  /** @internal A lane that was empty announces its head. */
  enterLane(timeMs: number, order: number, lane: number): void {
    this.heads.insert(timeMs, order, lane)
  }

  /** @internal */
  takeOrder(): number {
    return this.nextOrder++
  }

  private headComesFirst(): boolean {
    const { events, heads } = this
    const eventTime = events.firstTime
    const headTime = heads.firstTime
    return headTime < eventTime || (headTime === eventTime && heads.firstOrder < events.firstOrder)
  }

  private runEvent(): void {
    const slot = this.events.take()
    this.freeSlots[this.freeCount++] = slot
    const frame = this.due[2 * slot + 1] as Frame
    if (frame.generation === this.generations[slot]) (this.due[2 * slot] as (frame: Frame) => void)(frame)
  }

  private runLane(): void {
    const { heads } = this
    const lane = this.lanes[heads.first] as Lane
    const frame = lane.head()
    const alive = lane.headIsAlive()
    if (lane.dropHead()) heads.replace(lane.headTimeMs(), lane.headOrder())
    else heads.take()
    if (alive) lane.step(frame as never)
  }

  private newSlot(): number {
    const slot = this.due.length / 2
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
}
