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
class Reference {
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

  it('counts the cores that are busy: one for each call, until there are no more', () => {
    const { agenda, sharing } = run(2)
    const calls = [new Call(), new Call(), new Call(), new Call()]
    const busy = calls.map((call) => {
      sharing.add(call, 6)
      return sharing.busy.value
    })
    expect(busy).toEqual([1, 2, 2, 2])
    // Four on two cores take twice their time.
    agenda.runUntil(11, 100)
    expect([sharing.busy.value, sharing.busy.max]).toEqual([2, 2])
    agenda.runUntil(12, 100)
    expect([agenda.nowMs, sharing.busy.value, sharing.busy.areaAt(20)]).toEqual([12, 0, 24])
  })

  it('lets a call leave before its end, and the others have its share from then on', () => {
    const { agenda, ended, sharing } = run(1)
    const [leaving, staying, stranger] = [new Call(), new Call(), new Call()]
    sharing.add(staying, 10)
    sharing.add(leaving, 20)
    agenda.nowMs = 8
    // Who is not in work here has nothing to leave, nor who was here in another life.
    sharing.remove(stranger)
    sharing.remove(leaving)
    sharing.remove(leaving)
    leaving.generation++
    sharing.remove(leaving)
    expect(sharing.busy.value).toBe(1)
    agenda.runUntil(100, 100)
    // Four were done of each at 8.
    expect([ended.get(staying), ended.has(leaving), ended.size]).toEqual([14, false, 1])
    expect(sharing.busy.areaAt(100)).toBe(14)
  })

  it('looks at the clock once for all that are in work, and earlier only when work gets faster', () => {
    const { agenda, ended, sharing } = run(1)
    const [a, b, c] = [new Call(), new Call(), new Call()]
    sharing.add(a, 10)
    sharing.add(b, 10)
    sharing.add(c, 10)
    // More calls make work slower: the look at 10 is early enough.
    expect(agenda.pending).toBe(1)
    sharing.setSpeed(4)
    expect(agenda.pending).toBe(2)
    agenda.runUntil(100, 100)
    expect([a, b, c].map((call) => ended.get(call))).toEqual([7.5, 7.5, 7.5])
    expect(agenda.pending).toBe(0)
  })

  it('takes its places again, and remembers nobody who has ended', () => {
    const { agenda, ended, sharing } = run(1)
    for (let i = 0; i < 50; i++) {
      const [a, b] = [new Call(), new Call()]
      sharing.add(a, 1)
      sharing.add(b, 2)
      agenda.runUntil(1e9, 100)
      expect([ended.get(b), sharing.busy.value]).toEqual([3 * (i + 1), 0])
    }
    const { calls } = sharing as unknown as { calls: unknown[] }
    expect(calls).toEqual([null, null])
  })

  it('sets its time back before the sum loses digits, while somebody is always in work', () => {
    const { agenda, ended, sharing } = run(2)
    // Each begins a quarter of a million ms before the one before it ends: two cores are never shared.
    const calls = Array.from({ length: 60 }, () => new Call())
    const begins = (i: number) => i * 750_000.125
    for (const [i, call] of calls.entries()) agenda.at(begins(i), () => sharing.add(call, 1_000_000.0625), act())
    const inner = sharing as unknown as { virtualMs: number }
    let highest = 0
    while (agenda.runUntil(1e9, 1) > 0) highest = Math.max(highest, inner.virtualMs)
    expect(highest).toBeGreaterThan(9e6)
    expect(highest).toBeLessThanOrEqual(1e7)
    for (const [i, call] of calls.entries()) expect(ended.get(call)).toBe(begins(i) + 1_000_000.0625)
  })

  it('ends what is shorter than the clock can tell, and what is no work at all', () => {
    const { agenda, ended, sharing } = run(1)
    const [none, short] = [new Call(), new Call()]
    agenda.nowMs = 2 ** 53
    sharing.add(none, 0)
    expect(agenda.runUntil(2 ** 53, 10)).toBe(1)
    sharing.add(short, 0.5)
    expect(agenda.runUntil(2 ** 53, 10)).toBe(1)
    expect([ended.get(none), ended.get(short), agenda.pending]).toEqual([2 ** 53, 2 ** 53, 0])
  })

  it('cores that are paused or slowed before their first call begin paused or slow', () => {
    const { agenda, ended, sharing } = run(1)
    const call = new Call()
    sharing.setSpeed(0)
    sharing.add(call, 10)
    expect([agenda.pending, sharing.busy.value]).toEqual([0, 1])
    agenda.nowMs = 30
    sharing.setSpeed(0.5)
    agenda.runUntil(100, 100)
    expect(ended.get(call)).toBe(50)
  })

  it('agrees with a reference that writes down everybody’s rest of work', () => {
    const action = oneof(
      record({ kind: constantFrom('add'), value: double({ min: 0.001, max: 50, noNaN: true }) }),
      record({ kind: constantFrom('remove'), value: integer({ min: 0, max: 100 }) }),
      record({ kind: constantFrom('speed'), value: constantFrom(0, 0.25, 1, 3) }),
      record({ kind: constantFrom('time'), value: double({ min: 0.001, max: 30, noNaN: true }) }),
    )
    assert(
      property(constantFrom(1, 2, 5), array(action, { maxLength: 80 }), (cores, actions) => {
        const { agenda, ended, sharing } = run(cores)
        const reference = new Reference(cores)
        const calls: Call[] = []
        let timeMs = 0
        const passTo = (untilMs: number) => {
          agenda.at(untilMs, () => {}, act())
          agenda.runUntil(untilMs, 1e6)
          reference.advance(untilMs)
        }
        for (const { kind, value } of actions) {
          if (kind === 'time') {
            timeMs += value
            passTo(timeMs)
          }
          if (kind === 'speed') {
            sharing.setSpeed(value)
            reference.speed = value
          }
          if (kind === 'add') {
            const call = new Call()
            calls.push(call)
            sharing.add(call, value)
            reference.add(call, value)
          }
          const removed = kind === 'remove' ? calls[value % Math.max(1, calls.length)] : undefined
          if (removed !== undefined && reference.remove(removed)) {
            sharing.remove(removed)
            removed.generation++
          }
        }
        sharing.setSpeed(1)
        reference.speed = 1
        passTo(timeMs + 10_000)
        expect(ended.size).toBe(reference.ended.size)
        for (const [call, atMs] of reference.ended) expect(ended.get(call)).toBeCloseTo(atMs, 6)
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
