import type { Call, Receiver } from './call.ts'
import { type Outcome, ok, reasonOf } from './outcome.ts'
import { Simulation } from './simulation.ts'
import { type RequestTrace, Tracer } from './trace.ts'
import { Visits } from './visits.ts'

/** Keeps what it receives until the test does something with it. */
export class Holder implements Receiver {
  readonly visits: Visits
  readonly received: Call[] = []
  constructor(name: string, index: number) {
    this.visits = new Visits(name, index)
  }
  receive(call: Call): void {
    this.received.push(call)
  }
  cancel(): boolean {
    return false
  }
}

/** A simulation with a tracer, at any moment, and requests of the one kind that it knows. */
export function world() {
  const traces: RequestTrace[] = []
  const tracer = new Tracer((trace) => void traces.push(trace))
  const simulation = new Simulation({
    seed: 5,
    replication: 2,
    kinds: [{ source: 'web', name: 'read', index: 0 }],
    workFactor: 1.5,
    tracer,
  })
  const log: string[] = []
  const onReply = (caller: Call, child: Call, outcome: Outcome) =>
    void log.push(`${caller.request} ${caller === child ? 'itself' : 'child'} ${reasonOf(outcome)?.name ?? 'ok'}`)
  const request = (traced = false) => {
    const call = simulation.calls.fresh()
    Object.assign(call, { request: 7, traced, span: traced ? simulation.calls.nextSpan() : 0 })
    if (traced) tracer.begin('web', 7)
    return call
  }
  const at = (nowMs: number) => {
    simulation.agenda.nowMs = nowMs
  }
  const spans = () => {
    tracer.end({ source: 'web', request: 7, kind: 'read', arrivedMs: 0, endedMs: 0, outcome: ok })
    return traces.at(-1)?.spans
  }
  return { simulation, log, onReply, request, at, spans }
}
