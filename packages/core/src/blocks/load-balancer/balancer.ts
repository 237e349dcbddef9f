import { RateGate } from '../../calls/guards/rate-limit/gate.ts'
import { GateMeters } from '../../calls/guards/rate-limit/gate-meters.ts'
import type { Call, CancelScope, Relay } from '../../kernel/call.ts'
import type { Counter, Queue, Resource } from '../../kernel/measured.ts'
import { failedAt, type Outcome, ok, reasons } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { Block, Health, Site } from '../block.ts'
import { DataBehind, type DataSource } from '../data-source.ts'
import { PassThrough } from '../pass-through.ts'
import { Worker } from '../worker.ts'
import { followFleets } from './fleet-targets.ts'
import type { LoadBalancerValues } from './load-balancer.ts'
import { shut } from './rotation.ts'
import { Selection } from './selection.ts'
import { usedOf } from './subset.ts'
import { type TargetBlock, targetBlocks } from './target-blocks.ts'
import { WaitingLine } from './waiting-line.ts'

/** One instance behind the balancer. */
export interface Target {
  readonly block: Block
  readonly route: PassThrough
  readonly instance: number
}

/** Where one process of a balancer is. */
export interface ProcessSite extends Site {
  /** Its number, if it is one of several. */
  readonly instance?: number
}

/** A load balancer at work: one process. */
export class Balancer implements Block, Relay {
  readonly visits: Visits
  readonly worker: Worker
  readonly instances
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters: readonly Counter[]
  readonly waits
  private readonly values: LoadBalancerValues
  private readonly site: ProcessSite
  private readonly isAlone: boolean
  private readonly simulation: Simulation
  private readonly compute: Sampler
  private readonly targets: Target[] = []
  readonly data: DataSource
  private readonly behindIt: readonly TargetBlock[]
  private readonly routes: PassThrough[] = []
  /** By route, the block behind it. */
  private readonly behind: Block[] = []
  /** By target, side by side in memory: a call that is handed on looks at no more of its target than this. */
  private routeOf = new Int32Array(0)
  private instanceOf = new Int32Array(0)
  private selection!: Selection
  /** Calls that wait for a target; null where a target takes any number. */
  private readonly line: WaitingLine | null
  private isServingLine = false
  /** Null where calls may come at any rate. */
  private readonly gate: RateGate | null
  /** Whether it does nothing to a call but choose: then the call itself goes on, without one made on its behalf. */
  private onlyChooses = false

  /** @param visits the ledger of the block, if this is one of several processes */
  constructor(values: LoadBalancerValues, site: ProcessSite, visits?: Visits) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.visits = visits ?? new Visits(site.name, site.index)
    this.isAlone = visits === undefined
    this.compute = createSampler(values.compute)
    this.worker = new Worker(site, {
      workers: Number.POSITIVE_INFINITY,
      cores: values.cores,
      limit: Number.POSITIVE_INFINITY,
    })
    this.worker.onStop = (call) => this.takenBack(call)
    this.worker.onCrash = () => this.forget()
    this.instances = this.worker.instances
    const works = this.compute.constant !== 0
    const { 'per-target': perTarget } = values
    this.line = perTarget === undefined ? null : new WaitingLine(site.simulation, perTarget)
    const { 'rate-limit': rateLimit } = values
    const gates = rateLimit === undefined ? null : new GateMeters(rateLimit, 1)
    this.gate =
      rateLimit === undefined || gates === null ? null : new RateGate(site.simulation, rateLimit, gates, this.comeIn)
    this.resources = [
      ...(works ? this.worker.resources : []),
      ...(this.line === null ? [] : [this.line.slots]),
      ...(gates?.resources ?? []),
    ]
    this.queues = [...(this.line === null ? [] : [this.line.measured]), ...(gates?.queues ?? [])]
    this.waits = this.line === null ? (works ? this.worker.waits : []) : [this.line.waits]
    this.counters = values.ejection === undefined ? [] : [{ name: 'ejections', read: () => this.selection.ejections }]
    this.behindIt = targetBlocks(values)
    for (const { to } of this.behindIt) this.routes.push(new PassThrough(() => site.block(to.block)))
    this.data = new DataBehind(() =>
      this.behindIt.map(({ to }, i) => ({ block: site.block(to.block), route: this.routes[i] as PassThrough })),
    )
  }

  connect(): void {
    const all = this.behindIt.flatMap(({ to }, i): readonly Target[] => {
      const block = this.site.block(to.block)
      const route = this.routes[i] as PassThrough
      this.behind.push(block)
      const all = block.sharesAddress === true ? [-1] : [...block.instances.keys()]
      const instances = to.instance === undefined ? all : [to.instance - 1]
      return instances.map((instance) => ({ block, route, instance }))
    })
    this.targets.push(...usedOf(all, this.values, this.site.name))
    this.routeOf = Int32Array.from(this.targets, ({ route }) => this.routes.indexOf(route))
    this.instanceOf = Int32Array.from(this.targets, ({ instance }) => instance)
    this.selection = new Selection(this.values, this.site, this.targets)
    followFleets(this.targets, this.selection, this.values, this.site.name)
    if (this.line !== null) {
      this.line.slots.begin(this.selection.rotation.present)
      this.selection.rotation.onChange = () => this.targetsChanged()
    }
    this.onlyChooses =
      this.isAlone &&
      this.compute.constant === 0 &&
      !this.site.faulty &&
      this.line === null &&
      this.gate === null &&
      !this.selection.isSticky &&
      this.simulation.road === null &&
      this.targets.every(({ block }) => block.visits.connectionLimit === null && block.loses === undefined)
  }

  start(): void {
    this.selection.start(this.targets)
  }

  operation(name: string | undefined, kind: string | undefined): number {
    let index = 0
    for (const route of this.routes) index = route.operation(name, kind)
    return index
  }

  /** A balancer without a healthy target answers a check as it answers a call: with a refusal. */
  health(): Health {
    const own = this.worker.health()
    return own === 'takes calls' && !this.selection.rotation.isAnyWell ? 'refuses' : own
  }

  receive(call: Call): void {
    if (this.onlyChooses && call.relay === null && !call.traced && !this.selection.rotation.isEmpty) {
      this.handOn(call)
      return
    }
    if (this.gate === null) this.worker.receive(call, this.workMsOf(call), this.forward)
    else if (this.worker.take(call)) this.enter(call, this.gate)
  }

  private workMsOf(call: Call): number {
    const { compute, simulation, site } = this
    return compute.constant ?? compute.sample(simulation.random.at(call.request, call.callPath, site.hash))
  }

  private enter(call: Call, gate: RateGate): void {
    const entered = gate.enter(call)
    if (entered === 'now') this.comeIn(call)
    else if (entered === 'full') this.worker.finish(call, failedAt(reasons.rateLimited, this.site.index))
  }

  private readonly comeIn = (call: Call): void => {
    this.worker.again(call, this.workMsOf(call), this.forward)
  }

  private readonly forward = (call: Call): void => {
    const { line } = this
    const { rotation } = this.selection
    if (line !== null && rotation.isEmpty && rotation.isAnyWell) {
      line.join(call)
      return
    }
    line?.waits.none()
    this.sendOn(call)
  }

  private sendOn(call: Call): void {
    const index = this.choose(call)
    if (index < 0) {
      this.worker.finish(call, failedAt(reasons.noHealthyTarget, this.site.index))
      return
    }
    const target = this.targets[index] as Target
    const child = this.simulation.calls.makeInPlaceOf(call)
    child.operation = target.route.translate(call.operation)
    child.instance = target.instance
    call.pending = index
    this.simulation.send(child, target.block, this.replied)
  }

  /** Sends calls from the line to targets with a free slot; if no target is well, all of them fail. */
  private serveLine(): void {
    const { line } = this
    const { rotation } = this.selection
    if (line === null || line.length === 0 || this.isServingLine) return
    // A call that is refused at once frees its slot again, which must not begin the same within it.
    this.isServingLine = true
    while (line.length > 0 && !rotation.isEmpty) this.sendOn(line.takeFirst() as Call)
    if (!rotation.isAnyWell) for (const call of line.clear()) this.sendOn(call)
    this.isServingLine = false
  }

  private targetsChanged(): void {
    this.line?.slots.change(this.selection.rotation.present, this.simulation.agenda.nowMs)
    this.serveLine()
  }

  private choose(call: Call): number {
    const { line, selection } = this
    const index = selection.choose(call)
    if (line !== null && index >= 0 && line.take(selection.rotation.outstanding[index] as number))
      selection.rotation.set(index, shut.full, true)
    return index
  }

  private handOn(call: Call): void {
    const index = this.choose(call)
    const route = this.routes[this.routeOf[index] as number] as PassThrough
    call.operation = route.translate(call.operation)
    call.instance = this.instanceOf[index] as number
    call.target = index
    this.simulation.handOn(call, this, this.behind[this.routeOf[index] as number] as Block)
  }

  relayed(call: Call, outcome: Outcome): void {
    const now = this.simulation.agenda.nowMs
    this.visits.leave(call, outcome, now)
    this.answered(call, call.target, outcome, now - call.arrivedMs)
  }

  private readonly replied = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.replyBytes = child.replyBytes
    call.notModified = child.notModified
    if (outcome !== ok) call.retryAtMs = child.retryAtMs
    this.answered(call, call.pending, outcome, this.simulation.agenda.nowMs - child.arrivedMs)
    this.worker.finish(call, outcome)
  }

  private answered(call: Call, index: number, outcome: Outcome, tookMs: number): void {
    this.selection.ended(call, index, outcome, tookMs)
    if (this.line === null) return
    this.line.release()
    this.selection.rotation.set(index, shut.full, false)
  }

  /** A target no longer works on what was sent for a call, and gives no answer. */
  private takenBack(call: Call): void {
    const tookMs = this.simulation.agenda.nowMs - call.arrivedMs
    this.answered(call, call.pending, failedAt(reasons.cancelled, this.site.index), tookMs)
  }

  /** A crash ends the calls in the line with all others, and the memory of the balancer is lost. */
  private forget(): void {
    this.gate?.clear()
    this.gate?.forget()
    this.line?.clear()
    this.selection.forget()
  }

  /** Takes a call out of the queue in which it waits. @returns whether it waited */
  private leavesQueue(call: Call): boolean {
    return this.gate?.unqueue(call) === true || this.line?.leave(call) === true
  }

  cancel(call: Call, scope: CancelScope): boolean {
    if (call.relay === this) return (call.receiver as Block).cancel(call, scope)
    const { child } = call
    if (child === null) return this.worker.cancel(call, this.leavesQueue(call) ? 'all' : scope)
    if (!this.simulation.takeBack(child, scope)) return false
    call.child = null
    this.takenBack(call)
    return this.worker.cancel(call, 'all')
  }
}
