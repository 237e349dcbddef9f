import { Level } from '../../../kernel/level.ts'
import type { Queue, Resource } from '../../../kernel/measured.ts'
import type { Chosen } from '../../../support/params.ts'
import type { RateLimitValues } from './rate-limit.ts'

/** What is measured of the gates that an instance or several instances have. */
export class GateMeters {
  readonly waiting = new Level()
  /** Calls that arrived, and calls that passed. */
  came = 0
  private went = 0
  private readonly gates: number
  private readonly intervalMs: number
  /** Time that the calls that went still use up: what a burst takes at once is used over the time that the rate gives it. */
  private restMs = 0
  private sinceMs = 0
  /** The queue of calls that wait; none if they fail instead. */
  readonly queues: readonly Queue[]
  /** The rate as a resource: in full use, calls go at the rate. None if clients or callers have rates of their own. */
  readonly resources: readonly Resource[]

  /** @param name of the limit: `rate limit` */
  constructor({ values }: Chosen, gates: number, name = 'rate limit') {
    const { rate, per, overflow } = values as RateLimitValues
    this.gates = gates
    this.intervalMs = 1000 / rate
    const queue: Queue = {
      name: `waiting for the ${name}`,
      areaAt: (nowMs) => this.waiting.areaAt(nowMs),
      length: () => this.waiting.value,
      max: () => this.waiting.max,
    }
    this.queues = overflow === 'reject' ? [] : [queue]
    const used: Resource = {
      name,
      capacity: gates,
      areaAt: (nowMs) => this.went * this.intervalMs - this.restAt(nowMs),
      workBegun: () => this.came * this.intervalMs,
    }
    this.resources = per === undefined ? [used] : []
  }

  /** Notes that a call goes. */
  take(nowMs: number): void {
    this.restMs = this.restAt(nowMs) + this.intervalMs
    this.sinceMs = nowMs
    this.went++
  }

  private restAt(nowMs: number): number {
    return Math.max(0, this.restMs - this.gates * (nowMs - this.sinceMs))
  }
}
