import type { Call, CancelScope } from '../kernel/call.ts'
import type { Queue, Resource } from '../kernel/measured.ts'
import type { Meters } from '../kernel/meters.ts'
import { failedAt, type Outcome, reasons } from '../kernel/outcome.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { Station } from '../kernel/station.ts'
import type { Waits } from '../kernel/waits.ts'
import type { Health, Instance, Site } from './block.ts'
import { Parked } from './parked.ts'
import { healthOf, StationInstance, stationQueue, stationResources } from './stations.ts'

/**
 * The one machine of a block that is one machine (a database, a cache, a balancer): calls wait for a worker, work, and
 * then do what the block does; a crash ends all of them.
 */
export class Worker {
  readonly station: Station
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly waits: readonly Waits[]
  private readonly simulation: Simulation
  private readonly site: Site
  private readonly members: Set<Call> | null
  private readonly parked = new Parked()
  /** Called for every call as it begins: a read is shown what is stored then. */
  onBegin: ((call: Call) => void) | null = null
  /** What else a crash does: a cache forgets. */
  onCrash: (() => void) | null = null
  /** What is to be undone when a call is stopped that waits for another block; the call to that block goes on unheeded. */
  onStop: ((call: Call) => void) | null = null

  constructor(site: Site, options: { workers: number; cores: number; limit: number; meters?: Meters }) {
    this.site = site
    this.simulation = site.simulation
    this.station = new Station(site.simulation, { ...options, ordering: 'fifo', elastic: site.faulty })
    this.members = site.faulty ? new Set() : null
    this.instances = [
      new StationInstance(
        this.station,
        (_instance, isRestarted) => this.crash(isRestarted),
        0,
        () => this.wake(),
      ),
    ]
    this.resources = stationResources([this.station], this.station.meters)
    this.queues = [stationQueue(this.station.meters)]
    this.waits = [this.station.meters.waits]
  }

  /** Whether it is not crashed. */
  get up(): boolean {
    return this.station.up
  }

  health(): Health {
    return healthOf(this.station)
  }

  /** Works for `workMs` on behalf of a call that has just arrived, then runs `then`, with the worker still held. */
  receive(call: Call, workMs: number, then: (call: Call) => void): void {
    if (!this.station.up) {
      this.simulation.reply(call, failedAt(reasons.down, this.site.index))
      return
    }
    this.members?.add(call)
    call.workMs = workMs * this.simulation.workFactor
    call.position = then
    if (workMs === 0 && this.station.workers === Number.POSITIVE_INFINITY && !this.site.faulty) {
      call.begun = true
      this.onBegin?.(call)
      then(call)
    } else if (!this.station.enter(call, this.begin)) {
      this.members?.delete(call)
      this.simulation.reply(call, failedAt(reasons.queueFull, this.site.index))
    }
  }

  /** Takes in a call that has nothing to do here yet, and so needs no worker. @returns false if it was refused. */
  take(call: Call): boolean {
    if (!this.station.up) {
      this.simulation.reply(call, failedAt(reasons.down, this.site.index))
      return false
    }
    this.members?.add(call)
    call.begun = true
    return true
  }

  /** Takes in a call that goes on without what is down here. */
  takeAnyway(call: Call): void {
    this.members?.add(call)
    call.begun = true
  }

  /** Works once more on behalf of a call that is already taken in, and so is never turned away. */
  again(call: Call, workMs: number, then: (call: Call) => void): void {
    call.workMs = workMs * this.simulation.workFactor
    call.position = then
    if (workMs === 0 && this.station.workers === Number.POSITIVE_INFINITY && !this.site.faulty) then(call)
    else if (call.held) this.station.compute(call, then)
    else this.station.reenter(call, this.begin)
  }

  /** Works for `workMs` more without a core, as a disk does, then runs `then`; a worker that is held stays held. */
  pass(call: Call, workMs: number, then: (call: Call) => void): void {
    const { agenda, workFactor } = this.simulation
    call.sinceMs = agenda.nowMs
    call.workMs = workMs * workFactor
    call.position = then
    if (this.site.faulty) this.station.pass(call, this.passed)
    else agenda.after(call.workMs, this.passed, call)
  }

  private readonly passed = (call: Call): void => {
    if (call.traced) this.simulation.trace(call, 'processing', call.sinceMs, this.simulation.agenda.nowMs, 'disk')
    if (!this.station.isPaused) {
      ;(call.position as (call: Call) => void)(call)
      return
    }
    call.sinceMs = this.simulation.agenda.nowMs
    this.parked.add(call)
  }

  /** After a pause everything goes on that came to its next step in the meantime. */
  private wake(): void {
    for (const call of this.parked.take()) {
      if (call.traced) this.simulation.trace(call, 'waiting', call.sinceMs, this.simulation.agenda.nowMs, 'pause')
      ;(call.position as (call: Call) => void)(call)
    }
  }

  private readonly begin = (call: Call): void => {
    call.begun = true
    call.held = true
    this.onBegin?.(call)
    this.station.compute(call, call.position as (call: Call) => void)
  }

  /** Gives the worker back while the call waits for something else. */
  release(call: Call): void {
    if (!call.held) return
    call.held = false
    this.station.leave()
  }

  /** Answers the call. */
  finish(call: Call, outcome: Outcome): void {
    this.members?.delete(call)
    const { held } = call
    call.held = false
    this.simulation.reply(call, outcome)
    if (held) this.station.leave()
  }

  /** Lets go of a call whose answer is still on its way. */
  part(call: Call): void {
    this.members?.delete(call)
    this.release(call)
  }

  /** Takes a call back, without a reply. */
  cancel(call: Call, scope: CancelScope): boolean {
    if (!call.begun) this.station.unqueue(call)
    else if (scope !== 'all') return false
    else this.stop(call)
    this.members?.delete(call)
    this.release(call)
    this.simulation.end(call, failedAt(reasons.cancelled, this.site.index))
    return true
  }

  private stop(call: Call): void {
    if (call.queue !== null) this.station.unqueue(call)
    this.station.interrupt(call)
    if (call.child === null) return
    this.onStop?.(call)
    this.simulation.abandon(call.child)
    call.child = null
  }

  private crash(isRestarted: boolean): void {
    this.station.up = false
    this.onCrash?.()
    for (const call of [...(this.members ?? [])]) {
      const outcome = failedAt(call.begun ? reasons.crashed : reasons.down, this.site.index)
      this.station.up = false
      this.stop(call)
      this.members?.delete(call)
      this.release(call)
      // Whom this lets in finds it up.
      this.station.up = isRestarted
      this.simulation.reply(call, outcome)
    }
  }
}
