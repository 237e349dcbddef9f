import type { Call, CancelScope, Receiver } from './call.ts'
import { CallSite } from './call-site.ts'
import type { CallSiteOptions } from './call-site-options.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from './outcome.ts'
import { connectionLimit as connectionLimitOf } from './semaphore.ts'
import { Simulation } from './simulation.ts'
import type { Tracer } from './trace.ts'
import { Visits } from './visits.ts'

/** Answers the n-th call after the n-th of some delays; a call "waits in a queue" for the first half of its delay. */
export class Slow implements Receiver {
  readonly visits = new Visits('slow', 0)
  readonly cancelled: string[] = []
  private readonly simulation: Simulation
  private readonly delays: readonly number[]
  private readonly outcome: Outcome
  private calls = 0

  constructor(simulation: Simulation, delays: readonly number[], outcome: Outcome) {
    this.simulation = simulation
    this.delays = delays
    this.outcome = outcome
  }

  receive(call: Call): void {
    const delay = this.delays[Math.min(this.calls++, this.delays.length - 1)] as number
    const begin = (own: Call): void => {
      own.begun = true
    }
    this.simulation.agenda.after(delay / 2, begin, call)
    this.simulation.agenda.after(delay, (own: Call) => this.simulation.reply(own, this.outcome), call)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    if (call.begun && scope !== 'all') return false
    this.cancelled.push(`${scope} at ${this.simulation.agenda.nowMs}`)
    this.simulation.end(call, failedAt(reasons.cancelled, 0))
    return true
  }
}

export function bench(
  options: Partial<CallSiteOptions>,
  delays: readonly number[],
  outcome: Outcome = ok,
  connections = 0,
  tracer: Tracer | null = null,
) {
  const kinds = [{ source: 'web', name: 'read', index: 0 }]
  const simulation = new Simulation({ seed: 1, replication: 0, kinds, workFactor: 1, tracer })
  const slow = new Slow(simulation, delays, outcome)
  const log: string[] = []
  const connectionLimit = connections > 0 ? connectionLimitOf(simulation, connections) : null
  slow.visits.connectionLimit = connectionLimit
  const callSite = new CallSite(simulation, {
    to: slow,
    operation: 0,
    instance: -1,
    timeoutMs: Number.POSITIVE_INFINITY,
    cancels: 'nothing',
    patience: null,
    attempts: 1,
    backOff: { delayMs: () => 5 },
    key: null,
    block: 7,
    site: 1,
    done: (_caller, result) => void log.push(`${reasonOf(result)?.name ?? 'ok'} at ${simulation.agenda.nowMs}`),
    ...options,
  })
  const start = () => {
    const caller = simulation.calls.fresh()
    callSite.start(caller)
    return caller
  }
  const run = () => {
    simulation.agenda.runUntil(1e6, 1e6)
    simulation.agenda.nowMs = 1e6
    const [found] = simulation.calls.insideOf(1)
    slow.visits.check(1e6, found ?? { count: 0, arrivedMs: 0 })
  }
  return { simulation, slow, log, start, run, connectionLimit, callSite }
}

export const constantly = (ms: number) => ({ constant: ms, mean: ms, sample: () => ms }) as never
