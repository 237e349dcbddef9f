import { expect, it } from 'vitest'
import { Call } from './call.ts'
import { Meters } from './meters.ts'
import { Simulation } from './simulation.ts'
import { Station } from './station.ts'

it('stations of a block are measured together and one by one', () => {
  const simulation = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const meters = new Meters(2)
  const options = { workers: 1, cores: 1, limit: 9, ordering: 'fifo', elastic: false, meters } as const
  const [one, other] = [new Station(simulation, options), new Station(simulation, options)]
  const stay = () => {}
  const calls = Array.from({ length: 7 }, () => new Call())
  simulation.agenda.nowMs = 2
  for (const call of calls.slice(0, 3)) one.enter(call, stay)
  for (const call of calls.slice(3, 6)) other.enter(call, stay)
  expect([one.held, one.waiting, other.held, other.waiting]).toEqual([1, 2, 1, 2])
  // The most calls in the queue are those of both stations together, as their mean is.
  expect([meters.held.value, meters.waiting.value, meters.mostInQueue]).toEqual([2, 4, 4])
  expect([meters.longestLineOf(0), meters.longestLineOf(1)]).toEqual([2, 2])
  simulation.agenda.nowMs = 6
  one.leave()
  expect([one.held, one.waiting, meters.held.value, meters.waiting.value]).toEqual([1, 1, 2, 3])
  expect(meters.waits).toMatchObject({ begun: 3, waited: 1, totalMs: 4 })
  expect([meters.held.areaAt(6), meters.waiting.areaAt(6)]).toEqual([8, 16])
  expect([0, 1].map((i) => [meters.held.areaOf(i, 6), meters.waiting.areaOf(i, 6)])).toEqual([
    [4, 8],
    [4, 8],
  ])
  expect([0, 1].map((i) => [meters.callsBegunAt(i), meters.waiting.valueOf(i)])).toEqual([
    [2, 1],
    [1, 2],
  ])
  // Who leaves a line is no longer counted there, and a shorter line is not the longest.
  expect(one.unqueue(calls[2] as Call)).toBe(true)
  expect([one.waiting, meters.waiting.value]).toEqual([0, 2])
  one.enter(calls[6] as Call, stay)
  expect([one.waiting, meters.waiting.value, meters.mostInQueue]).toEqual([1, 3, 4])
})

it('the integral of an empty queue stays the same after a crash late in a long run', () => {
  const meters = new Meters()
  const place = meters.nextPlace()
  const crashMs = 265_395.771316
  for (let i = 1; i <= 1000; i++) meters.join(place, i, crashMs * (i / 1001))
  const waitedMs = meters.waiting.areaAt(crashMs)
  for (let i = 0; i < 1000; i++) meters.leaveLine(place, crashMs)
  expect(meters.waiting.areaAt(crashMs)).toBe(waitedMs)
  expect(meters.waiting.areaAt(2 * crashMs)).toBe(waitedMs)
  // The i-th of n calls arrives at T i / 1001, so they wait T n / 2 in all.
  expect(waitedMs).toBeCloseTo(crashMs * 500, 3)
})
