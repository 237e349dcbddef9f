import type { Queue, Resource } from '../../../blocks/block.ts'
import { Level } from '../../../kernel/level.ts'
import type { Chosen } from '../../../support/params.ts'
import type { RateLimitValues } from './rate-limit.ts'

/** What is measured of the gates that an instance or several instances have. */
export class GateMeters {
  readonly waiting = new Level()
  /** Calls that came, and those of them that went. */
  came = 0
  went = 0
  /** The queue of calls that wait; none if they fail instead. */
  readonly queues: readonly Queue[]
  /** The rate as a resource: in full use, calls go at the rate. None if clients or callers have rates of their own. */
  readonly resources: readonly Resource[]

  /** @param name of the limit: `rate limit` */
  constructor({ values }: Chosen, gates: number, name = 'rate limit') {
    const { rate, per, overflow } = values as RateLimitValues
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
      areaAt: () => (this.went * 1000) / rate,
      workBegun: () => (this.came * 1000) / rate,
    }
    this.resources = per === undefined ? [used] : []
  }
}
