import type { Agenda, Frame } from './agenda.ts'
import type { Call } from './call.ts'
import { Heap } from './heap.ts'
import type { Level } from './level.ts'

/** Where busy cores are added up. */
export interface BusyLevel {
  add(change: number, nowMs: number): void
}

/** Virtual time is set back to zero beyond this many ms, so that sums keep their last digits. */
const rebaseAboveMs = 1e7

/**
 * Processor sharing over `cores`: `n` calls in work share the cores evenly, each at most one core. O(log n) per call
 * by virtual time, which runs at `speed × min(1, cores / n)`: a call that brings `w` ms of work ends when virtual time
 * has advanced by `w`.
 *
 * With `cores: 1` and work in ms of transmission it is also a link's bandwidth, shared by what is in flight.
 */
export class Sharing<Busy extends BusyLevel = Level> implements Frame {
  generation = 0
  /** Where the cores busy are added up, and how many of them are busy here. */
  readonly busy: Busy
  private busyHere = 0
  private readonly agenda: Agenda
  private readonly cores: number
  private speed = 1
  private inWork = 0
  private virtualMs = 0
  private sinceMs = 0
  /** When the event that is already scheduled comes, or Infinity. */
  private dueMs = Number.POSITIVE_INFINITY
  /** Calls in work by the virtual time at which they end; `calls` and `generations` say who is in which slot. */
  private readonly ends = new Heap(4)
  private readonly calls: (Call | null)[] = []
  private readonly generations: number[] = []
  private readonly freeSlots: number[] = []
  private begun = 0
  private readonly finished: (call: Call) => void

  constructor(agenda: Agenda, cores: number, busy: Busy, finished: (call: Call) => void) {
    this.agenda = agenda
    this.cores = cores
    this.busy = busy
    this.finished = finished
  }

  /** Begins `workMs` of work for a call. */
  add(call: Call, workMs: number): void {
    this.advance()
    this.inWork++
    this.ends.insert(this.virtualMs + workMs, this.begun++, this.slotFor(call))
    this.changed()
  }

  /** A call in work leaves before its end; call it before the call is closed. */
  remove(call: Call): void {
    this.advance()
    if (this.calls[call.slot] !== call || this.generations[call.slot] !== call.generation) return
    this.generations[call.slot] = -1
    this.inWork--
    this.changed()
  }

  /** From now on work proceeds `speed` times as fast; 0 is a pause. */
  setSpeed(speed: number): void {
    this.advance()
    this.speed = speed
    this.changed()
  }

  private rate(): number {
    return this.inWork <= this.cores ? this.speed : (this.speed * this.cores) / this.inWork
  }

  private advance(): void {
    const now = this.agenda.nowMs
    if (this.inWork > 0) this.virtualMs += (now - this.sinceMs) * this.rate()
    this.sinceMs = now
    if (this.virtualMs > rebaseAboveMs || this.inWork === 0) this.rebase()
  }

  private rebase(): void {
    this.ends.shift(-this.virtualMs)
    this.virtualMs = 0
  }

  private changed(): void {
    const busy = this.inWork < this.cores ? this.inWork : this.cores
    if (busy !== this.busyHere) {
      this.busy.add(busy - this.busyHere, this.agenda.nowMs)
      this.busyHere = busy
    }
    this.dropDead()
    if (this.ends.size === 0 || this.speed === 0) return
    const rest = this.ends.firstTime - this.virtualMs
    const dueMs = this.agenda.nowMs + (rest > 0 ? rest / this.rate() : 0)
    if (dueMs >= this.dueMs) return // the event scheduled comes no later, and will look again
    this.generation++
    this.dueMs = dueMs
    this.agenda.at(dueMs, Sharing.due, this)
  }

  private static due(sharing: Sharing<BusyLevel>): void {
    sharing.dueMs = Number.POSITIVE_INFINITY
    sharing.advance()
    sharing.finishFirst()
  }

  /** Ends the first call if its time has come (the event may have been scheduled before work slowed down). */
  private finishFirst(): void {
    this.dropDead()
    if (this.ends.size > 0 && this.speed > 0) {
      const restMs = (this.ends.firstTime - this.virtualMs) / this.rate()
      // Less than the clock can express: waiting any longer would be waiting forever.
      if (this.agenda.nowMs + restMs <= this.agenda.nowMs || restMs < 1e-9) {
        const call = this.takeFirst()
        this.inWork--
        this.changed()
        this.finished(call)
        return
      }
    }
    this.changed()
  }

  private dropDead(): void {
    while (this.ends.fillRoot()) {
      const slot = this.ends.first
      if ((this.calls[slot] as Call).generation === this.generations[slot]) return
      this.takeFirst()
    }
  }

  private takeFirst(): Call {
    const slot = this.ends.take()
    const call = this.calls[slot] as Call
    this.calls[slot] = null
    this.freeSlots.push(slot)
    return call
  }

  private slotFor(call: Call): number {
    const slot = this.freeSlots.pop() ?? this.calls.length
    this.calls[slot] = call
    this.generations[slot] = call.generation
    call.slot = slot
    return slot
  }
}
