import { describe, expect, it } from 'vitest'
import type { Instance } from '../blocks/block.ts'
import { Fleet } from '../blocks/fleet.ts'
import { Agenda } from '../kernel/agenda.ts'
import { Condition } from './condition.ts'
import { type Deployment, PlannedChanges } from './planned-changes.ts'

const instance: Instance = { crash() {}, restart() {}, slow() {}, pause() {}, flush() {} }

/** A fleet of `initial` idle instances, each of which starts within a second; `serving` lists how many serve, by moment. */
function changing(initial: number) {
  const agenda = new Agenda()
  const fleet = new Fleet({
    agenda,
    initial,
    numbers: 50,
    startUpMs: 1000,
    drainMs: 0,
    isIdle: () => true,
    begin() {},
    end() {},
  })
  const conditions = Array.from(
    { length: 50 },
    () => new Condition(instance, { fail: () => () => undefined }, { leak: () => () => undefined }),
  )
  const serving: [ms: number, number][] = []
  fleet.watch(() => serving.push([agenda.nowMs, fleet.members.length]))
  const planned = new PlannedChanges(fleet, conditions)
  const deploy = (how: Partial<Deployment>, some = fleet.members) =>
    planned.deploy(
      some.map((number) => conditions[number] as Condition),
      { batch: 1, order: 'stop-first', begin() {}, ...how },
    )
  return { conditions, deploy, fleet, planned, serving, run: (untilMs: number) => agenda.runUntil(untilMs, 1000) }
}

describe('a planned scaling', () => {
  it('starts what is missing, and takes it back by letting the newest go', () => {
    const { fleet, planned, run } = changing(2)
    const back = planned.scale(4)
    run(1500)
    expect(fleet.members).toEqual([0, 1, 2, 3])
    back()
    expect(fleet.members).toEqual([0, 1])
  })

  it('lets the last of two that overlap count, and then the other', () => {
    const { fleet, planned, run } = changing(2)
    const firstBack = planned.scale(4)
    run(1500)
    const secondBack = planned.scale(1)
    expect(fleet.members).toEqual([0])
    firstBack()
    expect(fleet.members).toEqual([0])
    secondBack()
    run(3000)
    expect(fleet.members).toEqual([0, 4])
  })
})

describe('a rolling deployment', () => {
  it('works with one batch fewer if instances stop first, and replaces all', () => {
    const { deploy, fleet, run, serving } = changing(4)
    deploy({ batch: 2 })
    run(10_000)
    expect(fleet.members).toEqual([4, 5, 6, 7])
    expect(Math.min(...serving.map(([, members]) => members))).toBe(2)
    expect(serving.at(-1)).toEqual([2000, 4])
  })

  it('works with one batch more if instances start first', () => {
    const { deploy, fleet, run, serving } = changing(4)
    deploy({ batch: 2, order: 'start-first' })
    expect([fleet.existing, fleet.members.length]).toEqual([6, 4])
    run(10_000)
    expect(fleet.members).toEqual([4, 5, 6, 7])
    expect(Math.min(...serving.map(([, members]) => members))).toBe(4)
  })

  it('begins what is wrong with its version at each new instance, and at no other', () => {
    const { conditions, deploy, run } = changing(3)
    const begun: number[] = []
    deploy({ begin: (condition) => begun.push(conditions.indexOf(condition)) }, [1])
    run(10_000)
    expect(begun).toEqual([3])
  })

  it('is rolled back: the instances of its version are replaced, and those alone', () => {
    const { deploy, fleet, run } = changing(3)
    const begun: number[] = []
    const back = deploy({ begin: () => begun.push(0) }, [1])
    run(5000)
    expect(fleet.members).toEqual([0, 2, 3])
    back()
    run(10_000)
    expect(fleet.members).toEqual([0, 2, 4])
    expect(begun).toHaveLength(1)
  })

  it.each(['stop-first', 'start-first'] as const)(
    'ends with as many instances as a scaling has set that comes in its midst (%s)',
    (order) => {
      for (const atMs of [0, 500, 1000, 1500, 2500]) {
        for (const to of [1, 2, 6]) {
          const { deploy, fleet, planned, run } = changing(4)
          deploy({ order })
          run(atMs)
          planned.scale(to)
          run(30_000)
          expect(fleet.members, `${to} at ${atMs} ms`).toHaveLength(to)
        }
      }
    },
  )
})
