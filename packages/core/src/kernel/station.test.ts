import { describe, expect, it } from 'vitest'
import { Call } from './call.ts'
import { Level } from './level.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'
import { PriorityWaitQueue, WaitQueue } from './wait-queue.ts'

const newSimulation = () => new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })

function callsOf(count: number): Call[] {
  return Array.from({ length: count }, (_, i) => {
    const call = new Call()
    call.request = i
    return call
  })
}

describe('a level', () => {
  it('integrates its steps exactly', () => {
    const level = new Level()
    level.add(2, 10)
    level.add(3, 14)
    level.add(-4, 16)
    expect([level.areaAt(16), level.areaAt(20), level.value, level.max]).toEqual([18, 22, 1, 5])
  })
})

describe('a wait queue', () => {
  it('serves by age, also after calls left from its middle', () => {
    const queue = new WaitQueue()
    const [a, b, c, d] = callsOf(4) as [Call, Call, Call, Call]
    for (const call of [a, b, c, d]) queue.join(call)
    queue.remove(b)
    queue.remove(d)
    queue.join(b)
    expect([queue.length, queue.takeFirst(), queue.takeFirst(), queue.takeFirst(), queue.takeFirst()]).toEqual([
      3,
      a,
      c,
      b,
      null,
    ])
  })

  it('serves the most urgent first, and by age among equals', () => {
    const queue = new PriorityWaitQueue()
    const calls = callsOf(5) as [Call, Call, Call, Call, Call]
    calls.forEach((call, i) => {
      call.priority = [5, 0, 9, 0, 5][i] as number
      queue.join(call)
    })
    queue.remove(calls[1])
    const order = Array.from({ length: 5 }, () => queue.takeFirst()?.request)
    expect(order).toEqual([3, 0, 4, 2, undefined])
    expect(queue.length).toBe(0)
  })
})

describe('a station', () => {
  /** Every call works for `workMs`, then gives its worker back. */
  function stationOf(options: { workers: number; cores: number; limit?: number; elastic?: boolean }, workMs = 10) {
    const simulation = newSimulation()
    const station = new Station(simulation, {
      limit: Number.POSITIVE_INFINITY,
      ordering: 'fifo',
      elastic: false,
      ...options,
    })
    const ended: string[] = []
    const begin = (call: Call) => {
      call.workMs = workMs
      station.compute(call, (done) => {
        ended.push(`${done.request} at ${simulation.agenda.nowMs}`)
        station.leave()
      })
    }
    const run = (untilMs: number) => simulation.agenda.runUntil(untilMs, 1e6)
    return { simulation, station, ended, begin, run }
  }

  it.each([false, true])('is a queue with as many servers as workers and cores (elastic: %s)', (elastic) => {
    const { station, ended, begin, run } = stationOf({ workers: 2, cores: 2, elastic })
    for (const call of callsOf(5)) station.enter(call, begin)
    run(100)
    expect(ended).toEqual(['0 at 10', '1 at 10', '2 at 20', '3 at 20', '4 at 30'])
    expect([
      station.meters.busy.areaAt(100),
      station.meters.held.areaAt(100),
      station.meters.waiting.areaAt(100),
    ]).toEqual([50, 50, 40])
    expect([station.meters.waits.begun, station.meters.waits.waited, station.meters.waits.totalMs]).toEqual([5, 3, 40])
  })

  it('rejects a call that it has no room for, and reports that it is full before', () => {
    const { station, begin } = stationOf({ workers: 1, cores: 1, limit: 1 })
    const [a, b, c] = callsOf(3) as [Call, Call, Call]
    expect([station.full, station.enter(a, begin), station.full, station.enter(b, begin)]).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect([station.full, station.enter(c, begin), station.waiting]).toEqual([true, false, 1])
  })

  it('lets a call leave the queue, and only then', () => {
    const { station, ended, begin, run } = stationOf({ workers: 1, cores: 1 })
    const [a, b, c] = callsOf(3) as [Call, Call, Call]
    for (const call of [a, b, c]) station.enter(call, begin)
    expect([station.unqueue(a), station.unqueue(b), station.unqueue(b)]).toEqual([false, true, false])
    run(100)
    expect(ended).toEqual(['0 at 10', '2 at 20'])
    expect([station.waiting, station.held]).toEqual([0, 0])
  })

  it('works at the speed of the moment: slower, paused, and faster again', () => {
    const { simulation, station, ended, begin, run } = stationOf({ workers: 1, cores: 1, elastic: true })
    const [a, b] = callsOf(2) as [Call, Call]
    station.enter(a, begin)
    station.enter(b, begin)
    const act = (atMs: number, step: () => void) => simulation.agenda.at(atMs, step, { generation: 0 })
    act(5, () => station.slow(2))
    act(9, () => station.pause(true))
    act(20, () => station.pause(false))
    act(26, () => station.slow(1))
    run(100)
    // 5 alone, 2 more in 4 at half speed, 3 more in 6 at half speed.
    expect(ended).toEqual(['0 at 26', '1 at 36'])
  })

  it('lets work pass without a core at the speed of the moment, through pauses, until it is interrupted', () => {
    const { simulation, station, ended, run } = stationOf({ workers: 3, cores: 1, elastic: true })
    const [a, b, c] = callsOf(3) as [Call, Call, Call]
    for (const call of [a, b, c]) {
      call.workMs = 10
      station.enter(call, (begun) =>
        station.pass(begun, (done) => void ended.push(`${done.request} at ${simulation.agenda.nowMs}`)),
      )
    }
    const act = (atMs: number, step: () => void) => simulation.agenda.at(atMs, step, { generation: 0 })
    act(1, () => station.pause(true))
    act(2, () => station.pause(false))
    act(4, () => station.interrupt(b))
    act(5, () => station.slow(2))
    run(100)
    // 5 ms at full speed, 5 more in 10 ms at half speed; no core is used.
    expect(ended).toEqual(['0 at 15', '2 at 15'])
    expect([b.place, station.meters.busy.areaAt(100), station.held]).toEqual([null, 0, 3])
  })

  it('keeps waiting calls through a crash', () => {
    const { simulation, station, ended, begin, run } = stationOf({ workers: 1, cores: 1, elastic: true })
    const [a, b] = callsOf(2) as [Call, Call]
    station.enter(a, begin)
    station.enter(b, begin)
    station.up = false
    station.interrupt(a)
    station.leave()
    a.generation++
    expect([station.held, station.waiting]).toEqual([0, 1])
    simulation.agenda.at(50, () => station.restart(), { generation: 0 })
    run(100)
    expect(ended).toEqual(['1 at 60'])
  })

  it('a station with `priority` ordering serves the most urgent call first', () => {
    const simulation = newSimulation()
    const options = { workers: 1, cores: 1, limit: 9, elastic: false } as const
    const order = (ordering: 'fifo' | 'priority') => {
      const station = new Station(simulation, { ...options, ordering })
      const begun: number[] = []
      callsOf(4).forEach((call, i) => {
        call.priority = [3, 5, 1, 5][i] as number
        station.enter(call, ({ request }) => void begun.push(request))
      })
      for (let i = 0; i < 4; i++) station.leave()
      return begun
    }
    expect([order('fifo'), order('priority')]).toEqual([
      [0, 1, 2, 3],
      [0, 2, 1, 3],
    ])
  })

  it('accepts a call again that it has already accepted, even if its queue is full', () => {
    const { simulation, station } = stationOf({ workers: 1, cores: 1, limit: 0 })
    const [a, b] = callsOf(2) as [Call, Call]
    const begun: number[] = []
    const begin = ({ request }: Call) => void begun.push(request)
    station.reenter(a, begin)
    expect([station.enter(b, begin), station.full]).toEqual([false, true])
    station.reenter(b, begin)
    expect([begun, station.held, station.waiting, station.meters.waits.begun]).toEqual([[0], 1, 1, 0])
    expect(station.meters.held.value).toBe(1)
    simulation.agenda.nowMs = 3
    station.leave()
    expect([begun, station.held, station.waiting, station.meters.waits.totalMs]).toEqual([[0, 1], 1, 0, 3])
    station.leave()
    expect([station.held, station.meters.held.value]).toEqual([0, 0])
  })

  it('is full only when all its workers are held and its queue is at its limit', () => {
    const { station } = stationOf({ workers: 2, cores: 2, limit: 0 })
    const [a, b] = callsOf(2) as [Call, Call]
    const full = [station.full]
    for (const call of [a, b]) {
      station.enter(call, () => {})
      full.push(station.full)
    }
    expect(full).toEqual([false, false, true])
  })

  it('gives its oldest waiting call away', () => {
    const { simulation, station } = stationOf({ workers: 1, cores: 1 })
    const [a, b, c] = callsOf(3) as [Call, Call, Call]
    for (const call of [a, b, c]) station.enter(call, () => {})
    simulation.agenda.nowMs = 5
    expect([station.takeOldest(), station.waiting, station.meters.waiting.value]).toEqual([b, 1, 1])
    expect([station.takeOldest(), station.takeOldest(), station.meters.waiting.value]).toEqual([c, null, 0])
    expect([station.meters.waiting.areaAt(9), station.held]).toEqual([10, 1])
  })

  it.each([false, true])('stops the work of a call that is interrupted, and of no other (elastic: %s)', (elastic) => {
    const { simulation, station, ended, begin, run } = stationOf({ workers: 2, cores: 2, elastic })
    const [a, b] = callsOf(2) as [Call, Call]
    station.enter(a, begin)
    station.enter(b, begin)
    simulation.agenda.nowMs = 4
    station.interrupt(a)
    expect([station.meters.busy.value, a.place, b.place, station.held]).toEqual([1, null, station, 2])
    station.interrupt(a)
    expect(station.meters.busy.value).toBe(1)
    a.generation++
    run(100)
    expect([ended, station.meters.busy.areaAt(100)]).toEqual([['1 at 10'], 4 + 10])
  })

  it('accepts no call while it is down, and then as many as it has workers', () => {
    const { simulation, station, ended, begin, run } = stationOf({ workers: 2, cores: 2, elastic: true })
    const [a, b, c, d] = callsOf(4) as [Call, Call, Call, Call]
    station.up = false
    for (const call of [a, b, c]) station.enter(call, begin)
    expect([station.held, station.waiting, station.isPaused]).toEqual([0, 3, false])
    simulation.agenda.nowMs = 20
    station.restart()
    expect([station.up, station.held, station.waiting, station.meters.held.value]).toEqual([true, 2, 1, 2])
    expect(station.meters.waits).toMatchObject({ begun: 2, waited: 2, totalMs: 40 })
    station.enter(d, begin)
    run(100)
    expect(ended).toEqual(['0 at 30', '1 at 30', '2 at 40', '3 at 40'])
    station.restart()
    expect([station.held, station.meters.held.value]).toEqual([0, 0])
  })

  it('shares its cores among more workers than cores', () => {
    const { station, ended, begin, run } = stationOf({ workers: 4, cores: 2 })
    for (const call of callsOf(4)) station.enter(call, begin)
    run(100)
    expect(ended.map((end) => end.slice(2))).toEqual(['at 20', 'at 20', 'at 20', 'at 20'])
    expect(station.meters.busy.areaAt(100)).toBe(40)
  })

  it('knows that it is paused, and keeps its slowness through the pause', () => {
    const { simulation, station, ended, begin, run } = stationOf({ workers: 1, cores: 1, elastic: true })
    station.slow(4)
    station.pause(true)
    expect(station.isPaused).toBe(true)
    const [a] = callsOf(1) as [Call]
    station.enter(a, begin)
    simulation.agenda.at(30, () => station.pause(false), { generation: 0 })
    run(100)
    expect([ended, station.isPaused]).toEqual([['0 at 70'], false])
  })
})
