import { expect, it } from 'vitest'
import { Agenda } from './agenda.ts'
import type { Lane } from './lane.ts'

interface Named {
  generation: number
  readonly name: number
}
const frame = (name: number): Named => ({ generation: 0, name })
const capacity = (lane: Lane<Named>) => (lane as unknown as { times: Float64Array }).times.length

function laneOf(delayMs: number) {
  const agenda = new Agenda()
  const log: [number, number][] = []
  const lane = agenda.lane<Named>(delayMs, ({ name }) => void log.push([agenda.nowMs, name]))
  return { agenda, lane, log }
}

it('a lane holds each event for the same delay, with only its head in the heap', () => {
  const { agenda, lane, log } = laneOf(4)
  agenda.nowMs = 2
  for (let i = 0; i < 3; i++) lane.push(frame(i))
  expect([agenda.pending, lane.head().name, lane.headTimeMs(), lane.headOrder(), lane.delayMs]).toEqual([1, 0, 6, 0, 4])
  expect(agenda.runUntil(100, 1)).toBe(1)
  expect([agenda.pending, lane.head().name, lane.headTimeMs(), lane.headOrder()]).toEqual([1, 1, 6, 1])
  expect(agenda.runUntil(100, 10)).toBe(2)
  expect([log, agenda.pending]).toEqual([
    [
      [6, 0],
      [6, 1],
      [6, 2],
    ],
    0,
  ])
})

it('a lane with up to sixteen events does not grow', () => {
  const { agenda, lane, log } = laneOf(16)
  for (let i = 0; i < 100; i++) {
    agenda.runUntil(i, 10)
    agenda.nowMs = i
    lane.push(frame(i))
  }
  expect(capacity(lane)).toBe(16)
  agenda.runUntil(1000, 1000)
  expect(log).toEqual(Array.from({ length: 100 }, (_, i) => [i + 16, i]))
  expect(agenda.pending).toBe(0)
})

it('a full lane doubles if more than half of its events are pending', () => {
  const { agenda, lane, log } = laneOf(10)
  for (let i = 0; i < 5; i++) lane.push(frame(i))
  agenda.runUntil(10, 5)
  for (let i = 5; i < 21; i++) lane.push(frame(i))
  expect(capacity(lane)).toBe(16)
  lane.push(frame(21))
  expect(capacity(lane)).toBe(32)
  agenda.runUntil(100, 100)
  expect(log).toEqual(Array.from({ length: 22 }, (_, i) => [i < 5 ? 10 : 20, i]))
})

it('a full lane removes cancelled events instead if that frees half of it', () => {
  const { agenda, lane, log } = laneOf(10)
  const frames = Array.from({ length: 16 }, (_, i) => frame(i))
  for (const one of frames) lane.push(one)
  // Eight of sixteen are left, with the head, which is dead as well but already in the heap.
  for (const i of [0, 2, 3, 4, 7, 8, 11, 12, 13]) (frames[i] as Named).generation++
  lane.push(frame(16))
  expect([capacity(lane), lane.head().name, lane.headIsAlive(), lane.headOrder()]).toEqual([16, 0, false, 0])
  agenda.runUntil(100, 100)
  expect(log.map(([, name]) => name)).toEqual([1, 5, 6, 9, 10, 14, 15, 16])

  const capacityAfter = (cancelled: readonly number[]) => {
    const other = laneOf(10)
    const others = Array.from({ length: 16 }, (_, i) => frame(i))
    for (const one of others) other.lane.push(one)
    for (const i of cancelled) (others[i] as Named).generation++
    other.lane.push(frame(16))
    return capacity(other.lane)
  }
  expect([capacityAfter([1, 2, 3, 4, 7, 8, 11, 15]), capacityAfter([2, 3, 4, 7, 8, 11, 15])]).toEqual([16, 32])
})

it('a lane drops cancelled events behind its head, and enters the heap again after it was empty', () => {
  const { agenda, lane, log } = laneOf(10)
  const frames = Array.from({ length: 4 }, (_, i) => frame(i))
  for (const one of frames) lane.push(one)
  for (const i of [1, 2]) (frames[i] as Named).generation++
  expect(agenda.runUntil(100, 1)).toBe(1)
  // The two dead went with the head.
  expect([lane.head().name, lane.headIsAlive()]).toEqual([3, true])
  ;(frames[3] as Named).generation++
  expect(agenda.runUntil(100, 10)).toBe(1)
  expect(agenda.pending).toBe(0)
  lane.push(frames[3] as Named)
  expect(agenda.pending).toBe(1)
  agenda.runUntil(100, 10)
  expect(log).toEqual([
    [10, 0],
    [20, 3],
  ])
})
