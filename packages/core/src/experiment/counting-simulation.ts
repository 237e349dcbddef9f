import type { Call, OnReply, Receiver, Relay } from '../kernel/call.ts'
import { Simulation, type SimulationOptions } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import type { CloseUp, Plan } from './task.ts'

/** Sender and receiver in one number. */
const most = 65_536

/** A simulation that counts who calls whom. Only where pictures are requested: the count is paid for by every call. */
export class CountingSimulation extends Simulation {
  private readonly plan: Plan
  /** By kind of request, the position of its source. */
  private readonly sources: readonly number[]
  private readonly sent = new Map<number, number>()

  constructor(options: SimulationOptions, design: Design, plan: Plan) {
    super(options)
    this.plan = plan
    const names = design.sources.map(({ name }) => name).sort()
    this.sources = options.kinds.map(({ source }) => design.blocks.length + names.indexOf(source))
  }

  override send(call: Call, to: Receiver, onReply: OnReply): void {
    this.count(this.senderOf(call), to.visits.index)
    super.send(call, to, onReply)
  }

  override handOn(call: Call, relay: Relay, to: Receiver): void {
    this.count(relay.visits.index, to.visits.index)
    super.handOn(call, relay, to)
  }

  /** In order of sender, then of receiver. */
  counts(): CloseUp['calls'] {
    return [...this.sent]
      .sort(([a], [b]) => a - b)
      .map(([edge, count]) => ({ from: Math.floor(edge / most), to: edge % most, count }))
  }

  private count(from: number, to: number): void {
    const { measureFromMs, measureToMs, leadInMs = 0 } = this.plan
    const { nowMs } = this.agenda
    if (nowMs < leadInMs + measureFromMs || nowMs >= leadInMs + measureToMs) return
    const edge = from * most + to
    this.sent.set(edge, (this.sent.get(edge) ?? 0) + 1)
  }

  /** The block that makes the call: the one whose place it is made from, else the one that its caller is at. */
  private senderOf(call: Call): number {
    if (call.callSite !== null) return call.callSite.block
    let { caller } = call
    while (caller !== null && caller.receiver === null) caller = caller.caller
    return caller?.receiver?.visits.index ?? (this.sources[call.kind] as number)
  }
}
