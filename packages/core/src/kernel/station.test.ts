import { describe, expect, it } from 'vitest'
import { Call } from './call.ts'
import { Gate } from './gate.ts'
import { Level } from './level.ts'
import { Line, PriorityLine } from './line.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'

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

describe('a waiting line', () => {
  it('serves by age, whoever leaves from its middle', () => {
    const line = new Line()
    const [a, b, c, d] = callsOf(4) as [Call, Call, Call, Call]
    for (const call of [a, b, c, d]) line.join(call)
    line.remove(b)
    line.remove(d)
    line.join(b)
    expect([line.length, line.takeFirst(), line.takeFirst(), line.takeFirst(), line.takeFirst()]).toEqual([
      3,
      a,
      c,
      b,
      null,
    ])
  })

  it('serves the most urgent first, and by age among equals', () => {
    const line = new PriorityLine()
    const calls = callsOf(5) as [Call, Call, Call, Call, Call]
    calls.forEach((call, i) => {
      call.priority = [5, 0, 9, 0, 5][i] as number
      line.join(call)
    })
    line.remove(calls[1])
    const order = Array.from({ length: 5 }, () => line.takeFirst()?.request)
    expect(order).toEqual([3, 0, 4, 2, undefined])
    expect(line.length).toBe(0)
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

  it('refuses whom it has no room for, and says so before', () => {
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

  it('lets a call leave the line, and only then', () => {
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

  it('keeps who waits through a crash', () => {
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
})

describe('a gate', () => {
  it('lets through as many as it has connections, the rest in order, and forgets who leaves', () => {
    const simulation = newSimulation()
    const gate = new Gate(simulation, 1)
    const arrived: number[] = []
    const receiver = {
      visits: { arrive: () => {}, leave: () => {} },
      receive: (call: Call) => void arrived.push(call.request),
      withdraw: () => false,
    } as never
    const [a, b, c] = callsOf(3) as [Call, Call, Call]
    for (const call of [a, b, c]) gate.acquire(call, receiver, () => {})
    expect([arrived, gate.waiting.value]).toEqual([[0], 2])
    expect([gate.unqueue(a), gate.unqueue(b)]).toEqual([false, true])
    gate.release()
    gate.release()
    expect([arrived, gate.held.value, gate.waiting.value]).toEqual([[0, 2], 0, 0])
    expect([gate.waits.begun, gate.waits.waited]).toEqual([2, 1])
  })
})
