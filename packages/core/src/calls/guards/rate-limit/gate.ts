import type { Agenda, Frame } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import { WaitQueue } from '../../../kernel/wait-queue.ts'
import type { Chosen } from '../../../support/params.ts'
import { Askers } from './asker.ts'
import type { GateMeters } from './gate-meters.ts'
import { rateLimits } from './index.ts'
import type { RateLimiter, RateLimitValues } from './rate-limit.ts'

/** One limit, and the calls that wait to go. */
class Line implements Frame {
  readonly generation = 0
  readonly queue: LineQueue
  limiter: RateLimiter
  isDue = false

  constructor(gate: RateGate, limiter: RateLimiter) {
    this.queue = new LineQueue(gate)
    this.limiter = limiter
  }
}

/** A wait queue that knows whose it is. */
class LineQueue extends WaitQueue {
  readonly gate: RateGate

  constructor(gate: RateGate) {
    super()
    this.gate = gate
  }
}

/** Lets calls go at a rate: with one limit for all, or one for each client or calling block. */
export class RateGate {
  private readonly agenda: Agenda
  private readonly simulation: Simulation
  private readonly create: () => RateLimiter
  private readonly limit: number
  private readonly askers: Askers
  private readonly per: 'client' | 'caller' | undefined
  private readonly meters: GateMeters
  private readonly granted: (call: Call) => void
  private readonly lines = new Map<number, Line>()

  /**
   * @param meters of this and of others that are measured together
   * @param granted continues a call that waited and may go now
   */
  constructor(simulation: Simulation, { name, values }: Chosen, meters: GateMeters, granted: (call: Call) => void) {
    this.simulation = simulation
    this.agenda = simulation.agenda
    const { per, overflow, limit } = values as RateLimitValues
    this.create = () => rateLimits.get(name).create(values as never)
    this.limit = overflow === 'reject' ? 0 : limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit
    this.askers = new Askers(simulation.kinds)
    this.per = per
    this.meters = meters
    this.granted = granted
  }

  /** Requests to go: the call may go now, waits for it, or comes too early and may not wait. */
  enter(call: Call): 'now' | 'later' | 'full' {
    this.meters.came++
    const line = this.lineOf(call)
    const { queue, limiter } = line
    const { nowMs } = this.agenda
    if (queue.length === 0 && limiter.nextMs(nowMs) <= nowMs) {
      this.take(limiter)
      return 'now'
    }
    if (queue.length >= this.limit) {
      // A caller that waits in line would be served before: no moment is known then.
      if (queue.length === 0) call.retryAtMs = limiter.nextMs(nowMs)
      return 'full'
    }
    call.sinceMs = nowMs
    queue.join(call)
    this.meters.waiting.add(1, nowMs)
    this.expect(line)
    return 'later'
  }

  private take(limiter: RateLimiter): void {
    const { nowMs } = this.agenda
    limiter.take(nowMs)
    this.meters.take(nowMs)
  }

  private lineOf(call: Call): Line {
    const asker = this.askerOf(call)
    const known = this.lines.get(asker)
    if (known !== undefined) return known
    const line = new Line(this, this.create())
    this.lines.set(asker, line)
    return line
  }

  private askerOf(call: Call): number {
    if (this.per === undefined) return 0
    return this.per === 'client' ? this.askers.clientOf(call) : this.askers.callerOf(call)
  }

  private expect(line: Line): void {
    if (line.isDue) return
    line.isDue = true
    const { nowMs } = this.agenda
    this.agenda.at(Math.max(nowMs, line.limiter.nextMs(nowMs)), RateGate.due, line)
  }

  private static due(line: Line): void {
    line.isDue = false
    line.queue.gate.letGo(line)
  }

  private letGo(line: Line): void {
    const { queue, limiter } = line
    const { nowMs } = this.agenda
    if (queue.length > 0 && limiter.nextMs(nowMs) <= nowMs) {
      const call = queue.takeFirst() as Call
      this.take(limiter)
      this.meters.waiting.add(-1, nowMs)
      if (call.traced) this.simulation.trace(call, 'waiting', call.sinceMs, nowMs, 'rate limit')
      if (queue.length > 0) this.expect(line)
      this.granted(call)
    } else if (queue.length > 0) this.expect(line)
  }

  /** Has a call leave that waits to go. @returns false if it does not wait here */
  unqueue(call: Call): boolean {
    const { queue } = call
    if (!(queue instanceof LineQueue) || queue.gate !== this) return false
    queue.remove(call)
    this.meters.waiting.add(-1, this.agenda.nowMs)
    return true
  }

  /** Has all calls leave that wait to go. */
  clear(): void {
    for (const { queue } of this.lines.values()) {
      this.meters.waiting.add(-queue.length, this.agenda.nowMs)
      while (queue.takeFirst() !== null);
    }
  }

  /** Forgets the calls that went, as a process that begins again. */
  forget(): void {
    for (const line of this.lines.values()) line.limiter = this.create()
  }
}
