import { Passages } from '../../calls/callee-passages.ts'
import type { Handler } from '../../kernel/agenda.ts'
import type { Call, CancelScope } from '../../kernel/call.ts'
import { letGoOfAll } from '../../kernel/holding.ts'
import type { Counter, Queue, Resource } from '../../kernel/measured.ts'
import { Meters } from '../../kernel/meters.ts'
import { failedAt, type Outcome, ok, type Reason, reasons } from '../../kernel/outcome.ts'
import type { Stream } from '../../kernel/random.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Station, type TurnsAway } from '../../kernel/station.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Block, Health, Site } from '../block.ts'
import { Duplicates } from '../duplicates.ts'
import type { Fleet } from '../fleet.ts'
import { operationIndex } from '../operation.ts'
import { healthOf, measuredStations, StationInstance, stationQueue } from '../stations.ts'
import { Answers } from './answers.ts'
import { fleetOf, resourcesOf } from './comings.ts'
import { Doors } from './doors.ts'
import { countsDuplicates, stepsOf } from './endpoint.ts'
import { type ServiceValues, serversOf } from './params.ts'
import { PausedVisits } from './paused-visits.ts'
import { compileEndpoints } from './program.ts'
import { forks } from './steps/index.ts'
import type { Op, Program } from './steps/step.ts'
import { isSettledBy, stopBranches, stopVisit } from './stop-visit.ts'

/** The instances of a service at work, and the program that their visits run. */
export class Servers implements Block, Program {
  readonly visits: Visits
  readonly stations: readonly Station[]
  readonly instances
  readonly resources: Resource[]
  readonly queues: Queue[]
  readonly counters: Counter[]
  readonly onCrash: ((instance: number) => void)[] = []
  readonly waits
  readonly measuredInstances
  readonly canSlow: boolean
  private readonly values: ServiceValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly speeds: readonly number[]
  private readonly weights: readonly number[]
  private readonly eventLoop: boolean
  private readonly endpoints: string[]
  private readonly first: Op[] = []
  private readonly spread: Stream
  /** What its answers show. */
  readonly data: Answers
  /** Visits that a crash would end, by instance; kept only where a fault can strike. */
  private readonly members: readonly Set<Call>[] | null
  /** Null where no fault can strike. */
  private readonly paused: PausedVisits | null
  readonly passages: Passages
  /** Null where no instance comes or goes. */
  readonly fleet: Fleet | null
  /** Null where every call is taken in. */
  private readonly doors: Doors | null
  private readonly duplicates: Duplicates | null

  constructor(values: ServiceValues, site: Site) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.canSlow = site.faulty
    this.visits = new Visits(site.name, site.index)
    const servers = serversOf(values, site.instancesToCome ?? 0)
    this.speeds = servers.map(({ speed }) => speed)
    this.weights = servers.map(({ weight }) => weight)
    this.eventLoop = values.workers === 'event-loop'
    this.endpoints = Object.keys(values.endpoints)
    this.data = new Answers(values, site)
    const limit = values.limit === 'unlimited' ? Number.POSITIVE_INFINITY : values.limit
    const elastic = site.faulty || Object.values(values.endpoints).some((endpoint) => forks(stepsOf(endpoint)))
    const meters = new Meters(servers.length)
    const turnsAway = values.shed.name === 'none' && values.deadlines === 'ignore' ? undefined : this.turnsAway
    this.stations = servers.map(
      ({ workers, cores }) =>
        new Station(site.simulation, { workers, cores, limit, ordering: values.ordering, elastic, meters, turnsAway }),
    )
    this.members = site.faulty ? this.stations.map(() => new Set<Call>()) : null
    this.paused = site.faulty ? new PausedVisits(this.simulation, this.stations, this) : null
    this.fleet = fleetOf(values, site, this.stations, {
      isIdle: (instance) => this.members?.[instance]?.size === 0,
      end: (instance) => this.crash(instance, false),
    })
    this.instances = this.stations.map(
      (station, i) => new StationInstance(station, this.crash, i, this.paused?.wake, this.fleet),
    )
    this.resources = [...resourcesOf(this.stations, meters, this.fleet, site.simulation.agenda)]
    this.queues = [stationQueue(meters)]
    this.passages = new Passages(this.simulation, servers.length, this)
    const isOpen = values['rate-limit'] === undefined && turnsAway === undefined
    this.doors = isOpen ? null : new Doors(this.simulation, values, servers.length, this.comeIn)
    this.queues.push(...(this.doors?.queues ?? []))
    this.resources.push(...(this.doors?.resources ?? []))
    if (values.deadlines === 'obey') this.simulation.keepsDeadlines = true
    this.duplicates = Object.values(values.endpoints).some(countsDuplicates) ? new Duplicates(site.simulation) : null
    this.counters = [...(this.duplicates?.counters ?? [])]
    this.waits = [meters.waits]
    this.measuredInstances = measuredStations(this.stations, meters)
    this.spread = site.simulation.stream(`spread over ${site.name}`)
  }

  instanceWeight(instance: number): number {
    return this.weights[instance] as number
  }

  connect(): void {
    const { simulation, site, values } = this
    const end: Op = {
      run: (visit) => {
        this.finish(visit, ok)
        return null
      },
    }
    const first = compileEndpoints(values.endpoints, end, site.hash, {
      simulation,
      block: site.index,
      clockHz: values.clock,
      obeysDeadlines: values.deadlines === 'obey',
      lookup: (reference) => site.block(reference.block),
      repeating: (to, endpoint) => site.repeating(to, endpoint),
      passages: this.passages,
      program: this,
      duplicates: this.duplicates,
    })
    this.first.push(...first)
  }

  operation(name: string | undefined, kind: string | undefined): number {
    return operationIndex(this.endpoints, name, kind, 'any')
  }

  health(instance: number): Health {
    return healthOf(this.stations[instance] as Station)
  }

  pickInstance(call: Call): void {
    if (this.fleet !== null) call.instance = this.pickMember(this.fleet)
    else call.instance = this.stations.length === 1 ? 0 : this.spread.below(this.stations.length)
  }

  private pickMember({ members }: Fleet): number {
    return members[members.length < 2 ? 0 : this.spread.below(members.length)] ?? 0
  }

  receive(call: Call): void {
    if (call.instance < 0) this.pickInstance(call)
    this.visits.placed(call, this.simulation.agenda.nowMs)
    const station = this.stations[call.instance] as Station
    if (!station.up) {
      this.simulation.reply(call, failedAt(reasons.down, this.site.index))
      return
    }
    if (this.members !== null) (this.members[call.instance] as Set<Call>).add(call)
    const entered = this.doors === null ? 'now' : this.doors.of(call).enter(call)
    if (entered === 'now') this.comeIn(call)
    else if (entered !== 'later') this.refuse(call, entered)
  }

  private readonly comeIn = (call: Call): void => {
    const station = this.stations[call.instance] as Station
    const reason = this.doors?.of(call).comeIn(call, station.waiting) ?? null
    if (reason !== null) this.refuse(call, reason)
    else if (!station.enter(call, this.begin)) this.turnAway(call, reasons.queueFull)
  }

  /** Turns away calls that have come in. */
  private readonly turnsAway: TurnsAway = {
    reasonFor: (call, waitedMs) => {
      const { waiting } = this.stations[call.instance] as Station
      return this.doors?.of(call).reasonNotToBegin(call, waitedMs, waiting) ?? null
    },
    turnAway: (call, reason) => this.turnAway(call, reason),
  }

  private turnAway(call: Call, reason: Reason): void {
    this.doors?.of(call).left()
    this.refuse(call, reason)
  }

  private readonly begin = (call: Call): void => {
    call.begun = true
    call.held = true
    this.resume(call, this.first[call.operation] as Op)
  }

  private refuse(call: Call, reason: Reason): void {
    this.left(call)
    this.simulation.reply(call, failedAt(reason, this.site.index))
  }

  /** A call is no longer at its instance. */
  private left(call: Call): void {
    const inside = this.members?.[call.instance]
    if (inside === undefined) return
    inside.delete(call)
    if (this.fleet !== null && inside.size === 0) this.fleet.idle(call.instance)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    const station = this.stations[call.instance] as Station
    if (!call.begun) {
      const door = this.doors?.of(call)
      if (door?.unqueue(call) !== true) {
        station.unqueue(call)
        door?.left()
      }
      this.left(call)
      this.simulation.end(call, failedAt(reasons.cancelled, this.site.index))
      return true
    }
    if (scope !== 'all') return false
    stopVisit(this.simulation, station, call)
    this.letGo(call, station)
    this.doors?.of(call).left()
    this.simulation.end(call, failedAt(reasons.cancelled, this.site.index))
    return true
  }

  private letGo(call: Call, station: Station): void {
    this.left(call)
    if (!call.held) return
    call.held = false
    station.leave()
  }

  // What the steps of the program request.

  resume(visit: Call, op: Op): void {
    if (this.paused?.at(visit) === true) {
      this.paused.park(visit, op)
      return
    }
    let next: Op | null = op
    while (next !== null) next = next.run(visit)
  }

  compute(visit: Call, next: Op): void {
    const station = this.stations[visit.instance] as Station
    visit.position = next
    visit.workMs = (visit.workMs * this.simulation.workFactor) / (this.speeds[visit.instance] as number)
    if (visit.held || !this.eventLoop) station.compute(visit, this.computed)
    else station.reenter(visit, this.regained)
  }

  pass(visit: Call, then: Handler<Call>): void {
    visit.workMs *= this.simulation.workFactor
    if (this.canSlow) (this.stations[visit.instance] as Station).pass(visit, then)
    else this.simulation.agenda.after(visit.workMs, then, visit)
  }

  private readonly regained = (visit: Call): void => {
    visit.held = true
    ;(this.stations[visit.instance] as Station).compute(visit, this.computed)
  }

  private readonly computed = (visit: Call): void => {
    this.resume(visit, visit.position as Op)
  }

  release(visit: Call): void {
    if (!this.eventLoop || !visit.held) return
    visit.held = false
    ;(this.stations[visit.instance] as Station).leave()
  }

  fail(visit: Call, outcome: Outcome): void {
    if (this.paused?.at(visit) === true) this.paused.parkFailure(visit, outcome)
    else if (visit.receiver === null) this.joined(visit, outcome)
    else this.finish(visit, outcome)
  }

  readonly join: Op = {
    run: (branch) => {
      this.joined(branch, ok)
      return null
    },
  }

  private joined(branch: Call, outcome: Outcome): void {
    if (branch.begun) return
    branch.begun = true
    if (branch.holding !== null) letGoOfAll(branch)
    const visit = branch.caller as Call
    this.simulation.join(branch, visit)
    if (isSettledBy(outcome, visit)) {
      stopBranches(this.simulation, this.stations[visit.instance] as Station, visit)
      this.resume(visit, visit.position as Op)
    } else this.release(branch)
  }

  verify(): void {
    this.doors?.verify(this.visits)
  }

  private finish(visit: Call, outcome: Outcome): void {
    const station = this.stations[visit.instance] as Station
    this.left(visit)
    if (visit.holding !== null) letGoOfAll(visit)
    this.doors?.of(visit).answered(visit)
    const held = visit.held
    visit.held = false
    this.simulation.reply(visit, outcome)
    if (held) station.leave()
  }

  private readonly crash = (instance: number, isRestarted: boolean): void => {
    const station = this.stations[instance] as Station
    const lost = [...((this.members as readonly Set<Call>[])[instance] as Set<Call>)]
    station.up = false
    for (const tell of this.onCrash) tell(instance)
    this.passages.forget(instance)
    this.doors?.forget(instance)
    for (const call of lost) {
      const outcome = failedAt(call.begun ? reasons.crashed : reasons.down, this.site.index)
      station.up = false
      stopVisit(this.simulation, station, call)
      this.letGo(call, station)
      // Whom this lets in finds it up.
      station.up = isRestarted
      this.simulation.reply(call, outcome)
    }
    // Only now: the calls that were lost had connections too.
    this.passages.reclaim(instance)
  }
}
