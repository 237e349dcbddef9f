import type { Handler } from './agenda.ts'
import type { Call } from './call.ts'
import { Level } from './level.ts'
import { BusyCores, Meters } from './meters.ts'
import type { Reason } from './outcome.ts'
import { Sharing } from './sharing.ts'
import type { Simulation } from './simulation.ts'
import { AdaptiveLifoWaitQueue, type AnyWaitQueue, LifoWaitQueue, PriorityWaitQueue, WaitQueue } from './wait-queue.ts'

/** Which call that waits has the next worker. */
export type Ordering = 'fifo' | 'priority' | 'lifo' | 'adaptive-lifo'

/** Turns away calls that waited for a worker. */
export interface TurnsAway {
  /** Why work may not begin on a call; null if it may. */
  reasonFor(call: Call, waitedMs: number): Reason | null
  /** Ends a call that has left the queue. */
  turnAway(call: Call, reason: Reason): void
}

export interface StationOptions {
  /** Calls in work at once; Infinity for no limit. */
  readonly workers: number
  /** Cores that those in work share, each at most one. */
  readonly cores: number
  /** Calls that may wait for a worker; Infinity for no limit. */
  readonly limit: number
  readonly ordering: Ordering
  /** Turns away calls that waited; without it, work begins on all of them. */
  readonly turnsAway?: TurnsAway | undefined
  /**
   * Whether cores can be fewer than the calls that compute at once, or change speed, or crash. Without it a call in
   * work simply has a core of its own, which costs nothing to model.
   */
  readonly elastic: boolean
  /** What it is measured by, together with the other stations of its block; its own if absent. */
  readonly meters?: Meters
}

/**
 * Where work is done: at most `workers` calls are in work at once, the rest wait in a queue of `limit`; those in work
 * share `cores`. `workers: c, cores: c` is a G/G/c queue, `workers: Infinity` is processor sharing.
 */
export class Station {
  readonly workers: number
  readonly cores: number
  readonly meters: Meters
  /** Calls that hold a worker here. */
  held = 0
  up = true
  private paused = false
  private slowness = 1
  private diskSlowness = 1
  private readonly simulation: Simulation
  private readonly limit: number
  private readonly queue: AnyWaitQueue
  private readonly turnsAway: TurnsAway | null
  private readonly sharing: Sharing<BusyCores> | null
  /** Where the numbers of this station are in `meters`. */
  private readonly place: number
  /** Calls whose work needs no core; null until there is one, for only a fault can change its speed. */
  private passing: Sharing | null = null

  constructor(simulation: Simulation, options: StationOptions) {
    this.simulation = simulation
    this.workers = options.workers
    this.cores = options.cores
    this.limit = options.limit
    this.queue = queueIn(options.ordering, simulation)
    this.turnsAway = options.turnsAway ?? null
    this.meters = options.meters ?? new Meters()
    this.place = this.meters.nextPlace()
    const elastic = options.elastic || options.workers > options.cores
    const busy = new BusyCores(this.meters.busy, this.place)
    this.sharing = elastic ? new Sharing(simulation.agenda, options.cores, busy, Station.resume) : null
  }

  /** Calls that wait for a worker here. */
  get waiting(): number {
    return this.queue.length
  }

  /** Since when the call waits that has waited longest; Infinity if nobody waits. */
  get oldestSinceMs(): number {
    return this.queue.oldestSinceMs
  }

  /** Whether a call that came now would be turned away. */
  get full(): boolean {
    return this.held >= this.workers && this.queue.length >= this.limit
  }

  /**
   * Gives the call a worker, now or when its turn comes, and then runs `start`.
   * @returns false if the queue is full: nothing has happened then.
   */
  enter(call: Call, start: Handler<Call>): boolean {
    if (this.up && this.held < this.workers) {
      this.hold()
      this.meters.beginAtOnce(this.place)
      start(call)
      return true
    }
    if (this.queue.length >= this.limit) {
      this.meters.leaveUnserved(this.place)
      return false
    }
    this.wait(call, start)
    return true
  }

  /** Like `enter`, for a call that is already part of the work here and is never turned away. */
  reenter(call: Call, start: Handler<Call>): void {
    if (this.held < this.workers) {
      this.hold()
      start(call)
    } else {
      this.wait(call, start)
    }
  }

  /** Does the call's `workMs` on a core (or a share of one), then runs `then`. The call must hold a worker. */
  compute(call: Call, then: Handler<Call>): void {
    const now = this.simulation.agenda.nowMs
    call.then = then
    call.place = this
    if (call.traced) call.sinceMs = now
    this.meters.beginWork(this.place, call.workMs * this.slowness)
    if (this.sharing !== null) {
      this.sharing.add(call, call.workMs)
      return
    }
    this.meters.busy.add(this.place, 1, now)
    this.simulation.agenda.at(now + call.workMs, Station.computed, call)
  }

  /**
   * Lets the call's `workMs` pass without a core, as it does on a disk, then runs `then`. It is as slow as the station,
   * and goes on during a pause. Where nothing slows the station down, an event after `workMs` does the same for less.
   */
  pass(call: Call, then: Handler<Call>): void {
    this.passing ??= this.passage()
    call.then = then
    call.place = this.passing
    this.passing.add(call, call.workMs)
  }

  private passage(): Sharing {
    const sharing = new Sharing(this.simulation.agenda, Number.POSITIVE_INFINITY, new Level(), Station.passed)
    sharing.setSpeed(1 / (this.slowness * this.diskSlowness))
    return sharing
  }

  private static passed(call: Call): void {
    call.place = null
    const then = call.then as Handler<Call>
    call.then = null
    then(call)
  }

  /** Gives the worker back; the next in the queue gets it. */
  leave(): void {
    const next = this.up ? this.takeNext() : null
    if (next !== null) {
      this.startWaiting(next)
      return
    }
    this.held--
    this.meters.held.add(this.place, -1, this.simulation.agenda.nowMs)
  }

  private hold(): void {
    this.held++
    this.meters.held.add(this.place, 1, this.simulation.agenda.nowMs)
  }

  /** Puts the call in the queue, even if a worker is free: it gets one by `serve`, and then runs `start`. */
  lineUp(call: Call, start: Handler<Call>): void {
    this.wait(call, start)
  }

  /** Takes calls again after a crash; those that waited it out begin now. */
  restart(): void {
    this.up = true
    this.serve()
  }

  /** Gives free workers to those that wait. */
  serve(): void {
    while (this.up && this.held < this.workers) {
      const next = this.takeNext()
      if (next === null) return
      this.hold()
      this.startWaiting(next)
    }
  }

  /** The call at the head of the queue, which leaves it; null if nobody waits. */
  takeOldest(): Call | null {
    const call = this.queue.takeFirst()
    if (call !== null) this.meters.leaveLine(this.place, this.simulation.agenda.nowMs)
    return call
  }

  /** The next call on which work may begin, which leaves the queue; null if there is none. */
  private takeNext(): Call | null {
    const { turnsAway } = this
    for (;;) {
      const next = this.queue.takeFirst()
      if (next === null || turnsAway === null) return next
      const { nowMs } = this.simulation.agenda
      const reason = turnsAway.reasonFor(next, nowMs - next.sinceMs)
      if (reason === null) return next
      this.meters.leaveLine(this.place, nowMs)
      this.meters.leaveUnserved(this.place)
      if (next.traced) this.simulation.trace(next, 'waiting', next.sinceMs, nowMs, 'worker')
      next.then = null
      turnsAway.turnAway(next, reason)
    }
  }

  private startWaiting(next: Call): void {
    const now = this.simulation.agenda.nowMs
    this.meters.leaveLine(this.place, now)
    this.meters.beginAfter(this.place, now - next.sinceMs)
    if (next.traced) this.simulation.trace(next, 'waiting', next.sinceMs, now, 'worker')
    const start = next.then as Handler<Call>
    next.then = null
    start(next)
  }

  /** Takes a waiting call out of the queue. @returns false if it does not wait here. */
  unqueue(call: Call): boolean {
    if (call.queue === null) return false
    this.queue.remove(call)
    this.meters.leaveLine(this.place, this.simulation.agenda.nowMs)
    this.meters.leaveUnserved(this.place)
    return true
  }

  /** Stops the work of a call, which keeps its worker. Call it before the call is closed. */
  interrupt(call: Call): void {
    const { place } = call
    if (place === null || (place !== this && place !== this.passing)) return
    call.place = null
    if (place === this.passing) {
      this.passing.remove(call)
      return
    }
    if (this.sharing !== null) this.sharing.remove(call)
    else this.meters.busy.add(this.place, -1, this.simulation.agenda.nowMs)
  }

  /** Work takes `factor` times as long from now on (elastic stations only). */
  slow(factor: number): void {
    this.slowness = factor
    this.setSpeed()
    this.passing?.setSpeed(1 / (factor * this.diskSlowness))
  }

  /** What needs no core takes `factor` times as long, beside that (elastic stations only). */
  slowDisk(factor: number): void {
    this.diskSlowness = factor
    this.passing?.setSpeed(1 / (this.slowness * factor))
  }

  /** Stops or resumes all work (elastic stations only). */
  pause(paused: boolean): void {
    this.paused = paused
    this.setSpeed()
  }

  get isPaused(): boolean {
    return this.paused
  }

  private setSpeed(): void {
    this.sharing?.setSpeed(this.paused ? 0 : 1 / this.slowness)
  }

  private wait(call: Call, start: Handler<Call>): void {
    const now = this.simulation.agenda.nowMs
    call.then = start
    call.sinceMs = now
    this.queue.join(call)
    this.meters.join(this.place, this.queue.length, now)
  }

  private static computed(call: Call): void {
    const station = call.place as Station
    station.meters.busy.add(station.place, -1, station.simulation.agenda.nowMs)
    Station.resume(call)
  }

  private static resume(call: Call): void {
    const station = call.place as Station
    call.place = null
    if (call.traced) station.simulation.traceWork(call, call.workMs * station.slowness)
    const then = call.then as Handler<Call>
    call.then = null
    then(call)
  }
}

function queueIn(ordering: Ordering, { agenda }: Simulation): AnyWaitQueue {
  if (ordering === 'priority') return new PriorityWaitQueue()
  if (ordering === 'lifo') return new LifoWaitQueue()
  return ordering === 'adaptive-lifo' ? new AdaptiveLifoWaitQueue(agenda) : new WaitQueue()
}
