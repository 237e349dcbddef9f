import type { Call } from '../../../kernel/call.ts'
import { WaitQueue } from '../../../kernel/wait-queue.ts'
import { KeyTable } from '../shelf/key-table.ts'

/** One load under way, and the calls that wait for it. */
export class Flight {
  readonly waiting = new WaitQueue()
  readonly index: number
  leader: Call

  constructor(index: number, leader: Call) {
    this.index = index
    this.leader = leader
  }

  join(call: Call): void {
    call.place = this
    this.waiting.join(call)
  }

  leave(call: Call): void {
    call.place = null
    this.waiting.remove(call)
  }

  /** The call that has waited longest; null if none does. */
  takeFirst(): Call | null {
    const call = this.waiting.takeFirst()
    if (call !== null) call.place = null
    return call
  }
}

/** The loads under way, at most one a key. Pooled. */
export class Flights {
  private readonly byKey = new KeyTable()
  private readonly flights: Flight[] = []
  private free: Flight[] = []

  /** The load of this key that is under way. */
  of(key: number): Flight | null {
    const index = this.byKey.find(key)
    return index < 0 ? null : (this.flights[index] as Flight)
  }

  /** `leader` begins to load its key. */
  begin(leader: Call): void {
    let flight = this.free.pop()
    if (flight === undefined) {
      flight = new Flight(this.flights.length, leader)
      this.flights.push(flight)
    }
    flight.leader = leader
    this.byKey.set(leader.key, flight.index)
  }

  /** The load of this key is over: who asks from now on finds none. */
  end(key: number): void {
    this.byKey.remove(key)
  }

  /** Nobody waits for a load that is over any longer. */
  giveBack(flight: Flight): void {
    this.free.push(flight)
  }

  /** Ends all loads; nobody waits any longer. */
  clear(): void {
    this.byKey.clear()
    for (const flight of this.flights) while (flight.takeFirst() !== null);
    this.free = [...this.flights]
  }
}
