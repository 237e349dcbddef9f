import type { Call, Receiver } from './call.ts'
import { Level } from './level.ts'
import type { Simulation } from './simulation.ts'
import { WaitQueue } from './wait-queue.ts'
import { Waits } from './waits.ts'

/**
 * A limited number of connections to a block. A call without one waits on the caller's side: the call has not
 * arrived yet, and the time counts as the caller's.
 */
export class ConnectionLimit {
  readonly connections: number
  /** Calls that have requested a connection. */
  asked = 0
  readonly held = new Level()
  readonly waiting = new Level()
  readonly waits = new Waits()
  private readonly simulation: Simulation
  private readonly queue = new WaitQueue()

  constructor(simulation: Simulation, connections: number) {
    this.simulation = simulation
    this.connections = connections
  }

  /** Gives the call a connection, or has it wait: then it arrives at `to` when it has one. @returns whether it has one now */
  acquire(call: Call, to: Receiver): boolean {
    const now = this.simulation.agenda.nowMs
    call.connectionLimit = this
    this.asked++
    if (this.held.value < this.connections) {
      this.held.add(1, now)
      this.waits.none()
      return true
    }
    call.place = to
    call.sinceMs = now
    this.waiting.add(1, now)
    this.queue.join(call)
    return false
  }

  /** Gives a connection back; the next in the queue arrives. */
  release(): void {
    const now = this.simulation.agenda.nowMs
    const next = this.queue.takeFirst()
    if (next === null) {
      this.held.add(-1, now)
      return
    }
    this.waiting.add(-1, now)
    this.waits.record(now - next.sinceMs)
    if (next.traced) this.simulation.traceConnection(next)
    const to = next.place as Receiver
    this.simulation.arrive(next, to, to.visits)
  }

  /** Ends a call that still waits for a connection. @returns false if it no longer does. */
  unqueue(call: Call): boolean {
    if (call.queue !== this.queue) return false
    this.queue.remove(call)
    this.waiting.add(-1, this.simulation.agenda.nowMs)
    call.connectionLimit = null
    this.simulation.calls.close(call)
    return true
  }
}
