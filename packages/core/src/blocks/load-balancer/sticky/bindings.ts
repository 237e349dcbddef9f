import type { CallInfo } from '../choice/choice.ts'
import type { Sticky, StickyValues } from './sticky.ts'

interface Binding {
  target: number
  /** When the client last sent a request, ms. */
  usedMs: number
}

/** Which target each client is bound to. */
export class Bindings {
  readonly refusesWhenDown: boolean
  readonly bindsWhen: Sticky['bindsWhen']
  readonly isLostWithBalancer: boolean
  private readonly forMs: number
  private readonly byClient = new Map<number, Binding>()

  constructor({ bindsWhen, isLostWithBalancer }: Sticky, values: StickyValues) {
    this.bindsWhen = bindsWhen
    this.isLostWithBalancer = isLostWithBalancer
    this.refusesWhenDown = values['when-down'] === 'refuse'
    this.forMs = values.for ?? Number.POSITIVE_INFINITY
  }

  /** The target of a client that sends a request now; -1 if it is free. */
  targetOf({ client }: CallInfo, nowMs: number): number {
    const binding = this.byClient.get(client)
    if (binding === undefined) return -1
    if (nowMs - binding.usedMs > this.forMs) {
      this.byClient.delete(client)
      return -1
    }
    binding.usedMs = nowMs
    return binding.target
  }

  bind({ client }: CallInfo, target: number, nowMs: number): void {
    const binding = this.byClient.get(client)
    if (binding === undefined) this.byClient.set(client, { target, usedMs: nowMs })
    else binding.target = target
  }

  clear(): void {
    this.byClient.clear()
  }
}
