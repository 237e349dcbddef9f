import type { Call, CancelScope } from '../../kernel/call.ts'
import type { Counter, Queue, Resource } from '../../kernel/measured.ts'
import { failedAt, reasons } from '../../kernel/outcome.ts'
import type { Stream } from '../../kernel/random.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Block, Health, Instance, MeasuredInstance, Site } from '../block.ts'
import type { DataSource } from '../data-source.ts'
import { FailOver } from '../fail-over.ts'
import { summedCounters, summedQueues, summedResources } from '../summed.ts'
import { Balancer } from './balancer.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** Several balancers that are one block: each chooses by itself. With a standby, one of them has the common address. */
export class Balancers implements Block {
  readonly visits: Visits
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters: readonly Counter[]
  readonly waits
  readonly measuredInstances: readonly MeasuredInstance[]
  private readonly processes: readonly Balancer[]
  /** Null where all are active. */
  private readonly failOver: FailOver | null
  private readonly simulation: Simulation
  private readonly site: Site
  private readonly spread: Stream

  constructor(values: LoadBalancerValues, site: Site) {
    const { simulation } = site
    const hasStandby = values.standby !== undefined
    this.site = site
    this.simulation = simulation
    this.visits = new Visits(site.name, site.index)
    this.processes = Array.from({ length: values.instances }, (_, instance) => {
      const name = `${site.name}.${instance + 1}`
      // A fence ends calls as a crash does.
      return new Balancer(values, { ...site, name, instance, faulty: site.faulty || hasStandby }, this.visits)
    })
    const { processes } = this
    this.failOver = hasStandby
      ? new FailOver({
          simulation,
          block: site.index,
          name: site.name,
          members: processes.length,
          policy: values.failover,
          switchOff: (member) => this.instances[member]?.crash(),
        })
      : null
    this.instances = processes.map((process, i) => this.hosted(process.instances[0] as Instance, i))
    this.resources = summedResources(processes.map(({ resources }) => resources))
    this.queues = summedQueues(processes.map(({ queues }) => queues))
    this.counters = [...summedCounters(processes.map(({ counters }) => counters)), ...(this.failOver?.counters ?? [])]
    this.waits = processes.flatMap(({ waits }) => waits)
    this.measuredInstances = processes.map(({ counters, queues, resources, worker }) => ({
      resources,
      queues,
      counters,
      begun: () => worker.station.meters.callsBegunAt(0),
      keepWaits: () => worker.station.meters.keepWaitsOf(0),
    }))
    this.spread = simulation.stream(`spread over ${site.name}`)
  }

  /** A process as faults see it: what they do to it its host notices, too. */
  private hosted(process: Instance, member: number): Instance {
    const { failOver } = this
    if (failOver === null) return process
    return {
      crash(isRestarted) {
        process.crash(isRestarted)
        failOver.crashed(member)
      },
      restart() {
        process.restart()
        failOver.restarted(member)
      },
      slow: (factor) => process.slow(factor),
      pause(paused) {
        process.pause(paused)
        failOver.paused(member, paused)
      },
    }
  }

  /** Whether all are behind one address, so that a caller cannot choose among them. */
  get sharesAddress(): boolean {
    return this.failOver !== null
  }

  connect(): void {
    for (const process of this.processes) process.connect()
  }

  start(): void {
    for (const process of this.processes) process.start()
    this.failOver?.start()
  }

  get data(): DataSource {
    return this.first.data
  }

  private get first(): Balancer {
    return this.processes[0] as Balancer
  }

  operation(name: string | undefined, kind: string | undefined): number {
    let index = 0
    for (const process of this.processes) index = process.operation(name, kind)
    return index
  }

  health(instance: number): Health {
    const member = instance < 0 ? (this.failOver?.holder ?? 0) : instance
    const found = (this.processes[member] as Balancer).health()
    return found === 'takes calls' && this.failOver?.serves(member) === false ? 'refuses' : found
  }

  pickInstance(call: Call): void {
    call.instance = this.failOver?.holder ?? this.spread.below(this.processes.length)
  }

  receive(call: Call): void {
    if (call.instance < 0) this.pickInstance(call)
    this.visits.placed(call, this.simulation.agenda.nowMs)
    if (this.failOver?.serves(call.instance) === false)
      this.simulation.reply(call, failedAt(reasons.down, this.site.index))
    else (this.processes[call.instance] as Balancer).receive(call)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    return (this.processes[call.instance] as Balancer).cancel(call, scope)
  }
}
