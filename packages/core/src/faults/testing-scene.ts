import type { Instance } from '../blocks/block.ts'
import { Fleet } from '../blocks/fleet.ts'
import { Agenda, type Frame, type Handler } from '../kernel/agenda.ts'
import { Stream } from '../kernel/random.ts'
import type { Side } from '../network/roads.ts'
import type { Values } from '../support/params.ts'
import { type Answering, type Calling, Condition } from './condition.ts'
import type { Fault } from './fault.ts'
import { PlannedChanges } from './planned-changes.ts'
import { scheduleFault } from './schedule.ts'

/** Something that a fault has done to an instance. */
export interface Act {
  /** When, rounded to the ns; -1 if before the run. */
  readonly atMs: number
  readonly instance: number
  readonly state:
    | 'well'
    | 'down'
    | 'paused'
    | 'changed'
    | 'flushed'
    | `${number} times as ${'slow' | 'many'}`
    | `${number} fail`
    | `${number} leak`
}

interface Due {
  readonly timeMs: number
  readonly happen: () => void
}

/** Instances that only note what is done to them, and the random numbers of each. */
class TestingPlace {
  readonly acts: Act[] = []
  readonly groups: readonly (readonly Condition[])[]
  private readonly seeds: readonly number[]
  private changes = 0
  private surges = 0
  private due: Due[] = []
  private nowMs = -1

  constructor(seeds: readonly number[]) {
    this.seeds = seeds
    this.groups = seeds.map((_, instance) => [
      new Condition(this.noting(instance), this.answering(instance), this.calling(instance)),
    ])
  }

  readonly agenda = {
    at: <F extends Frame>(timeMs: number, step: Handler<F>, frame: F): void => {
      this.due.push({ timeMs, happen: () => step(frame) })
    },
  }

  readonly stream = (instance: number): Stream => new Stream(this.seeds[instance] ?? 99, 0, `fault on ${instance}`)

  /** The lines of every instance, of which it is noted that they change. */
  private readonly network = {
    control: {
      change: (from: Side): (() => void) => {
        this.changes++
        this.noteAll(from, 'changed')
        return () => {
          if (--this.changes === 0) this.noteAll(from, 'well')
        }
      },
    },
    sideOf: (): Side => () => true,
  }

  /** Traffic for every instance, of which it is noted that there is more. */
  private readonly traffic = {
    multiply: (_source: string, _kind: string | undefined, factor: number): (() => void) => {
      this.surges++
      this.noteAll(() => true, `${factor} times as many`)
      return () => {
        if (--this.surges === 0) this.noteAll(() => true, 'well')
      }
    },
  }

  readonly scene = { network: this.network, traffic: this.traffic, planned: null, site: 7 }

  /** Answers of which it is noted that a share fails. */
  answering(instance: number): Answering {
    let failing = 0
    const note = (state: Act['state']) => this.noteAll((address) => address === instance, state)
    return {
      fail: ({ share }) => {
        failing++
        note(`${share} fail`)
        return () => {
          if (--failing === 0) note('well')
        }
      },
    }
  }

  /** Pools of which it is noted that they lose connections. */
  calling(instance: number): Calling {
    let leaking = 0
    const note = (state: Act['state']) => this.noteAll((address) => address === instance, state)
    return {
      leak: ({ share, perMs }) => {
        leaking++
        note(`${share + perMs} leak`)
        return () => {
          if (--leaking === 0) note('well')
        }
      },
    }
  }

  private noteAll(side: Side, state: Act['state']): void {
    for (const instance of this.seeds.keys()) {
      if (side(instance)) this.acts.push({ atMs: Math.round(this.nowMs * 1e6) / 1e6, instance, state })
    }
  }

  run(untilMs: number): void {
    for (;;) {
      const next = this.due.reduce<Due | undefined>(
        (first, one) => (first && first.timeMs <= one.timeMs ? first : one),
        undefined,
      )
      if (next === undefined || next.timeMs > untilMs) return
      this.due = this.due.filter((one) => one !== next)
      this.nowMs = next.timeMs
      next.happen()
    }
  }

  noting(instance: number): Instance {
    const note = (state: Act['state']) => this.acts.push({ atMs: Math.round(this.nowMs * 1e6) / 1e6, instance, state })
    return {
      crash: () => void note('down'),
      restart: () => void note('well'),
      slow: (factor) => void note(factor === 1 ? 'well' : `${factor} times as slow`),
      pause: (paused) => void note(paused ? 'paused' : 'well'),
      flush: () => void note('flushed'),
    }
  }
}

/** What faults do until `untilMs` to as many instances as there are seeds, each with the random numbers of its own seed. */
export function actsOf(
  faults: readonly (readonly [member: Fault, values: Values<Fault['params']>])[],
  seeds: readonly number[],
  untilMs: number,
): readonly Act[] {
  const place = new TestingPlace(seeds)
  for (const [member, values] of faults) scheduleFault(member, values, place)
  place.run(untilMs)
  return place.acts
}

/** What a planned change does to a fleet of idle instances that start at once, until `untilMs`. */
export function fleetUnder(
  [member, values]: readonly [member: Fault, values: Values<Fault['params']>],
  instances: number,
  untilMs: number,
) {
  const agenda = new Agenda()
  const numbers = 10 * instances
  const place = new TestingPlace([1])
  const conditions = Array.from(
    { length: numbers },
    () => new Condition(place.noting(0), place.answering(0), place.calling(0)),
  )
  const fleet = new Fleet({
    agenda,
    initial: instances,
    numbers,
    startUpMs: 0,
    drainMs: 0,
    isIdle: () => true,
    begin() {},
    end() {},
  })
  const changes: number[] = []
  const seen = new Set<number>()
  fleet.watch(() => {
    changes.push(agenda.nowMs)
    for (const instance of fleet.members) seen.add(instance)
  })
  scheduleFault(member, values, {
    agenda,
    groups: [conditions.slice(0, instances)],
    scene: { ...place.scene, planned: new PlannedChanges(fleet, conditions) },
    stream: () => new Stream(1, 0, 'planned'),
  })
  agenda.runUntil(untilMs, 10_000)
  const come = [...seen].filter((instance) => instance >= instances).length
  return { changes, come, members: fleet.members, most: seen.size }
}
