import type { Call } from './call.ts'

/** A wait queue, first in, first out; calls can leave from anywhere in it in O(1). */
export class WaitQueue {
  protected first: Call | null = null
  protected last: Call | null = null
  length = 0

  join(call: Call): void {
    call.queue = this
    call.ahead = this.last
    call.behind = null
    if (this.last === null) this.first = call
    else this.last.behind = call
    this.last = call
    this.length++
  }

  /** Since when the call at the head waits; Infinity if there is none. */
  get oldestSinceMs(): number {
    return this.first === null ? Number.POSITIVE_INFINITY : this.first.sinceMs
  }

  /** The call at the head, which leaves the queue; null if there is none. */
  takeFirst(): Call | null {
    const call = this.first
    if (call !== null) this.remove(call)
    return call
  }

  remove(call: Call): void {
    if (call.ahead === null) this.first = call.behind
    else call.ahead.behind = call.behind
    if (call.behind === null) this.last = call.ahead
    else call.behind.ahead = call.ahead
    call.ahead = null
    call.behind = null
    call.queue = null
    this.length--
  }
}

/** The newest call first: under overload it is the one whose caller still waits. */
export class LifoWaitQueue extends WaitQueue {
  override takeFirst(): Call | null {
    const call = this.last
    if (call !== null) this.remove(call)
    return call
  }
}

/** A queue has formed if it was not empty for so long, ms: the interval of CoDel. */
const formedMs = 100

/**
 * First in, first out, but the newest call first while a queue has formed. Source: B. Maurer, "Fail at Scale", ACM Queue
 * 13(8), 2015.
 */
export class AdaptiveLifoWaitQueue extends LifoWaitQueue {
  private readonly agenda: { readonly nowMs: number }
  private sinceMs = 0

  constructor(agenda: { readonly nowMs: number }) {
    super()
    this.agenda = agenda
  }

  override join(call: Call): void {
    if (this.length === 0) this.sinceMs = this.agenda.nowMs
    super.join(call)
  }

  override takeFirst(): Call | null {
    if (this.agenda.nowMs - this.sinceMs >= formedMs) return super.takeFirst()
    const call = this.first
    if (call !== null) this.remove(call)
    return call
  }
}

/** Number of priorities: 0 is served first. */
export const priorities = 10

/** wait queues by priority: the head of the most urgent queue that is not empty comes first; within one, by age. */
export class PriorityWaitQueue {
  private readonly queues = Array.from({ length: priorities }, () => new WaitQueue())
  length = 0

  join(call: Call): void {
    ;(this.queues[call.priority] as WaitQueue).join(call)
    this.length++
  }

  get oldestSinceMs(): number {
    let oldestMs = Number.POSITIVE_INFINITY
    for (const queue of this.queues) if (queue.oldestSinceMs < oldestMs) oldestMs = queue.oldestSinceMs
    return oldestMs
  }

  takeFirst(): Call | null {
    if (this.length === 0) return null
    for (const queue of this.queues) {
      const call = queue.takeFirst()
      if (call !== null) {
        this.length--
        return call
      }
    }
    return null
  }

  remove(call: Call): void {
    ;(this.queues[call.priority] as WaitQueue).remove(call)
    this.length--
  }
}

/** What a queue must do, whatever its order. */
export type AnyWaitQueue = WaitQueue | PriorityWaitQueue
