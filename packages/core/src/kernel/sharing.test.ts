import { array, assert, constantFrom, double, integer, oneof, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda } from './agenda.ts'
import { Call } from './call.ts'
import { Level } from './level.ts'
import { Sharing } from './sharing.ts'

const act = () => ({ generation: 0 })

function run(cores: number) {
  const agenda = new Agenda()
  const ended = new Map<Call, number>()
  const sharing = new Sharing(agenda, cores, new Level(), (call) => {
    ended.set(call, agenda.nowMs)
    call.generation++
  })
  return { agenda, ended, sharing }
}

/** The same, computed piece by piece between things that happen: everybody's rest of work is written down. */
class Twin {
  readonly ended = new Map<Call, number>()
  private readonly rests = new Map<Call, number>()
  private readonly cores: number
  private nowMs = 0
  speed = 1
  busyMs = 0

  constructor(cores: number) {
    this.cores = cores
  }

  advance(toMs: number): void {
    for (;;) {
      const count = this.rests.size
      const rate = count === 0 ? 0 : this.speed * Math.min(1, this.cores / count)
      const least = Math.min(...this.rests.values())
      const stepMs = rate === 0 ? Number.POSITIVE_INFINITY : least / rate
      const endMs = Math.min(toMs, this.nowMs + stepMs)
      this.busyMs += Math.min(count, this.cores) * (endMs - this.nowMs)
      for (const [call, rest] of this.rests) this.rests.set(call, rest - rate * (endMs - this.nowMs))
      this.nowMs = endMs
      let someEnded = false
      for (const [call, rest] of this.rests) {
        if (rest > 1e-9) continue
        this.ended.set(call, endMs)
        this.rests.delete(call)
        someEnded = true
      }
      if (endMs >= toMs && !someEnded) return
    }
  }

  add(call: Call, workMs: number): void {
    this.rests.set(call, workMs)
  }

  remove(call: Call): boolean {
    return this.rests.delete(call)
  }
}

describe('sharing of cores', () => {
  it('gives each a core of its own while there are enough, and equal parts when there are not', () => {
    const { agenda, ended, sharing } = run(2)
    const [a, b, c] = [new Call(), new Call(), new Call()]
    sharing.add(a, 10)
    sharing.add(b, 10)
    sharing.add(c, 20)
    agenda.runUntil(100, 100)
    // Three share two cores until 15, when two have done 10 each; the third has 10 left and a core of its own.
    expect([a, b, c].map((call) => ended.get(call))).toEqual([15, 15, 25])
    expect(sharing.busy.areaAt(100)).toBe(40)
  })

  it('ends the shorter first, and lets the longer have the rest', () => {
    const { agenda, ended, sharing } = run(1)
    const [short, long] = [new Call(), new Call()]
    sharing.add(long, 10)
    agenda.at(4, () => sharing.add(short, 2), act())
    agenda.runUntil(100, 100)
    expect([ended.get(short), ended.get(long)]).toEqual([8, 12])
  })

  it('stands still at speed 0 and goes on afterwards', () => {
    const { agenda, ended, sharing } = run(1)
    const call = new Call()
    sharing.add(call, 10)
    agenda.at(3, () => sharing.setSpeed(0), act())
    agenda.at(50, () => sharing.setSpeed(0.5), act())
    agenda.runUntil(1000, 100)
    expect(ended.get(call)).toBe(64)
  })

  it('agrees with a twin that writes down everybody’s rest of work', () => {
    const action = oneof(
      record({ kind: constantFrom('add'), value: double({ min: 0.001, max: 50, noNaN: true }) }),
      record({ kind: constantFrom('remove'), value: integer({ min: 0, max: 100 }) }),
      record({ kind: constantFrom('speed'), value: constantFrom(0, 0.25, 1, 3) }),
      record({ kind: constantFrom('time'), value: double({ min: 0.001, max: 30, noNaN: true }) }),
    )
    assert(
      property(constantFrom(1, 2, 5), array(action, { maxLength: 80 }), (cores, actions) => {
        const { agenda, ended, sharing } = run(cores)
        const twin = new Twin(cores)
        const calls: Call[] = []
        let timeMs = 0
        const passTo = (untilMs: number) => {
          agenda.at(untilMs, () => {}, act())
          agenda.runUntil(untilMs, 1e6)
          twin.advance(untilMs)
        }
        for (const { kind, value } of actions) {
          if (kind === 'time') {
            timeMs += value
            passTo(timeMs)
          }
          if (kind === 'speed') {
            sharing.setSpeed(value)
            twin.speed = value
          }
          if (kind === 'add') {
            const call = new Call()
            calls.push(call)
            sharing.add(call, value)
            twin.add(call, value)
          }
          const removed = kind === 'remove' ? calls[value % Math.max(1, calls.length)] : undefined
          if (removed !== undefined && twin.remove(removed)) {
            sharing.remove(removed)
            removed.generation++
          }
        }
        sharing.setSpeed(1)
        twin.speed = 1
        passTo(timeMs + 10_000)
        expect(ended.size).toBe(twin.ended.size)
        for (const [call, atMs] of twin.ended) expect(ended.get(call)).toBeCloseTo(atMs, 6)
        expect(sharing.busy.areaAt(agenda.nowMs)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('keeps its digits over a long time', () => {
    const { agenda, ended, sharing } = run(1)
    const calls = Array.from({ length: 1000 }, () => new Call())
    for (const [i, call] of calls.entries()) agenda.at(i * 1e6, () => sharing.add(call, 999_999.5), act())
    agenda.runUntil(1e10, 1e6)
    for (const [i, call] of calls.entries()) expect(ended.get(call)).toBeCloseTo(i * 1e6 + 999_999.5, 5)
  })
})
