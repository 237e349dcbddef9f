import type { Call, Receiver } from './call.ts'
import { CallSite } from './call-site.ts'
import type { Address, Network } from './network.ts'
import type { Outcome } from './outcome.ts'
import { hashName, hashPair } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Visits } from './visits.ts'

const wayThere = hashName('way there')
const wayBack = hashName('way back')

/** Requests and replies on their way: each leaves here, and arrives later, or never. */
export class Road {
  private readonly simulation: Simulation
  private readonly network: Network

  constructor(simulation: Simulation, network: Network) {
    this.simulation = simulation
    this.network = network
    // A time-out outlives the visit that it began with.
    simulation.keepsDeadlines = true
  }

  /** Sends a call on its way. */
  request(call: Call, to: Receiver): void {
    if (call.instance < 0) to.pickInstance?.(call)
    const ms = this.passageMs(call, this.senderOf(call), this.addressAt(to.visits, call), call.sizeBytes, wayThere)
    if (ms === 0) this.simulation.reach(call, to)
    else if (ms === Number.POSITIVE_INFINITY) this.lose(call)
    else {
      call.place = to
      call.sinceMs = this.simulation.agenda.nowMs
      this.simulation.agenda.after(ms, this.reached, call)
    }
  }

  private readonly reached = (call: Call): void => {
    this.traceTravel(call)
    this.simulation.reach(call, call.place as Receiver)
  }

  /** Sends the reply of a call, which its block has let go of, on its way. @returns false if it is there at once */
  reply(call: Call, outcome: Outcome): boolean {
    if (this.hasAcknowledged(call)) return true
    if (call.caller === null && !call.asks) return false
    const from = this.addressAt(call.visits as Visits, call)
    const ms = this.passageMs(call, from, this.senderOf(call), call.replyBytes, wayBack)
    if (ms === 0) return false
    const { nowMs } = this.simulation.agenda
    if (call.traced) this.simulation.trace(call, 'calling', call.arrivedMs, nowMs)
    this.leaveBlock(call, nowMs + ms)
    if (ms === Number.POSITIVE_INFINITY) this.lose(call)
    else {
      call.failure = outcome
      call.sinceMs = nowMs
      this.simulation.agenda.after(ms, this.replied, call)
    }
    return true
  }

  private readonly replied = (call: Call): void => {
    this.traceTravel(call)
    const outcome = call.failure
    call.failure = 0
    this.simulation.handBack(call, outcome)
  }

  /** Sends the acknowledgement of a call that goes on by itself. @returns false if it is there at once */
  acknowledge(call: Call): boolean {
    const from = this.addressAt(call.visits as Visits, call)
    const ms = this.passageMs(call, from, this.senderOf(call), call.replyBytes, wayBack)
    if (ms === 0) return false
    call.acknowledging = ms === Number.POSITIVE_INFINITY ? 'lost' : 'under way'
    call.extras.acknowledgedAtMs = this.simulation.agenda.nowMs + ms
    if (call.acknowledging === 'lost') this.simulation.markLost(call)
    else this.simulation.agenda.after(ms, this.acknowledged, call)
    return true
  }

  private readonly acknowledged = (call: Call): void => {
    const { caller, receiver } = call
    call.acknowledging = 'no'
    if (caller !== null) this.simulation.acknowledged(call, caller)
    if (receiver === null) this.simulation.calls.close(call)
  }

  /** Keeps a call that has ended while its acknowledgement is under way, or for a caller that will time out. */
  hasAcknowledged(call: Call): boolean {
    const { acknowledging } = call.extras
    if (acknowledging === 'no') return false
    const { acknowledgedAtMs } = call.extras
    this.leaveBlock(call, acknowledgedAtMs)
    if (acknowledging === 'lost') {
      call.acknowledging = 'no'
      this.simulation.forget(call)
    } else this.simulation.agenda.at(acknowledgedAtMs, this.acknowledged, call)
    return true
  }

  /**
   * How long a question and its answer take that are no call, such as a health check, ms: there, and back. Infinity for one
   * that is lost.
   */
  probe(from: number, to: Visits, instance: number, process = 0): readonly [thereMs: number, backMs: number] {
    const { network, simulation } = this
    const [sender, receiver] = [
      network.addressOf(from, process, 0),
      network.addressOf(to.index, Math.max(0, instance), 0),
    ]
    const random = simulation.random.at(Math.round(simulation.agenda.nowMs * 1e3), from, hashPair(to.index, instance))
    return [network.passageMs(sender, receiver, 0, random), network.passageMs(receiver, sender, 0, random)]
  }

  /** How long a message from one instance of a block to another takes, ms; Infinity for one that is lost. */
  messageMs(block: number, from: number, to: number): number {
    const { network, simulation } = this
    const random = simulation.random.at(Math.round(simulation.agenda.nowMs * 1e3), block, hashPair(from, to))
    return network.passageMs(network.addressOf(block, from, 0), network.addressOf(block, to, 0), 0, random)
  }

  /**
   * A call is done at its block: nothing that was still to happen to it there happens any more, whatever is under way. Its
   * caller's time-out does.
   */
  private leaveBlock(call: Call, arrivesMs: number): void {
    call.generation++
    call.receiver = null
    call.relay = null
    call.place = null
    call.position = null
    if (call.callSite !== null && call.deadlineMs < arrivesMs) {
      CallSite.timeOutLater(this.simulation.agenda, call)
    }
  }

  private passageMs(call: Call, from: Address, to: Address, bytes: number, way: number): number {
    return this.network.passageMs(from, to, bytes, this.simulation.random.at(call.request, call.callPath, way))
  }

  private addressAt({ index }: Visits, { instance, request }: Call): Address {
    return this.network.addressOf(index, Math.max(0, instance), request)
  }

  /** Who made a call: the instance whose visit, or whose branch of one, asks; or a client. */
  private senderOf(call: Call): Address {
    let asker = call.caller
    while (asker !== null && asker.receiver === null && asker.caller !== null) asker = asker.caller
    if (asker !== null && asker.receiver !== null) return this.addressAt(asker.receiver.visits, asker)
    return this.network.addressOf((call.callSite as CallSite).block, 0, call.request)
  }

  private traceTravel(call: Call): void {
    const { simulation } = this
    if (call.traced) simulation.trace(call.caller ?? call, 'network', call.sinceMs, simulation.agenda.nowMs)
  }

  /** The message is gone, and nobody tells the caller. */
  private lose(call: Call): void {
    this.simulation.markLost(call)
    this.simulation.forget(call)
  }
}
