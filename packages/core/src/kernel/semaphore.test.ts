import { expect, it } from 'vitest'
import type { Call, Receiver } from './call.ts'
import { ok } from './outcome.ts'
import { connectionLimit as connectionLimitOf, Semaphore, SemaphoreMeters } from './semaphore.ts'
import { Simulation } from './simulation.ts'
import { Visits } from './visits.ts'

function gateOf(connections: number) {
  const simulation = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const connectionLimit = connectionLimitOf(simulation, connections)
  const log: string[] = []
  const receiver: Receiver = {
    visits: new Visits('db', 0),
    receive: (call) => void log.push(`${call.request} at ${simulation.agenda.nowMs}`),
    cancel: () => false,
  }
  receiver.visits.connectionLimit = connectionLimit
  const replies: number[] = []
  const acquire = (request: number, nowMs: number): Call => {
    simulation.agenda.nowMs = nowMs
    const call = simulation.calls.make(simulation.calls.fresh())
    call.request = request
    simulation.send(call, receiver, (_caller, child) => void replies.push(child.request))
    return call
  }
  return { simulation, connectionLimit, log, receiver, replies, acquire }
}

it('lets as many calls through as it has connections, and each that ends lets the next one in', () => {
  const { simulation, connectionLimit, log, receiver, replies, acquire } = gateOf(2)
  const [a, b, c, d] = [acquire(0, 1), acquire(1, 2), acquire(2, 3), acquire(3, 5)]
  expect([
    log,
    connectionLimit.permits,
    connectionLimit.meters.held.value,
    connectionLimit.meters.waiting.value,
  ]).toEqual([['0 at 1', '1 at 2'], 2, 2, 2])
  expect([receiver.visits.inside.value, c.arrivedMs, c.connectionLimit === connectionLimit]).toEqual([2, 0, true])
  simulation.agenda.nowMs = 10
  simulation.reply(a, ok)
  expect([log.at(-1), connectionLimit.meters.held.value, connectionLimit.meters.waiting.value, c.arrivedMs]).toEqual([
    '2 at 10',
    2,
    1,
    10,
  ])
  simulation.agenda.nowMs = 11
  for (const call of [b, c, d]) simulation.reply(call, ok)
  expect([log.at(-1), connectionLimit.meters.held.value, connectionLimit.meters.waiting.value, replies]).toEqual([
    '3 at 11',
    0,
    0,
    [0, 1, 2, 3],
  ])
  // Held by one from 1 to 2 and by two from then to 11; in line 7 and 6 ms.
  expect([connectionLimit.meters.held.areaAt(11), connectionLimit.meters.waiting.areaAt(11)]).toEqual([19, 13])
  expect(connectionLimit.meters.waits).toMatchObject({ begun: 4, waited: 2, totalMs: 13 })
})

it('ends a call that leaves before it had a connection, and no other', () => {
  const { simulation, connectionLimit, log, acquire } = gateOf(1)
  const [a, b, c] = [acquire(0, 0), acquire(1, 0), acquire(2, 0)]
  simulation.agenda.nowMs = 4
  const before = b.generation
  expect([simulation.takeBack(b, 'queued'), b.generation - before, b.connectionLimit, simulation.calls.open]).toEqual([
    true,
    1,
    null,
    5,
  ])
  // One has its connection, one no longer waits, and one waits elsewhere.
  expect([a, b].map((call) => connectionLimit.unqueue(call))).toEqual([false, false])
  expect([gateOf(1).connectionLimit.unqueue(c), connectionLimit.meters.waiting.value]).toEqual([false, 1])
  simulation.reply(a, ok)
  expect([log, connectionLimit.meters.waiting.areaAt(4), connectionLimit.meters.waits.begun]).toEqual([
    ['0 at 0', '2 at 4'],
    8,
    2,
  ])
})

it('refuses a call where as many wait as may, and measures several alike together', () => {
  const { agenda, calls } = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const meters = new SemaphoreMeters()
  const granted: number[] = []
  const [one, other] = [0, 1].map(
    () => new Semaphore(agenda, { permits: 1, limit: 1, meters, granted: (call) => void granted.push(call.request) }),
  ) as [Semaphore, Semaphore]
  const acquire = (semaphore: Semaphore, request: number) => {
    const call = calls.fresh()
    call.request = request
    return semaphore.acquire(call)
  }
  expect([acquire(one, 0), acquire(one, 1), acquire(one, 2), acquire(other, 3)]).toEqual([
    'now',
    'later',
    'full',
    'now',
  ])
  expect([meters.asked, meters.held.value, meters.waiting.value]).toEqual([4, 2, 1])
  other.release()
  one.release()
  expect([granted, meters.held.value, meters.waiting.value]).toEqual([[1], 1, 0])
})

it('serves a hundred thousand that wait, each refused at once, one after the other', () => {
  const { agenda, calls } = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  let served = 0
  const semaphore: Semaphore = new Semaphore(agenda, {
    permits: 1,
    granted() {
      served++
      semaphore.release()
    },
  })
  for (let i = 0; i <= 100_000; i++) semaphore.acquire(calls.fresh())
  semaphore.release()
  expect([served, semaphore.meters.held.value, semaphore.meters.waiting.value]).toEqual([100_000, 0, 0])
})

it('counts work that is requested, also by calls that wait for a permit or gave up', () => {
  const { connectionLimit, acquire, simulation } = gateOf(1)
  const { meters } = connectionLimit
  const first = acquire(0, 0)
  const [waiting] = [acquire(1, 0), acquire(2, 0)]
  simulation.takeBack(waiting as Call, 'queued')
  simulation.agenda.nowMs = 10
  simulation.reply(first, ok)
  simulation.agenda.nowMs = 20
  // Two calls have held it for 20 ms in all, and a third, which gave up, would have held it for 10 ms.
  expect([meters.held.areaAt(20), meters.unserved, meters.workBegun(20)]).toEqual([20, 1, 30])
})

it('a permit taken for good is in use only while it is lent', () => {
  const { connectionLimit, simulation } = gateOf(1)
  expect([connectionLimit.take(), connectionLimit.take()]).toEqual([true, false])
  connectionLimit.lent(1)
  simulation.agenda.nowMs = 10
  connectionLimit.lent(-1)
  expect(connectionLimit.meters.held.areaAt(50)).toBe(10)
})
