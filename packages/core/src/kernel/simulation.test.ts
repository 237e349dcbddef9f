import { describe, expect, it } from 'vitest'
import type { Call, Receiver, Relay } from './call.ts'
import { Calling } from './calling.ts'
import { KeyedChance, Stream } from './chance.ts'
import { Gate } from './gate.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from './outcome.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'
import { type RequestTrace, Tracer } from './trace.ts'
import { Visits } from './visits.ts'

/** Keeps what it receives until the test does something with it. */
class Holder implements Receiver {
  readonly visits: Visits
  readonly received: Call[] = []
  constructor(name: string, index: number) {
    this.visits = new Visits(name, index)
  }
  receive(call: Call): void {
    this.received.push(call)
  }
  withdraw(): boolean {
    return false
  }
}

function world() {
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

const failure = failedAt(reasons.failed, 0)

describe('a simulation', () => {
  it('has chance of its own by seed and replication', () => {
    const { simulation } = world()
    expect(simulation).toMatchObject({ seed: 5, replication: 2, workFactor: 1.5 })
    expect(simulation.stream('gaps').next()).toBe(new Stream(5, 2, 'gaps').next())
    expect(simulation.chance.at(1, 2, 3).next()).toBe(new KeyedChance(5, 2).at(1, 2, 3).next())
  })

  it('enters a call where it is sent, and strikes it out when it is answered', () => {
    const { simulation, log, onReply, request, at } = world()
    const api = new Holder('api', 0)
    const caller = request()
    const call = simulation.calls.make(caller)
    at(3)
    simulation.send(call, api, onReply)
    expect([call.receiver, call.visits, call.arrivedMs, api.received]).toEqual([api, api.visits, 3, [call]])
    expect([api.visits.arrived, api.visits.inside.value]).toEqual([1, 1])
    at(8)
    simulation.reply(call, failure)
    expect([log, api.visits.failures, api.visits.inside.value, call.generation]).toEqual([['7 child failed'], 1, 0, 1])
    expect(simulation.calls.open).toBe(1)
    expect(simulation.calls.insideOf(1)).toEqual([{ count: 0, arrivedMs: 0 }])
    api.visits.check(8, { count: 0, arrivedMs: 0 })
  })

  it('answers a request that is the call itself, once', () => {
    const { simulation, log, onReply, request } = world()
    const api = new Holder('api', 0)
    const call = request()
    call.asks = true
    simulation.send(call, api, onReply)
    simulation.acknowledge(call)
    expect([log, api.visits.inside.value]).toEqual([['7 itself ok'], 1])
    call.asks = false
    simulation.reply(call, failure)
    expect([log.length, api.visits.failures]).toEqual([1, 1])
    const other = request()
    other.asks = true
    simulation.send(other, api, onReply)
    simulation.reply(other, ok)
    expect(log).toEqual(['7 itself ok', '7 itself ok'])
  })

  it('tells nobody when a call is taken back', () => {
    const { simulation, log, onReply, request } = world()
    const api = new Holder('api', 0)
    const call = simulation.calls.make(request())
    simulation.send(call, api, onReply)
    simulation.end(call, failure)
    expect([log, api.visits.failures, call.generation, simulation.calls.open]).toEqual([[], 1, 1, 1])
  })

  it('enters a call that is handed on in both ledgers, and strikes it out of both', () => {
    const { simulation, log, onReply, request, at } = world()
    const api = new Holder('api', 1)
    const told: Outcome[] = []
    const balancer: Receiver & Relay = Object.assign(new Holder('balancer', 0), {
      relayed: (call: Call, outcome: Outcome) => {
        balancer.visits.leave(call, outcome, simulation.agenda.nowMs)
        told.push(outcome)
      },
    })
    const pass = () => {
      const call = simulation.calls.make(request())
      simulation.send(call, balancer, onReply)
      simulation.handOn(call, balancer, api)
      return call
    }
    const call = pass()
    expect([call.receiver, call.visits, call.relay]).toEqual([api, api.visits, balancer])
    expect([balancer.visits.inside.value, api.visits.inside.value, api.received]).toEqual([1, 1, [call]])
    expect(simulation.calls.insideOf(3)).toEqual([
      { count: 1, arrivedMs: 0 },
      { count: 1, arrivedMs: 0 },
      { count: 0, arrivedMs: 0 },
    ])
    simulation.abandon(call)
    expect([balancer.visits.abandoned, api.visits.abandoned]).toEqual([1, 1])
    at(4)
    simulation.reply(call, ok)
    expect([told, log]).toEqual([[ok], []])
    expect([balancer, api].map(({ visits }) => [visits.done, visits.inside.value, visits.abandoned])).toEqual([
      [1, 0, 0],
      [1, 0, 0],
    ])
    // What is acknowledged has left the balancer, and goes on at the block.
    const acknowledged = pass()
    simulation.acknowledge(acknowledged)
    expect([told, log, acknowledged.relay, acknowledged.caller]).toEqual([[ok, ok], ['7 child ok'], null, null])
    expect([balancer.visits.inside.value, api.visits.inside.value]).toEqual([0, 1])
    simulation.acknowledge(acknowledged)
    expect(log.length).toBe(1)
    simulation.reply(acknowledged, failure)
    expect([told.length, log.length, api.visits.failures]).toEqual([2, 1, 1])
  })

  it('gives the connection back with the call', () => {
    const { simulation, onReply, request } = world()
    const api = new Holder('api', 0)
    const gate = new Gate(simulation, 1)
    for (const leave of ['reply', 'end', 'vanish'] as const) {
      const call = simulation.calls.make(request())
      gate.acquire(call, api, onReply)
      expect(gate.held.value).toBe(1)
      simulation[leave](call, failure)
      expect([gate.held.value, call.gate]).toEqual([0, null])
    }
  })

  it('marks all that is done on behalf of a call that is given up, once', () => {
    const { simulation, onReply, request } = world()
    const api = new Holder('api', 0)
    const db = new Holder('db', 1)
    const call = simulation.calls.make(request())
    simulation.send(call, api, onReply)
    const [first, second, waiting] = [1, 2, 3].map(() => simulation.calls.make(call)) as [Call, Call, Call]
    simulation.send(first, db, onReply)
    simulation.send(second, db, onReply)
    call.child = first
    first.sibling = second
    // Not yet arrived anywhere: it counts as abandoned when it does.
    second.sibling = waiting
    simulation.abandon(call)
    simulation.abandon(call)
    expect([call, first, second, waiting].map(({ abandoned }) => abandoned)).toEqual([true, true, true, true])
    expect([api.visits.abandoned, db.visits.abandoned, call.caller]).toEqual([1, 2, null])
    simulation.send(waiting, db, onReply)
    expect(db.visits.abandoned).toBe(3)
  })

  it('keeps a call that is lost on its way only as long as its caller has a time-out to come', () => {
    const { simulation, onReply, request } = world()
    const link = new Holder('link', 0)
    const calling = (timeoutMs: number) =>
      new Calling(simulation, {
        to: link,
        operation: 0,
        instance: -1,
        gate: null,
        timeoutMs,
        givesUp: 'nothing',
        patience: null,
        attempts: 1,
        backOff: { delayMs: () => 0 },
        key: null,
        block: 0,
        site: 1,
        done: () => {},
      })
    const [patient, impatient, unasked] = [request(), request(), request()]
    calling(Number.POSITIVE_INFINITY).start(patient)
    calling(10).start(impatient)
    simulation.send(unasked, link, onReply)
    const [kept, timed, own] = link.received as [Call, Call, Call]
    const generations = () => [kept, timed, own].map(({ generation }) => generation)
    simulation.vanish(kept, failure)
    simulation.vanish(timed, failure)
    simulation.vanish(own, failure)
    expect(generations()).toEqual([1, 0, 1])
    expect([patient.child, impatient.child, timed.vanished, timed.receiver]).toEqual([null, timed, true, null])
    expect([link.visits.failures, link.visits.inside.value]).toEqual([3, 0])
    // Another call of the caller's is not touched by the loss of this one.
    const other = simulation.calls.make(patient)
    const lost = simulation.calls.make(patient)
    patient.child = other
    simulation.send(lost, link, onReply)
    simulation.vanish(lost, failure)
    expect(patient.child).toBe(other)
  })
})

describe('a trace', () => {
  it('tells what a call waited and worked for, and how long its caller waited for it', () => {
    const { simulation, onReply, request, at, spans } = world()
    const api = new Holder('api', 0)
    const caller = request(true)
    const call = simulation.calls.make(caller)
    at(2)
    simulation.send(call, api, onReply)
    Object.assign(call, { sinceMs: 3, workMs: 4 })
    at(9)
    simulation.traceWork(call)
    at(10)
    simulation.reply(call, ok)
    const shared = { call: 2, caller: 1, block: 'api' }
    expect(spans()).toEqual([
      { ...shared, activity: 'waiting', fromMs: 3, toMs: 5, note: 'core' },
      { ...shared, activity: 'working', fromMs: 5, toMs: 9 },
      { ...shared, activity: 'calling', fromMs: 2, toMs: 10 },
    ])
  })

  it('leaves out what took no time, and work that was done at once', () => {
    const { simulation, onReply, request, at, spans } = world()
    const call = simulation.calls.make(request(true))
    at(2)
    simulation.send(call, new Holder('api', 0), onReply)
    // It had a core of its own from 2 to 5.
    Object.assign(call, { sinceMs: 2, workMs: 3 })
    at(5)
    simulation.traceWork(call)
    simulation.trace(call, 'travelling', 5, 5)
    simulation.trace(call, 'travelling', 6, 5)
    expect(spans()).toEqual([{ call: 2, caller: 1, block: 'api', activity: 'working', fromMs: 2, toMs: 5 }])
  })

  it('names the source where no block has the call yet, and says when it is acknowledged or given up', () => {
    const { simulation, onReply, request, at, spans } = world()
    const caller = request(true)
    const api = new Holder('api', 0)
    const [acknowledged, abandoned, never] = [1, 2, 3].map(() => simulation.calls.make(caller)) as [Call, Call, Call]
    at(1)
    simulation.send(acknowledged, api, onReply)
    simulation.send(abandoned, api, onReply)
    never.sinceMs = 1
    at(4)
    simulation.acknowledge(acknowledged)
    at(6)
    simulation.abandon(abandoned)
    simulation.abandon(never)
    // Whom nobody waits for any more is not traced again.
    at(9)
    simulation.reply(acknowledged, ok)
    simulation.reply(abandoned, ok)
    expect(spans()).toEqual([
      { call: 2, caller: 1, block: 'api', activity: 'calling', fromMs: 1, toMs: 4 },
      { call: 3, caller: 1, block: 'api', activity: 'calling', fromMs: 1, toMs: 6 },
      { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 1, toMs: 6, note: 'connection' },
    ])
  })

  it('says nothing of calls that are not followed, and does without a tracer', () => {
    const { simulation, onReply, request, at, spans } = world()
    const api = new Holder('api', 0)
    const call = simulation.calls.make(request())
    simulation.send(call, api, onReply)
    at(5)
    simulation.reply(call, ok)
    const abandoned = simulation.calls.make(request())
    simulation.send(abandoned, api, onReply)
    at(6)
    simulation.abandon(abandoned)
    request(true)
    expect(spans()).toEqual([])
    const untraced = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
    untraced.trace(untraced.calls.fresh(), 'working', 0, 1)
  })

  it('tells how long a call waited in a line, and for a connection', () => {
    const { simulation, onReply, request, at, spans } = world()
    const api = new Holder('api', 0)
    const gate = new Gate(simulation, 1)
    const caller = request(true)
    const [holding, next] = [simulation.calls.make(caller), simulation.calls.make(caller)]
    gate.acquire(holding, api, onReply)
    at(2)
    gate.acquire(next, api, onReply)
    at(5)
    gate.release()
    const station = new Station(simulation, {
      workers: 1,
      cores: 1,
      limit: 9,
      ordering: 'fifo',
      elastic: false,
    })
    const work = (call: Call) => {
      call.workMs = 3
      station.compute(call, () => station.leave())
    }
    station.enter(holding, work)
    at(6)
    station.enter(next, work)
    simulation.agenda.runUntil(100, 100)
    expect(spans()).toEqual([
      { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 2, toMs: 5, note: 'connection' },
      { call: 2, caller: 1, block: 'api', activity: 'working', fromMs: 5, toMs: 8 },
      { call: 3, caller: 1, block: 'api', activity: 'waiting', fromMs: 6, toMs: 8 },
      { call: 3, caller: 1, block: 'api', activity: 'working', fromMs: 8, toMs: 11 },
    ])
  })
})
