import { describe, expect, it } from 'vitest'
import { readValue } from '../language/read-value.ts'
import { type Notation, printNotation } from '../support/params/node.ts'
import { type Chosen, policy, type Values } from '../support/params.ts'
import { registry } from '../support/registry.ts'
import { expectBroken, expectEachBroken, type Promises, type WrongMember } from '../support/testing-promises.ts'
import { crash } from './crash.ts'
import { type Fault, fault, type Scene } from './fault.ts'
import { flush } from './flush.ts'
import { faults } from './index.ts'
import { scale } from './scale.ts'
import { slow } from './slow.ts'
import { type Act, actsOf, fleetUnder as fleetOf } from './testing-scene.ts'
import { momentsOf } from './timing.ts'

type FaultValues = Values<Fault['params']>

const [atMs, forMs, endMs] = [10_000, 5000, 40_000]
const seeds = [1, 2, 3]

/** As the fault's own example says, but on all of `web` and in this time. */
function valuesOf(member: Fault, timing: Readonly<Record<string, string>> = { at: '10s', for: '5s' }): FaultValues {
  const {
    [member.name]: _,
    at: _at,
    for: _for,
    every: _every,
    name: _name,
    ...own
  } = member.example as Record<string, Notation>
  const { for: lasts, ...moment } = timing
  const times = member.isMoment === true || lasts === undefined ? moment : { ...moment, for: lasts }
  const text = printNotation({ type: member.name, [member.main as string]: 'web', ...own, ...times } as Notation)
  const read = readValue(text, policy({ meaning: 'a fault', family: registry('fault', [member]) }), 'test')
  return (read.value as Chosen).values as FaultValues
}

function acts(member: Fault, timing?: Readonly<Record<string, string>>): readonly Act[] {
  return actsOf([[member, valuesOf(member, timing)]], seeds, endMs)
}

function fleetUnder(member: Fault) {
  return fleetOf([member, valuesOf(member)], seeds.length, endMs)
}

function ofInstance(all: readonly Act[], instance: number): readonly Omit<Act, 'instance'>[] {
  return all.filter((act) => act.instance === instance).map(({ atMs, state }) => ({ atMs, state }))
}

/** What a fault that is over at once keeps in place of the others. */
const promisesOfMoments: Promises<[member: Fault]> = {
  'affects every instance at its moment, once'(member) {
    const found = acts(member)
    for (const instance of seeds.keys()) {
      const own = ofInstance(found, instance)
      expect(own).toEqual([{ atMs, state: own[0]?.state }])
      expect(own[0]?.state).not.toBe('well')
    }
  },

  'does so again each time it happens'(member) {
    const found = ofInstance(acts(member, { at: '10s', every: '10s', until: '35s' }), 0)
    expect(found.map((act) => act.atMs)).toEqual([10_000, 20_000, 30_000])
    expect(new Set(found.map(({ state }) => state)).size).toBe(1)
  },

  'says what it touches'(member) {
    expect(member.touches(valuesOf(member))).toEqual([{ block: 'web' }])
  },
}

/** What every fault that lasts keeps, by name. */
const promises: Promises<[member: Fault]> = {
  'affects every instance from its beginning to its end, and is then over'(member) {
    const found = acts(member)
    for (const instance of seeds.keys()) {
      const own = ofInstance(found, instance)
      const [begin, ...ends] = own
      expect(begin?.atMs).toBe(atMs)
      expect(begin?.state).not.toBe('well')
      expect(new Set(ends.map((act) => act.atMs))).toEqual(new Set([atMs + forMs]))
      expect(own.at(-1)?.state).toBe('well')
    }
  },

  'does the same each time it happens'(member) {
    const found = ofInstance(acts(member, { at: '10s', every: '10s', for: '5s' }), 0)
    const at = (ms: number) => found.flatMap((act) => (act.atMs === ms ? [act.state] : []))
    for (const later of [20_000, 30_000]) expect([at(later), at(later + 5000)]).toEqual([at(10_000), at(15_000)])
    expect(at(10_000)).toHaveLength(1)
  },

  'lasts until the last of two that overlap is over'(member) {
    const first = valuesOf(member)
    const second = valuesOf(member, { at: '12s', for: '10s' })
    const found = ofInstance(
      actsOf(
        [
          [member, first],
          [member, second],
        ],
        seeds,
        endMs,
      ),
      1,
    )
    expect(new Set(found.flatMap(({ state, atMs }) => (state === 'well' ? [atMs] : [])))).toEqual(new Set([22_000]))
  },

  'says what it touches'(member) {
    expect(member.touches(valuesOf(member))).toEqual([{ block: 'web' }])
  },

  'names its state and the one after it, which differ'(member) {
    const moments = momentsOf(member, valuesOf(member) as never, [{ block: 'web', instance: 2 }])
    expect(moments.map(({ label }) => label.startsWith('web.2 '))).toEqual([true, true])
    expect(moments[0]?.label).not.toBe(moments[1]?.label)
  },
}

const ofInstances = faults.members.filter(({ coming }) => coming === undefined)
const planned = faults.members.filter(({ coming }) => coming !== undefined)

describe.each(ofInstances.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it.each(Object.entries(member.isMoment === true ? promisesOfMoments : promises))('%s', (_promise, keep) =>
    keep(member),
  )
})

/** What every planned change keeps, by name. */
const promisesOfPlanned: Promises<[member: Fault]> = {
  'lets no more instances come than it says'(member) {
    const { come } = fleetUnder(member)
    const { size = 0, times } = (member.coming as NonNullable<Fault['coming']>)(valuesOf(member))
    expect(come).toBeLessThanOrEqual(Math.max(seeds.length, size) * times)
  },

  'changes the instances in its time, and leaves as many as there were'(member) {
    const { changes, members } = fleetUnder(member)
    expect(changes.filter((ms) => ms < atMs)).toEqual([])
    expect(changes).toContain(atMs)
    expect(changes.some((ms) => ms >= atMs + forMs)).toBe(true)
    expect(members).toHaveLength(seeds.length)
  },

  'happens once'(member) {
    for (const field of ['every', 'until']) expect(member.params).not.toHaveProperty(field)
  },
}

describe.each(planned.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it.each(Object.entries(promisesOfPlanned))('%s', (_promise, keep) => keep(member))
  it.each(['says what it touches', 'names its state and the one after it, which differ'])('%s', (promise) =>
    promises[promise]?.(member),
  )
})

it('a planned change that is never taken back is caught', () => {
  const inject = (values: FaultValues, scene: Scene) => {
    scale.inject(values as never, scene)
    return () => undefined
  }
  const kept = { ...scale, inject } as unknown as Fault
  const promise = promisesOfPlanned['changes the instances in its time, and leaves as many as there were']
  expect(() => promise?.(kept)).toThrow()
})

let injected = 0

const endless: typeof crash.inject = (values, scene) => {
  crash.inject(values, scene)
  return () => undefined
}

/** Faults that are wrong on purpose, each with the promise that must catch it. */
const wrong: readonly WrongMember<Fault>[] = [
  [
    'affects every instance from its beginning to its end, and is then over',
    'never ends',
    fault({ ...crash, inject: endless }) as Fault,
  ],
  [
    'does the same each time it happens',
    'grows worse',
    fault({ ...slow, inject: (values, scene) => slow.inject({ ...values, factor: 2 + injected++ }, scene) }) as Fault,
  ],
  [
    'lasts until the last of two that overlap is over',
    'ends what others do',
    fault({
      ...slow,
      inject: (values, { affected }) => {
        for (const instance of affected) instance.slow(values.factor)
        return () => affected.forEach((instance) => void instance.slow(1)())
      },
    }) as Fault,
  ],
  ['says what it touches', 'touches nothing', fault({ ...crash, touches: () => [] }) as Fault],
  [
    'names its state and the one after it, which differ',
    'calls both states alike',
    fault({ ...crash, stateAfter: 'down' }) as Fault,
  ],
]

let flushed = 0

const wrongMoments: readonly WrongMember<Fault>[] = [
  [
    'affects every instance at its moment, once',
    'does nothing',
    fault({ ...flush, inject: () => () => undefined }) as Fault,
  ],
  [
    'does so again each time it happens',
    'happens once',
    fault({
      ...flush,
      inject: (values, scene) => (flushed++ < seeds.length ? flush.inject(values, scene) : () => undefined),
    }) as Fault,
  ],
  ['says what it touches', 'touches nothing', fault({ ...flush, touches: () => [] }) as Fault],
]

it('every promise of a moment has a member that breaks it', () => expectEachBroken(promisesOfMoments, wrongMoments))

it.each(wrongMoments)('"%s" catches a moment that %s', (promise, _mistake, member) => {
  expectBroken(promisesOfMoments, promise, member)
})

it('every promise has a member that breaks it', () => expectEachBroken(promises, wrong))

it.each(wrong)('"%s" catches a fault that %s', (promise, _mistake, member) => {
  expectBroken(promises, promise, member)
})
