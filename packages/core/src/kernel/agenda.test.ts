import { assert, constantFrom, integer, array as list, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda, type Frame } from './agenda.ts'
import type { Lane } from './lane.ts'

class Named implements Frame {
  generation = 0
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

function recorder() {
  const agenda = new Agenda()
  const log: string[] = []
  const note = (frame: Named) => void log.push(`${agenda.nowMs} ${frame.name}`)
  return { agenda, log, note }
}

describe('the agenda', () => {
  it('runs events in order of time, and events at the same time in the order of scheduling', () => {
    const { agenda, log, note } = recorder()
    agenda.at(5, note, new Named('late'))
    for (let i = 0; i < 20; i++) agenda.at(3, note, new Named(`tie ${i}`))
    agenda.at(1, note, new Named('early'))
    expect(agenda.runUntil(10, 1000)).toBe(22)
    expect(log).toEqual(['1 early', ...Array.from({ length: 20 }, (_, i) => `3 tie ${i}`), '5 late'])
  })

  it('runs the events of lanes and of the heap in one order', () => {
    const { agenda, log, note } = recorder()
    const lane = agenda.lane<Named>(4, note)
    lane.push(new Named('lane first'))
    agenda.at(4, note, new Named('heap between'))
    lane.push(new Named('lane second'))
    agenda.at(2, () => lane.push(new Named('lane later')), new Named(''))
    agenda.runUntil(10, 1000)
    expect(log).toEqual(['4 lane first', '4 heap between', '4 lane second', '6 lane later'])
  })

  it('drops the events of a frame that was released and used again', () => {
    const { agenda, log, note } = recorder()
    const lane = agenda.lane<Named>(2, note)
    const frame = new Named('old')
    agenda.at(1, note, frame)
    lane.push(frame)
    frame.generation++
    agenda.at(3, note, frame)
    agenda.runUntil(10, 1000)
    expect(log).toEqual(['3 old'])
  })

  it('stops at the time or the number of events given', () => {
    const { agenda, log, note } = recorder()
    for (const time of [1, 2, 3]) agenda.at(time, note, new Named('event'))
    expect(agenda.runUntil(10, 1)).toBe(1)
    expect(agenda.runUntil(2, 10)).toBe(1)
    expect([agenda.nowMs, agenda.pending, log.length]).toEqual([2, 1, 2])
  })

  it('grows to any number of events and reuses the places of events that have run', () => {
    const { agenda, log, note } = recorder()
    const frames = Array.from({ length: 3000 }, (_, i) => new Named(`${i}`))
    for (const [i, frame] of frames.entries())
      agenda.at(i, note, frame)
      // What is cancelled in the part that was added is dropped there as well.
    ;(frames[2500] as Named).generation++
    expect(agenda.runUntil(5000, 5000)).toBe(3000)
    expect(log).toEqual(frames.filter((_, i) => i !== 2500).map(({ name }) => `${name} ${name}`))
    for (let i = 0; i < 3000; i++) agenda.at(6000, note, frames[i] as Named)
    agenda.runUntil(7000, 5000)
    const { due } = agenda as unknown as { due: unknown[] }
    expect([due.length, log.length]).toEqual([2 * 3000, 5999])
    expect(log.slice(2999)).toEqual(frames.map(({ name }) => `6000 ${name}`))
  })

  it('the end of a run drops all events and releases their frames', () => {
    const { agenda, log, note } = recorder()
    const lane = agenda.lane<Named>(1, note)
    for (let i = 0; i < 3; i++) {
      agenda.at(i, note, new Named('event'))
      lane.push(new Named('in a lane'))
    }
    agenda.clear()
    expect([agenda.pending, agenda.runUntil(100, 100), log]).toEqual([0, 0, []])
    const { due } = agenda as unknown as { due: unknown[] }
    expect(due).toEqual([])
  })

  it('keeps a lane small when nearly all of it is cancelled', () => {
    const { agenda, log, note } = recorder()
    const lane = agenda.lane<Named>(1000, note)
    for (let i = 0; i < 10_000; i++) {
      const frame = new Named(`${i}`)
      lane.push(frame)
      if (i % 1000 !== 999) frame.generation++
    }
    const { times } = lane as unknown as { times: Float64Array }
    expect(times.length).toBeLessThanOrEqual(64)
    agenda.runUntil(1000, 100_000)
    expect(log).toEqual(Array.from({ length: 10 }, (_, i) => `1000 ${i * 1000 + 999}`))
  })

  it('agenda and sorted list run random events in the same order', () => {
    const delays = [0, 1, 5]
    const action = oneof(
      record({ kind: constantFrom('heap'), delay: integer({ min: 0, max: 6 }), lane: constantFrom(0) }),
      record({ kind: constantFrom('lane'), delay: constantFrom(0), lane: integer({ min: 0, max: 2 }) }),
      record({ kind: constantFrom('cancel'), delay: integer({ min: 0, max: 1000 }), lane: constantFrom(0) }),
      record({ kind: constantFrom('run'), delay: integer({ min: 0, max: 3 }), lane: constantFrom(0) }),
    )
    assert(
      property(list(action, { maxLength: 300 }), (actions) => {
        const { agenda, log, note } = recorder()
        const lanes: Lane<Named>[] = delays.map((delay) => agenda.lane<Named>(delay, note))
        const expected: string[] = []
        let naive: { time: number; order: number; frame: Named; life: number }[] = []
        const frames: Named[] = []
        actions.forEach(({ kind, delay, lane }, order) => {
          if (kind === 'cancel') {
            const frame = frames[delay % Math.max(1, frames.length)]
            if (frame !== undefined) frame.generation++
          } else if (kind === 'run') {
            const until = agenda.nowMs + delay
            agenda.runUntil(until, 1e6)
            agenda.at(until, () => {}, new Named(''))
            agenda.runUntil(until, 1e6)
            naive.sort((a, b) => a.time - b.time || a.order - b.order)
            for (const { time, frame, life } of naive)
              if (time <= until && frame.generation === life) expected.push(`${time} ${frame.name}`)
            naive = naive.filter(({ time }) => time > until)
          } else {
            const frame = new Named(`${order}`)
            frames.push(frame)
            const wait = kind === 'heap' ? delay : (delays[lane] as number)
            naive.push({ time: agenda.nowMs + wait, order, frame, life: 0 })
            if (kind === 'heap') agenda.after(delay, note, frame)
            else lanes[lane]?.push(frame)
          }
        })
        expect(log).toEqual(expected)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})
