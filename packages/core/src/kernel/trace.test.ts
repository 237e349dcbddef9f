import { describe, expect, it } from 'vitest'
import type { Call } from './call.ts'
import { ok } from './outcome.ts'
import { connectionLimit as connectionLimitOf } from './semaphore.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'
import { Holder, world } from './testing-world.ts'
import { type RequestTrace, type Span, Tracer } from './trace.ts'

const span = (fromMs: number): Span => ({
  call: 1,
  caller: 0,
  block: 'api',
  activity: 'processing',
  fromMs,
  toMs: fromMs + 1,
})
const end = (source: string, request: number) => ({
  source,
  request,
  kind: 'read',
  arrivedMs: 0,
  endedMs: 9,
  outcome: 0,
})

it('a tracer returns the spans of a request when it ends, without those of others', () => {
  const ended: RequestTrace[] = []
  const tracer = new Tracer((trace) => void ended.push(trace))
  tracer.begin('web', 1)
  tracer.begin('web', 11)
  tracer.begin('app', 1)
  tracer.add('web', 1, span(0))
  tracer.add('app', 1, span(5))
  tracer.add('web', 1, span(2))
  tracer.end(end('web', 1))
  expect(ended).toEqual([{ ...end('web', 1), spans: [span(0), span(2)] }])
  tracer.end(end('app', 1))
  tracer.end(end('web', 11))
  expect(ended.slice(1)).toEqual([
    { ...end('app', 1), spans: [span(5)] },
    { ...end('web', 11), spans: [] },
  ])
})

it('a tracer ignores spans of a request that has ended or is not followed', () => {
  const ended: RequestTrace[] = []
  const tracer = new Tracer((trace) => void ended.push(trace))
  tracer.begin('web', 1)
  tracer.end(end('web', 1))
  tracer.add('web', 1, span(9))
  tracer.add('web', 2, span(9))
  tracer.end(end('web', 1))
  tracer.end(end('web', 2))
  expect(ended).toEqual([{ ...end('web', 1), spans: [] }])
})

describe('a trace', () => {
  it('a trace has the waiting and processing of a call and the waiting of its caller', () => {
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
      { ...shared, activity: 'processing', fromMs: 5, toMs: 9 },
      { ...shared, activity: 'calling', fromMs: 2, toMs: 10 },
    ])
  })

  it('omits spans of no length', () => {
    const { simulation, onReply, request, at, spans } = world()
    const call = simulation.calls.make(request(true))
    at(2)
    simulation.send(call, new Holder('api', 0), onReply)
    // It had a core of its own from 2 to 5.
    Object.assign(call, { sinceMs: 2, workMs: 3 })
    at(5)
    simulation.traceWork(call)
    simulation.trace(call, 'network', 5, 5)
    simulation.trace(call, 'network', 6, 5)
    // A note that says nothing is not there.
    expect(spans()).toStrictEqual([{ call: 2, caller: 1, block: 'api', activity: 'processing', fromMs: 2, toMs: 5 }])
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
    never.place = api
    never.connectionLimit = connectionLimitOf(simulation, 1)
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
      { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 1, toMs: 6, note: 'connection to api' },
    ])
  })

  it('a trace omits calls that are not followed; a run without a tracer works', () => {
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
    untraced.trace(untraced.calls.fresh(), 'processing', 0, 1)
  })

  it('a trace has the wait in a queue and the wait for a connection', () => {
    const { simulation, onReply, request, at, spans } = world()
    const api = new Holder('api', 0)
    const connectionLimit = connectionLimitOf(simulation, 1)
    api.visits.connectionLimit = connectionLimit
    const caller = request(true)
    const [holding, next] = [simulation.calls.make(caller), simulation.calls.make(caller)]
    simulation.send(holding, api, onReply)
    at(2)
    simulation.send(next, api, onReply)
    at(5)
    connectionLimit.release()
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
      { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 2, toMs: 5, note: 'connection to api' },
      { call: 2, caller: 1, block: 'api', activity: 'processing', fromMs: 5, toMs: 8 },
      { call: 3, caller: 1, block: 'api', activity: 'waiting', fromMs: 6, toMs: 8, note: 'worker' },
      { call: 3, caller: 1, block: 'api', activity: 'processing', fromMs: 8, toMs: 11 },
    ])
  })
})
