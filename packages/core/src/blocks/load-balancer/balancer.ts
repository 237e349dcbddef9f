import type { Call, CancelScope, Relay } from '../../kernel/call.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from '../../kernel/outcome.ts'
import { hashName, type Stream } from '../../kernel/random.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import { createSampler } from '../../support/distributions/index.ts'
import type { Block, Health, Queue, Resource, Site } from '../block.ts'
import { PassThrough } from '../pass-through.ts'
import type { KeptBefore } from '../versions.ts'
import { Worker } from '../worker.ts'
import { CallView } from './call-view.ts'
import type { CallResult, Chooser, Targets } from './choice/choice.ts'
import { choices } from './choice/index.ts'
import { HealthChecks } from './health-checks.ts'
import type { LoadBalancerValues } from './load-balancer.ts'

/** One instance behind the balancer. */
export interface Target {
  readonly block: Block
  readonly route: PassThrough
  readonly instance: number
}

/** A load balancer at work. */
export class Balancer implements Block, Relay {
  readonly visits: Visits
  readonly worker: Worker
  readonly instances
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters = []
  readonly waits
  private readonly values: LoadBalancerValues
  private readonly site: Site
  private readonly simulation: Simulation
  private readonly random: Stream
  private readonly compute: Sampler
  private readonly targets: Target[] = []
  private readonly routes: PassThrough[] = []
  /** By route, the block behind it. */
  private readonly behind: Block[] = []
  private outstanding = new Int32Array(0)
  /** By target, side by side in memory: a call that is handed on looks at no more of its target than this. */
  private routeOf = new Int32Array(0)
  private instanceOf = new Int32Array(0)
  /** What the choice sees of the targets. */
  private known: { -readonly [K in keyof Targets]: Targets[K] } = {
    count: 0,
    weights: [],
    outstanding: this.outstanding,
    available: [],
    salt: 0,
  }
  private chooser: Chooser | null = null
  private readonly view: CallView
  /** How the last call ended: written again for each, so that it costs no memory. */
  private readonly result: { -readonly [K in keyof CallResult]: CallResult[K] } = {
    ok: true,
    definite: false,
    tookMs: 0,
  }
  /** Whether it does nothing to a call but choose: then the call itself goes on, without one made on its behalf. */
  private onlyChooses = false

  constructor(values: LoadBalancerValues, site: Site) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.visits = new Visits(site.name, site.index)
    this.random = site.simulation.stream(`choice of ${site.name}`)
    this.view = new CallView(site.simulation.kinds)
    this.compute = createSampler(values.compute)
    this.worker = new Worker(site, {
      workers: Number.POSITIVE_INFINITY,
      cores: values.cores,
      limit: Number.POSITIVE_INFINITY,
    })
    this.worker.onStop = (call) => this.takenBack(call)
    this.instances = this.worker.instances
    const works = this.compute.constant !== 0
    this.resources = works ? this.worker.resources : []
    this.queues = []
    this.waits = works ? this.worker.waits : []
    for (const target of values.targets) {
      this.routes.push(new PassThrough(() => site.block(target.block)))
    }
  }

  connect(): void {
    this.values.targets.forEach((reference, i) => {
      const block = this.site.block(reference.block)
      const route = this.routes[i] as PassThrough
      this.behind.push(block)
      if (reference.instance !== undefined) this.targets.push({ block, route, instance: reference.instance - 1 })
      else for (const instance of block.instances.keys()) this.targets.push({ block, route, instance })
    })
    this.onlyChooses =
      this.compute.constant === 0 &&
      !this.site.faulty &&
      this.targets.every(({ block }) => block.visits.connectionLimit === null && block.loses === undefined)
    this.outstanding = new Int32Array(this.targets.length)
    this.routeOf = Int32Array.from(this.targets, ({ route }) => this.routes.indexOf(route))
    this.instanceOf = Int32Array.from(this.targets, ({ instance }) => instance)
    this.known = {
      count: this.targets.length,
      weights: this.targets.map((_, i) => this.values.weights?.[i] ?? 1),
      outstanding: this.outstanding,
      available: this.targets.map((_, i) => i),
      salt: hashName([...new Set(this.values.targets.map(({ block }) => block))].sort().join(' ')),
    }
    const { choice } = this.values
    this.chooser = choices.get(choice.name).create(choice.values, this.known)
  }

  start(): void {
    const check = this.values['health-check']
    if (check === undefined) return
    new HealthChecks(this.simulation.agenda, check, this.targets, (healthy) => {
      this.known.available = healthy
      if (healthy.length > 0) this.chooser?.onTargets?.(healthy)
    }).start()
  }

  copyOf(operation: number, key: number, kept?: KeptBefore) {
    return this.told(operation, (block, there) => block.copyOf?.(there, key, kept)) ?? null
  }

  get stores() {
    const { site, values } = this
    return [...new Set(values.targets.flatMap(({ block }) => site.block(block).stores ?? []))]
  }

  sizesOf(operation: number) {
    return this.told(operation, (block, there) => block.sizesOf?.(there))
  }

  /** What the first target that can says: they are alike. */
  private told<T>(operation: number, ask: (block: Block, operation: number) => T | undefined): T | undefined {
    for (const [i, block] of this.behind.entries()) {
      const answer = ask(block, (this.routes[i] as PassThrough).translate(operation))
      if (answer !== undefined) return answer
    }
    return undefined
  }

  operation(name: string | undefined, kind: string | undefined): number {
    let index = 0
    for (const route of this.routes) index = route.operation(name, kind)
    return index
  }

  /** A balancer without a healthy target answers a check as it answers a call: with a refusal. */
  health(): Health {
    const own = this.worker.health()
    return own === 'takes calls' && this.known.available.length === 0 ? 'refuses' : own
  }

  receive(call: Call): void {
    if (this.onlyChooses && call.relay === null && !call.traced && this.known.available.length > 0) {
      this.handOn(call)
      return
    }
    const workMs =
      this.compute.constant ??
      this.compute.sample(this.simulation.random.at(call.request, call.callPath, this.site.hash))
    this.worker.receive(call, workMs, this.forward)
  }

  private readonly forward = (call: Call): void => {
    if (this.known.available.length === 0) {
      this.worker.finish(call, failedAt(reasons.noHealthyTarget, this.site.index))
      return
    }
    const index = this.choose(call)
    const target = this.targets[index] as Target
    const child = this.simulation.calls.makeInPlaceOf(call)
    child.operation = target.route.translate(call.operation)
    child.instance = target.instance
    call.pending = index
    this.simulation.send(child, target.block, this.replied)
  }

  private choose(call: Call): number {
    const chooser = this.chooser as Chooser
    const { nowMs } = this.simulation.agenda
    this.view.call = call
    const index = chooser.choose(this.view, nowMs, this.random)
    this.outstanding[index] = (this.outstanding[index] as number) + 1
    chooser.onSent?.(index, nowMs)
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
    this.answered(call.target, outcome, now - call.arrivedMs)
  }

  private readonly replied = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.replyBytes = child.replyBytes
    call.notModified = child.notModified
    this.answered(call.pending, outcome, this.simulation.agenda.nowMs - child.arrivedMs)
    this.worker.finish(call, outcome)
  }

  private answered(index: number, outcome: Outcome, tookMs: number): void {
    this.outstanding[index] = (this.outstanding[index] as number) - 1
    const { chooser, result } = this
    if (chooser?.onDone === undefined) return
    result.ok = outcome === ok
    result.definite = reasonOf(outcome)?.definite === true
    result.tookMs = tookMs
    chooser.onDone(index, result, this.simulation.agenda.nowMs)
  }

  /** A target no longer works on what was sent for a call, and gives no answer. */
  private takenBack(call: Call): void {
    const tookMs = this.simulation.agenda.nowMs - call.arrivedMs
    this.answered(call.pending, failedAt(reasons.cancelled, this.site.index), tookMs)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    if (call.relay === this) return (call.receiver as Block).cancel(call, scope)
    const { child } = call
    if (child === null) return this.worker.cancel(call, scope)
    if (!this.simulation.takeBack(child, scope)) return false
    call.child = null
    this.takenBack(call)
    return this.worker.cancel(call, 'all')
  }
}
