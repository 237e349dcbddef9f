import { describe, expect, it } from 'vitest'
import { Agenda } from '../kernel/agenda.ts'
import { Happening } from '../kernel/happening.ts'
import { Fleet } from './fleet.ts'

/** A fleet of two, with room for three more, and what happens to it. */
function fleetOf({ startUpMs = 0, drainMs = 1000 } = {}) {
  const agenda = new Agenda()
  const busy = new Set<number>()
  const events: string[] = []
  const note = (what: string) => events.push(`${agenda.nowMs}: ${what}`)
  const fleet = new Fleet({
    agenda,
    initial: 2,
    numbers: 5,
    startUpMs,
    drainMs,
    isIdle: (instance) => !busy.has(instance),
    begin: (instance) => note(`${instance} begins`),
    end: (instance) => note(`${instance} ends`),
  })
  fleet.watch(() => note(`members ${fleet.members.join(' ')}`))
  return { agenda, busy, events, fleet, run: (untilMs: number) => agenda.runUntil(untilMs, 1000) }
}

describe('a fleet', () => {
  it('lets a new instance serve after its start-up, under a number of its own', () => {
    const { events, fleet, run } = fleetOf({ startUpMs: 500 })
    expect(fleet.add()).toBe(2)
    expect([fleet.members, fleet.staying, fleet.running]).toEqual([
      [0, 1],
      [0, 1, 2],
      [0, 1],
    ])
    run(1000)
    expect(events).toEqual(['500: 2 begins', '500: members 0 1 2'])
  })

  it('never uses a number again', () => {
    const { fleet, run } = fleetOf()
    fleet.add()
    fleet.drain(2)
    run(10)
    expect(fleet.add()).toBe(3)
    expect(fleet.members).toEqual([0, 1, 3])
  })

  it('ends an idle instance at once, and a busy one when its last call has left', () => {
    const { agenda, busy, events, fleet, run } = fleetOf()
    fleet.drain(0)
    busy.add(1)
    fleet.drain(1)
    Happening.after(agenda, 300, () => {
      busy.clear()
      fleet.idle(1)
    })
    run(2000)
    expect(events).toEqual(['0: members 1', '0: 0 ends', '0: members ', '300: 1 ends'])
    expect(fleet.areaAt(2000)).toBe(300)
  })

  it('ends an instance that is busy for longer than it may drain', () => {
    const { busy, events, fleet, run } = fleetOf()
    busy.add(1)
    fleet.drain(1, () => events.push('gone'))
    run(5000)
    expect(events).toEqual(['0: members 0', '1000: 1 ends', 'gone'])
  })

  it('drops an instance that leaves while it starts, without a process that would begin or end', () => {
    const { events, fleet, run } = fleetOf({ startUpMs: 500 })
    const instance = fleet.add(() => events.push('settled'))
    fleet.drain(instance, () => events.push('gone'))
    run(5000)
    expect(events).toEqual(['gone', 'settled'])
    expect(fleet.existing).toBe(2)
  })

  it('has a process where it serves or drains', () => {
    const { busy, fleet } = fleetOf({ startUpMs: 500 })
    busy.add(0)
    fleet.drain(0)
    fleet.add()
    expect([0, 1, 2, 3].map((instance) => fleet.runs(instance))).toEqual([true, true, false, false])
  })
})
