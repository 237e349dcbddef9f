/** When a breaker opens, and how it closes again. */
export interface BreakerOptions {
  readonly opens: BreakerThreshold
  /** How long it stays open before it lets trials through, ms. */
  readonly forMs: number
  /** Calls let through as trials; as many must succeed to close it. */
  readonly trials: number
}

/** So many failures among the last n calls, or a share of the calls of a window once enough of them have ended. */
export type BreakerThreshold =
  | { readonly failures: number; readonly last: number }
  | { readonly share: number; readonly windowMs: number; readonly calls: number }

/** What it counts in, of a window of time. */
const slices = 10

/**
 * A circuit breaker: closed, it counts how calls end; open, it refuses them; half-open, it lets a few through as trials. One
 * trial that fails opens it again. A call that began before the breaker changed its state says nothing of the new state.
 * Source: M. Nygard, "Release It!", 2007; counting as in Resilience4j.
 */
export class Breaker {
  private readonly options: BreakerOptions
  private readonly record: FailureRecord
  private current: 'closed' | 'open' | 'half-open' = 'closed'
  private sinceMs = 0
  /** Trials under way or done well since it is half-open. */
  private tried = 0
  private passed = 0
  /** Rises with every change of state. */
  private epoch = 0

  constructor(options: BreakerOptions) {
    this.options = options
    this.record = 'last' in options.opens ? new LastCalls(options.opens) : new CallsInWindow(options.opens)
  }

  get state(): 'closed' | 'open' | 'half-open' {
    return this.current
  }

  /**
   * Whether a call may go.
   * @returns its ticket, to hand in when it has ended; -1 if it may not go
   */
  admit(nowMs: number): number {
    if (this.current === 'open' && nowMs - this.sinceMs >= this.options.forMs) this.become('half-open', nowMs)
    if (this.current === 'open') return -1
    if (this.current === 'half-open') {
      if (this.tried >= this.options.trials) return -1
      this.tried++
    }
    return this.epoch
  }

  /** Notes how the call of a ticket ended. */
  ended(ticket: number, ok: boolean, nowMs: number): void {
    if (ticket !== this.epoch) return
    if (this.current === 'half-open') {
      if (!ok) this.become('open', nowMs)
      else if (++this.passed >= this.options.trials) this.become('closed', nowMs)
    } else if (this.record.opensAfter(ok, nowMs)) this.become('open', nowMs)
  }

  /** Notes that the call of a ticket was never made, or that nobody waited for its end. */
  withdrawn(ticket: number): void {
    if (ticket === this.epoch && this.current === 'half-open') this.tried--
  }

  private become(state: 'closed' | 'open' | 'half-open', nowMs: number): void {
    this.current = state
    this.sinceMs = nowMs
    this.epoch++
    this.tried = 0
    this.passed = 0
    if (state === 'closed') this.record.clear()
  }
}

/** What a closed breaker remembers of how calls ended. */
interface FailureRecord {
  /** Adds an end. @returns whether there are too many failures now */
  opensAfter(ok: boolean, nowMs: number): boolean
  clear(): void
}

class LastCalls implements FailureRecord {
  private readonly failed: Uint8Array
  private readonly most: number
  private next = 0
  private failures = 0

  constructor({ failures, last }: { readonly failures: number; readonly last: number }) {
    this.failed = new Uint8Array(last)
    this.most = failures
  }

  opensAfter(ok: boolean): boolean {
    const failed = ok ? 0 : 1
    this.failures += failed - (this.failed[this.next] as number)
    this.failed[this.next] = failed
    this.next = (this.next + 1) % this.failed.length
    return this.failures >= this.most
  }

  clear(): void {
    this.failed.fill(0)
    this.failures = 0
  }
}

class CallsInWindow implements FailureRecord {
  private readonly share: number
  private readonly least: number
  private readonly sliceMs: number
  private readonly calls = new Float64Array(slices)
  private readonly failures = new Float64Array(slices)
  /** Number of the newest slice since 0 s. */
  private newest = 0

  constructor({
    share,
    windowMs,
    calls,
  }: { readonly share: number; readonly windowMs: number; readonly calls: number }) {
    this.share = share
    this.least = calls
    this.sliceMs = windowMs / slices
  }

  opensAfter(ok: boolean, nowMs: number): boolean {
    this.advance(Math.floor(nowMs / this.sliceMs))
    const at = this.newest % slices
    this.calls[at] = (this.calls[at] as number) + 1
    if (!ok) this.failures[at] = (this.failures[at] as number) + 1
    const calls = sum(this.calls)
    return calls >= this.least && sum(this.failures) >= this.share * calls
  }

  private advance(slice: number): void {
    const passed = Math.min(slices, slice - this.newest)
    for (let i = 0; i < passed; i++) {
      const at = (slice - i) % slices
      this.calls[at] = 0
      this.failures[at] = 0
    }
    if (passed > 0) this.newest = slice
  }

  clear(): void {
    this.calls.fill(0)
    this.failures.fill(0)
  }
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
