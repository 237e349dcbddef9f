import type { Call } from '../../kernel/call.ts'
import { Level } from '../../kernel/level.ts'
import type { Queue, Resource } from '../../kernel/measured.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { WaitQueue } from '../../kernel/wait-queue.ts'
import { Waits } from '../../kernel/waits.ts'
import { workerQueue } from '../block.ts'
import { ChangingCapacity } from '../changing-capacity.ts'

/** Room for one call each, at all targets together. */
class Slots implements Resource {
  readonly name = 'slots'
  readonly taken = new Level()
  capacity = 0
  private readonly perTarget: number
  private use = new ChangingCapacity(0)

  constructor(perTarget: number) {
    this.perTarget = perTarget
  }

  /** So many targets are there when the run begins. */
  begin(targets: number): void {
    this.capacity = this.perTarget * targets
    this.use = new ChangingCapacity(this.capacity)
  }

  /** So many targets are there from now on. */
  change(targets: number, nowMs: number): void {
    this.use.change(this.taken.areaAt(nowMs), this.perTarget * targets)
  }

  areaAt(nowMs: number): number {
    return this.use.areaAt(this.taken.areaAt(nowMs))
  }
}

/**
 * The common line of a balancer whose targets have so many calls at most: calls wait in it when none has a free slot.
 */
export class WaitingLine {
  readonly waits = new Waits()
  readonly measured: Queue
  readonly slots: Slots
  private readonly perTarget: number
  private readonly simulation: Simulation
  private readonly queue = new WaitQueue()
  private readonly level = new Level()
  /** Calls that left without a target. */
  private left = 0

  constructor(simulation: Simulation, perTarget: number) {
    this.simulation = simulation
    this.perTarget = perTarget
    this.slots = new Slots(perTarget)
    this.measured = {
      name: workerQueue,
      areaAt: (nowMs) => this.level.areaAt(nowMs),
      length: () => this.queue.length,
      max: () => this.level.max,
      unserved: () => this.queue.length + this.left,
    }
  }

  get length(): number {
    return this.queue.length
  }

  /** A call is sent to a target that has so many calls now. @returns whether it has no free slot any more */
  take(outstanding: number): boolean {
    this.slots.taken.add(1, this.simulation.agenda.nowMs)
    return outstanding >= this.perTarget
  }

  /** A call at a target has ended. */
  release(): void {
    this.slots.taken.add(-1, this.simulation.agenda.nowMs)
  }

  join(call: Call): void {
    const { nowMs } = this.simulation.agenda
    call.sinceMs = nowMs
    this.level.add(1, nowMs)
    this.queue.join(call)
  }

  /** Takes the first call out of the line, to send it to a target. */
  takeFirst(): Call | null {
    const call = this.queue.takeFirst()
    if (call === null) return null
    const { nowMs } = this.simulation.agenda
    this.level.add(-1, nowMs)
    this.waits.record(nowMs - call.sinceMs)
    if (call.traced) this.simulation.trace(call, 'waiting', call.sinceMs, nowMs, 'target')
    return call
  }

  /** Takes a call out of the line that gets no target. @returns whether it was in it */
  leave(call: Call): boolean {
    if (call.queue !== this.queue) return false
    this.queue.remove(call)
    this.level.add(-1, this.simulation.agenda.nowMs)
    this.left++
    return true
  }

  /** The calls in the line, which leave it without a target. */
  clear(): readonly Call[] {
    const calls: Call[] = []
    for (let call = this.queue.takeFirst(); call !== null; call = this.queue.takeFirst()) calls.push(call)
    this.level.add(-calls.length, this.simulation.agenda.nowMs)
    this.left += calls.length
    return calls
  }
}
