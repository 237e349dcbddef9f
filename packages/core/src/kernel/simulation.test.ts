import { describe, expect, it } from 'vitest'
import type { Call, Receiver, Relay } from './call.ts'
import { CallSite } from './call-site.ts'
import { failedAt, type Outcome, ok, reasons } from './outcome.ts'
import { KeyedRandom, Stream } from './random.ts'
import { connectionLimit as connectionLimitOf } from './semaphore.ts'
import { Holder, world } from './testing-world.ts'

const failure = failedAt(reasons.failed, 0)

describe('a simulation', () => {
  it('has its own random numbers for each seed and replication', () => {
    const { simulation } = world()
    expect(simulation).toMatchObject({ seed: 5, replication: 2, workFactor: 1.5 })
    expect(simulation.stream('gaps').next()).toBe(new Stream(5, 2, 'gaps').next())
    expect(simulation.random.at(1, 2, 3).next()).toBe(new KeyedRandom(5, 2).at(1, 2, 3).next())
  })

  it('enters a call in the ledger when it is sent, and removes it when it is answered', () => {
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

  it('a cancelled call replies to no caller', () => {
    const { simulation, log, onReply, request } = world()
    const api = new Holder('api', 0)
    const call = simulation.calls.make(request())
    simulation.send(call, api, onReply)
    simulation.end(call, failure)
    expect([log, api.visits.failures, call.generation, simulation.calls.open]).toEqual([[], 1, 1, 1])
  })

  it('enters a call that is handed on in both ledgers, and removes it from both', () => {
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
    const connectionLimit = connectionLimitOf(simulation, 1)
    api.visits.connectionLimit = connectionLimit
    for (const leave of ['reply', 'end', 'vanish'] as const) {
      const call = simulation.calls.make(request())
      simulation.send(call, api, onReply)
      expect(connectionLimit.meters.held.value).toBe(1)
      simulation[leave](call, failure)
      expect([connectionLimit.meters.held.value, call.connectionLimit]).toEqual([0, null])
    }
  })

  it('marks all calls on behalf of an abandoned call, once', () => {
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
    const callWithin = (timeoutMs: number) =>
      new CallSite(simulation, {
        to: link,
        operation: 0,
        instance: -1,
        timeoutMs,
        cancels: 'nothing',
        patience: null,
        attempts: 1,
        backOff: { delayMs: () => 0 },
        key: null,
        block: 0,
        site: 1,
        done: () => {},
      })
    const [patient, impatient, unasked] = [request(), request(), request()]
    callWithin(Number.POSITIVE_INFINITY).start(patient)
    callWithin(10).start(impatient)
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
