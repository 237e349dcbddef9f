import { describe, expect, it } from 'vitest'
import { readValue } from '../language/read-value.ts'
import { type Notation, printNotation } from '../support/params/node.ts'
import { type Chosen, policy } from '../support/params.ts'
import { registry } from '../support/registry.ts'
import { expectBroken, expectEachBroken, type Promises, type WrongMember } from '../support/testing-promises.ts'
import { crash } from './crash.ts'
import { type Fault, fault } from './fault.ts'
import { faults } from './index.ts'
import { pause } from './pause.ts'
import { type Act, actsOf } from './testing-scene.ts'

type Values = Readonly<Record<string, unknown>>

const [atMs, forMs, endMs] = [10_000, 5000, 40_000]
const seeds = [1, 2, 3]
const whole = { block: 'web' }

/** As the fault's own example says, but on all of `web` from 10 s to 15 s, and often enough for five seconds. */
function valuesOf(member: Fault, own: Values = {}): Values {
  const { [member.name]: on, ...rest } = member.example as Values
  const text = printNotation({ type: member.name, on, ...rest } as Notation)
  const { values } = readValue(text, policy({ meaning: 'a fault', family: registry('fault', [member]) }), 'test')
    .value as Chosen
  return { ...values, ...('rate' in values ? { rate: 2 } : {}), on: whole, at: atMs, for: forMs, ...own }
}

function acts(member: Fault, own: Values = {}, random = seeds): readonly Act[] {
  return actsOf(member, valuesOf(member, own), random, endMs)
}

function ofInstance(all: readonly Act[], instance: number): readonly Omit<Act, 'instance'>[] {
  return all.filter((act) => act.instance === instance).map(({ atMs, state }) => ({ atMs, state }))
}

function hasChance(member: Fault): boolean {
  return JSON.stringify(acts(member)) !== JSON.stringify(acts(member, {}, [4, 5, 6]))
}

/** What every fault keeps, by name. */
const promises: Promises<[member: Fault]> = {
  'does something to every instance in its time, and nothing before or after'(member) {
    for (const instance of seeds.keys()) {
      const begins = ofInstance(acts(member), instance).filter(({ state }) => state !== 'well')
      expect(begins.length).toBeGreaterThan(0)
      for (const begin of begins) {
        expect(begin.atMs).toBeGreaterThanOrEqual(atMs)
        expect(begin.atMs).toBeLessThan(atMs + forMs)
      }
    }
  },

  'leaves every instance well at the end of its time'(member) {
    for (const instance of seeds.keys()) expect(ofInstance(acts(member), instance).at(-1)?.state).toBe('well')
  },

  'lasts to the end of the run without `for`'(member) {
    const found = acts(member, { for: undefined })
    for (const instance of seeds.keys()) {
      const own = ofInstance(found, instance)
      expect(own.at(-1)?.state !== 'well' || own.some((act) => act.atMs > 0.9 * endMs)).toBe(true)
    }
  },

  'comes later by as much as `at` is later'(member) {
    const later = acts(member, { at: atMs + 7000 })
    const moved = acts(member).map((act) => ({ ...act, atMs: expect.closeTo(act.atMs + 7000, 5) }))
    expect(later).toEqual(moved)
  },

  'does to each instance what its own random says, or to all the same'(member) {
    const found = acts(member)
    const others = acts(member, {}, [seeds[0] as number, 8, 9])
    expect(ofInstance(others, 0)).toEqual(ofInstance(found, 0))
    if (hasChance(member)) expect(ofInstance(found, 1)).not.toEqual(ofInstance(found, 0))
    else for (const instance of seeds.keys()) expect(ofInstance(found, instance)).toEqual(ofInstance(found, 0))
  },

  'does the same with common random numbers, however often it was scheduled'(member) {
    const first = acts(member)
    acts(member, { at: 0 })
    expect(acts(member)).toEqual(first)
  },

  'names every moment that random does not decide, in order, and whom it strikes'(member) {
    for (const [on, name] of [[whole, 'web'] as const, [{ ...whole, instance: 2 }, 'web.2'] as const]) {
      const values = valuesOf(member, { on })
      const moments = member.moments(values)
      const times = moments.map((moment) => moment.atMs)
      if (hasChance(member)) for (const time of times) expect([atMs, atMs + forMs]).toContain(time)
      else expect(times).toEqual([...new Set(acts(member).map((act) => act.atMs))])
      for (const { label } of moments) expect(label.split(' ')[0]).toBe(name)
    }
  },

  'is permanent only from 0 s to the end, and then names no moment'(member) {
    const isPermanent = (own: Values) => member.isPermanent?.(valuesOf(member, own)) === true
    expect(isPermanent({})).toBe(false)
    expect(isPermanent({ at: 0 })).toBe(false)
    expect(isPermanent({ for: undefined })).toBe(false)
    const always = { at: 0, for: undefined }
    if (isPermanent(always)) expect(member.moments(valuesOf(member, always))).toEqual([])
  },
}

describe.each(faults.members.map((member) => [member.name, member] as const))('%s', (_name, member) => {
  it.each(Object.entries(promises))('%s', (_promise, keep) => keep(member))
})

let scheduled = 0

/** Faults that are wrong on purpose, each with the promise that must catch it. */
const wrong: readonly WrongMember<Fault>[] = [
  [
    'does something to every instance in its time, and nothing before or after',
    'strikes the first instance only',
    fault({
      ...crash,
      schedule: (values, scene) => crash.schedule(values, { ...scene, instances: scene.instances.slice(0, 1) }),
    }) as Fault,
  ],
  [
    'does something to every instance in its time, and nothing before or after',
    'strikes when it is scheduled',
    fault({
      ...crash,
      schedule: (_values, scene) => scene.instances.forEach((instance) => void instance.crash()),
    }) as Fault,
  ],
  [
    'leaves every instance well at the end of its time',
    'never ends',
    fault({ ...crash, schedule: (values, scene) => crash.schedule({ ...values, for: undefined }, scene) }) as Fault,
  ],
  [
    'lasts to the end of the run without `for`',
    'ends after a minute of its own',
    fault({
      ...crash,
      schedule: (values, scene) => crash.schedule({ ...values, for: values.for ?? 60 }, scene),
    }) as Fault,
  ],
  [
    'comes later by as much as `at` is later',
    'begins at a time of its own',
    fault({ ...crash, schedule: (values, scene) => crash.schedule({ ...values, at: 10_000 }, scene) }) as Fault,
  ],
  [
    'does to each instance what its own random says, or to all the same',
    'pauses all instances together',
    fault({
      ...pause,
      schedule: (values, scene) =>
        pause.schedule(values, { ...scene, agenda: scene.agenda, stream: () => scene.stream(0) }),
    }) as Fault,
  ],
  [
    'does to each instance what its own random says, or to all the same',
    'draws for all instances from the random of the last',
    fault({
      ...pause,
      schedule: (values, scene) =>
        pause.schedule(values, { ...scene, stream: (i) => scene.stream(scene.instances.length - 1 - i) }),
    }) as Fault,
  ],
  [
    'does the same with common random numbers, however often it was scheduled',
    'comes later each time',
    fault({
      ...crash,
      schedule: (values, scene) => crash.schedule({ ...values, at: values.at + scheduled++ }, scene),
    }) as Fault,
  ],
  [
    'names every moment that random does not decide, in order, and whom it strikes',
    'names no moment',
    fault({ ...crash, moments: () => [] }) as Fault,
  ],
  [
    'names every moment that random does not decide, in order, and whom it strikes',
    'names its end first',
    fault({ ...crash, moments: (values) => [...crash.moments(values)].reverse() }) as Fault,
  ],
  [
    'names every moment that random does not decide, in order, and whom it strikes',
    'does not name the instance',
    fault({ ...crash, moments: (values) => crash.moments({ ...values, on: { block: values.on.block } }) }) as Fault,
  ],
  [
    'is permanent only from 0 s to the end, and then names no moment',
    'is always permanent',
    fault({ ...crash, isPermanent: () => true }) as Fault,
  ],
]

it('every promise has a member that breaks it', () => expectEachBroken(promises, wrong))

it.each(wrong)('"%s" catches a fault that %s', (promise, _mistake, member) => {
  expectBroken(promises, promise, member)
})
