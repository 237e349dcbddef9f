import type { Agenda, Frame } from './agenda.ts'
import type { Call } from './call.ts'
import { Level } from './level.ts'

/** Virtual time is set back to zero beyond this many ms, so that sums keep their last digits. */
const rebaseAboveMs = 1e7

/**
 * Processor sharing over `cores`: `n` calls in work share the cores evenly, each at most one core. O(log n) per call
 * by virtual time, which runs at `speed × min(1, cores / n)`: a call that brings `w` ms of work ends when virtual time
 * has advanced by `w`.
 *
 * With `cores: 1` and work in ms of transmission it is also a link's bandwidth, shared by what is in flight.
 */
export class Sharing implements Frame {
  generation = 0
  /** Cores busy, and its integral. */
  readonly busy = new Level()
  private readonly agenda: Agenda
  private readonly cores: number
  private speed = 1
  private inWork = 0
  private virtualMs = 0
  private sinceMs = 0
  /** When the event that is already scheduled comes, or Infinity. */
  private dueMs = Number.POSITIVE_INFINITY
  private readonly ends: { end: number; call: Call; generation: number }[] = []
  private readonly finished: (call: Call) => void

  constructor(agenda: Agenda, cores: number, finished: (call: Call) => void) {
    this.agenda = agenda
    this.cores = cores
    this.finished = finished
  }

  /** Begins `workMs` of work for a call. */
  add(call: Call, workMs: number): void {
    this.advance()
    this.inWork++
    this.push({ end: this.virtualMs + workMs, call, generation: call.generation })
    this.changed()
  }

  /** A call in work leaves before its end; call it before the call is closed. */
  remove(call: Call): void {
    this.advance()
    const entry = this.ends.find((candidate) => candidate.call === call && candidate.generation === call.generation)
    if (entry === undefined) return
    entry.generation = -1
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
    for (const entry of this.ends) entry.end -= this.virtualMs
    this.virtualMs = 0
  }

  private changed(): void {
    const busy = this.inWork < this.cores ? this.inWork : this.cores
    if (busy !== this.busy.value) this.busy.add(busy - this.busy.value, this.agenda.nowMs)
    this.dropDead()
    const first = this.ends[0]
    if (first === undefined || this.speed === 0) return
    const rest = first.end - this.virtualMs
    const dueMs = this.agenda.nowMs + (rest > 0 ? rest / this.rate() : 0)
    if (dueMs >= this.dueMs) return // the event scheduled comes no later, and will look again
    this.generation++
    this.dueMs = dueMs
    this.agenda.at(dueMs, Sharing.due, this)
  }

  private static due(sharing: Sharing): void {
    sharing.dueMs = Number.POSITIVE_INFINITY
    sharing.advance()
    sharing.finishFirst()
  }

  /** Ends the first call if its time has come (the event may have been scheduled before work slowed down). */
  private finishFirst(): void {
    this.dropDead()
    const first = this.ends[0]
    if (first !== undefined && this.speed > 0) {
      const restMs = (first.end - this.virtualMs) / this.rate()
      // Less than the clock can express: waiting any longer would be waiting forever.
      if (this.agenda.nowMs + restMs <= this.agenda.nowMs || restMs < 1e-9) {
        this.pop()
        this.inWork--
        this.changed()
        this.finished(first.call)
        return
      }
    }
    this.changed()
  }

  private dropDead(): void {
    while (this.ends.length > 0) {
      const first = this.ends[0]
      if (first === undefined || first.generation === first.call.generation) return
      this.pop()
    }
  }

  private push(entry: { end: number; call: Call; generation: number }): void {
    const { ends } = this
    let hole = ends.length
    ends.push(entry)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const above = ends[parent] as typeof entry
      if (above.end <= entry.end) break
      ends[hole] = above
      hole = parent
    }
    ends[hole] = entry
  }

  private pop(): void {
    const { ends } = this
    const entry = ends.pop()
    const size = ends.length
    if (entry === undefined || size === 0) return
    let hole = 0
    for (;;) {
      let child = hole * 2 + 1
      if (child >= size) break
      if (child + 1 < size && (ends[child + 1] as typeof entry).end < (ends[child] as typeof entry).end) child++
      const below = ends[child] as typeof entry
      if (below.end >= entry.end) break
      ends[hole] = below
      hole = child
    }
    ends[hole] = entry
  }
}
