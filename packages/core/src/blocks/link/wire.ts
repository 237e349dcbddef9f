import type { Call, CancelScope } from '../../kernel/call.ts'
import type { Lane } from '../../kernel/lane.ts'
import { Level } from '../../kernel/level.ts'
import type { Counter, Resource } from '../../kernel/measured.ts'
import { failedAt, type Outcome, ok, reasons } from '../../kernel/outcome.ts'
import { hashPair } from '../../kernel/random.ts'
import { Sharing } from '../../kernel/sharing.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { Visits } from '../../kernel/visits.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import type { Block, Health, Instance, Site } from '../block.ts'
import { DataBehind } from '../data-source.ts'
import { PassThrough } from '../pass-through.ts'
import type { LinkValues } from './link.ts'

/** One direction of a link: transmission at the shared bandwidth, then propagation. */
class Direction {
  bytes = 0
  lost = 0
  readonly sharing: Sharing | null
  private readonly wire: Wire
  private readonly site: number
  private readonly lane: Lane<Call> | null
  private readonly arrived: (call: Call) => void

  constructor(wire: Wire, site: number, arrived: (call: Call) => void) {
    this.wire = wire
    this.site = site
    this.arrived = arrived
    const { agenda } = wire.simulation
    this.sharing =
      wire.bandwidth === undefined ? null : new Sharing(agenda, 1, new Level(), (call) => this.propagate(call))
    const { constant } = wire.latency
    this.lane = constant === undefined || wire.faulty ? null : agenda.lane<Call>(constant, (call) => this.end(call))
  }

  /** Carries `bytes` on behalf of `call`. */
  carry(call: Call, bytes: number): void {
    const { simulation, loss, bandwidth } = this.wire
    this.bytes += bytes
    if (loss > 0 && simulation.random.at(call.request, call.callPath, this.site).next() < loss) {
      this.lost++
      this.wire.lose(call)
      return
    }
    call.place = this
    call.sinceMs = simulation.agenda.nowMs
    if (this.sharing === null || bytes === 0) this.propagate(call)
    else this.sharing.add(call, (bytes / (bandwidth as number)) * 1000 * simulation.workFactor)
  }

  /** Whether the call is being transmitted or propagated here is all the same: it no longer arrives. */
  stop(call: Call): void {
    this.sharing?.remove(call)
  }

  private propagate(call: Call): void {
    const { simulation, latency, slowness } = this.wire
    if (this.lane !== null) {
      this.lane.push(call)
      return
    }
    const delayMs = latency.sample(simulation.random.at(call.request, call.callPath, hashPair(this.site, 1)))
    simulation.agenda.after(delayMs * slowness, Direction.ended, call)
  }

  private static ended(call: Call): void {
    ;(call.place as Direction).end(call)
  }

  private end(call: Call): void {
    const { simulation } = this.wire
    if (call.traced) simulation.trace(call, 'network', call.sinceMs, simulation.agenda.nowMs)
    call.place = null
    this.arrived(call)
  }
}

/** A network link at work. */
export class Wire implements Block {
  readonly loses = true
  readonly visits: Visits
  readonly simulation: Simulation
  readonly latency: Sampler
  readonly bandwidth: number | undefined
  readonly loss: number
  readonly faulty: boolean
  slowness = 1
  private up = true
  private state = { down: false, paused: false }
  readonly instances: readonly Instance[]
  readonly resources: readonly Resource[]
  readonly queues = []
  readonly counters: readonly Counter[]
  readonly waits = []
  private readonly site: Site
  private readonly values: LinkValues
  readonly data: DataBehind
  private readonly route: PassThrough
  private readonly there: Direction
  private readonly back: Direction

  constructor(values: LinkValues, site: Site, latency: Sampler) {
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.latency = latency
    this.bandwidth = values.bandwidth
    this.loss = values.loss
    this.faulty = site.faulty
    this.visits = new Visits(site.name, site.index)
    this.route = new PassThrough(() => site.block(values.to.block))
    this.data = new DataBehind(() => [{ block: site.block(values.to.block), route: this.route }])
    this.there = new Direction(this, hashPair(site.hash, 1), this.handOver)
    this.back = new Direction(this, hashPair(site.hash, 2), this.handBack)
    this.instances = [
      {
        crash: () => this.setState({ down: true }),
        restart: () => this.setState({ down: false }),
        slow: (factor) => {
          this.slowness = factor
          for (const { sharing } of [this.there, this.back]) sharing?.setSpeed(1 / factor)
        },
        pause: (paused) => this.setState({ paused }),
      },
    ]
    const bytesPerMs = (this.bandwidth ?? 0) / 1000
    this.resources = [this.there, this.back].flatMap((direction, i) => {
      const { sharing } = direction
      return sharing === null
        ? []
        : [
            {
              name: i === 0 ? 'bandwidth there' : 'bandwidth back',
              capacity: 1,
              areaAt: (nowMs: number) => sharing.busy.areaAt(nowMs),
              workBegun: () => direction.bytes / bytesPerMs,
            },
          ]
    })
    this.counters = [
      { name: 'bytes', read: () => this.there.bytes + this.back.bytes },
      { name: 'lost', read: () => this.there.lost + this.back.lost },
    ]
  }

  private setState(change: { readonly down?: boolean; readonly paused?: boolean }): void {
    this.state = { ...this.state, ...change }
    this.up = !this.state.down && !this.state.paused
  }

  operation(name: string | undefined, kind: string | undefined): number {
    return this.route.operation(name, kind)
  }

  /** A check crosses the link as a call does, so it also finds what is behind: the instance addressed, or any of them. */
  health(): Health {
    if (!this.up) return 'silent'
    const { block, instance } = this.values.to
    const behind = this.site.block(block)
    if (instance !== undefined) return behind.health(instance - 1)
    const found = behind.instances.map((_, i) => behind.health(i))
    return (['takes calls', 'silent'] as const).find((health) => found.includes(health)) ?? 'refuses'
  }

  receive(call: Call): void {
    if (this.up) this.there.carry(call, call.sizeBytes)
    else this.lose(call)
  }

  private readonly handOver = (call: Call): void => {
    const block = this.site.block(this.values.to.block)
    const child = this.simulation.calls.makeInPlaceOf(call)
    child.operation = this.route.translate(call.operation)
    child.instance = (this.values.to.instance ?? 0) - 1
    this.simulation.send(child, block, this.replied)
  }

  private readonly replied = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.failure = outcome
    call.replyBytes = child.replyBytes
    call.notModified = child.notModified
    if (outcome !== ok) call.retryAtMs = child.retryAtMs
    if (this.up) this.back.carry(call, child.replyBytes)
    else this.lose(call)
  }

  private readonly handBack = (call: Call): void => {
    this.simulation.reply(call, call.failure)
  }

  /** The message is gone. Nobody tells the caller: if nobody up the chain has a time-out, the request is lost. */
  lose(call: Call): void {
    this.simulation.markLost(call)
    this.simulation.vanish(call, failedAt(reasons.lost, this.site.index))
  }

  cancel(call: Call, scope: CancelScope): boolean {
    const { child } = call
    if (child !== null) {
      if (!this.simulation.takeBack(child, scope)) return false
    } else if (scope === 'all') {
      ;(call.place as Direction | null)?.stop(call)
    } else {
      return false
    }
    this.simulation.end(call, failedAt(reasons.cancelled, this.site.index))
    return true
  }
}
