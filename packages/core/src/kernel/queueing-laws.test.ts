import { describe, expect, it } from 'vitest'
import { ln } from '../support/elementary.ts'
import { Call } from './call.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'

/** Poisson arrivals at `rate` to a station with `servers`, exponential work of mean 1. */
function observe(rate: number, servers: number, arrivals: number) {
  const simulation = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const { agenda } = simulation
  const station = new Station(simulation, {
    workers: servers,
    cores: servers,
    limit: Number.POSITIVE_INFINITY,
    ordering: 'fifo',
    elastic: false,
  })
  const gaps = simulation.stream('gaps')
  const work = simulation.stream('work')
  const departures: number[] = []
  const inside = () => station.held + station.waiting
  let [seen, arrived, sojourns, worked] = [0, 0, 0, 0]
  const came = new Map<Call, number>()
  const ended = (call: Call) => {
    departures.push(agenda.nowMs)
    sojourns += agenda.nowMs - (came.get(call) as number)
    came.delete(call)
    station.leave()
  }
  const begin = (call: Call) => {
    const own = -ln(work.next())
    worked += own
    call.workMs = own
    station.compute(call, ended)
  }
  const arrive = (source: { generation: number }): void => {
    if (arrived < arrivals) agenda.after(-ln(gaps.next()) / rate, arrive, source)
    arrived++
    seen += inside()
    const call = new Call()
    came.set(call, agenda.nowMs)
    station.enter(call, begin)
  }
  agenda.at(0, arrive, { generation: 0 })
  agenda.runUntil(Number.MAX_VALUE, Number.MAX_SAFE_INTEGER)
  const endMs = agenda.nowMs
  const area = station.meters.held.areaAt(endMs) + station.meters.waiting.areaAt(endMs)
  return { station, departures, arrived, sojourns, worked, endMs, area, seen: seen / arrived }
}

describe('laws of queues', () => {
  const run = observe(1.5, 2, 400_000)
  const { station, departures, arrived, sojourns, worked, endMs, area, seen } = run

  it('flow balance: as many customers leave as arrive', () => expect(departures.length).toBe(arrived))

  it('Little: time in the system, by customers and by the clock', () => {
    expect(sojourns / area).toBeCloseTo(1, 9)
  })

  it('utilization: busy time is the work that was done', () => {
    expect(station.meters.busy.areaAt(endMs) / worked).toBeCloseTo(1, 9)
  })

  it('Poisson arrivals see time averages', () => {
    expect(Math.abs(seen / (area / endMs) - 1)).toBeLessThan(0.02)
  })

  it('Burke: the departures of M/M/1 are Poisson', () => {
    const gaps = departures.slice(1).map((time, i) => time - (departures[i] as number))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
    const next = gaps.slice(1).reduce((sum, gap, i) => sum + (gap - mean) * ((gaps[i] as number) - mean), 0)
    expect(Math.abs(Math.sqrt(variance) / mean - 1)).toBeLessThan(0.01)
    expect(Math.abs(next / gaps.length / variance)).toBeLessThan(0.01)
    expect(Math.abs(mean * 1.5 - 1)).toBeLessThan(0.01)
  })
})
