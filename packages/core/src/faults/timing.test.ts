import { describe, expect, it } from 'vitest'
import { readValue } from '../language/read-value.ts'
import { type Chosen, policy, type Values } from '../support/params.ts'
import { registry } from '../support/registry.ts'
import { repairAvailability } from '../theory/availability.ts'
import { crash } from './crash.ts'
import type { Fault } from './fault.ts'
import { type Act, actsOf } from './testing-scene.ts'
import { isPermanent, type Moment, momentsOf, type TimingValues } from './timing.ts'

function read(timing: string): { readonly values: Values<Fault['params']>; readonly problems: readonly string[] } {
  const family = registry('fault', [crash as Fault])
  const found = readValue(`{ type: crash, on: web${timing} }`, policy({ meaning: 'a fault', family }), 'test')
  const problems = found.problems.map(({ message }) => message)
  return { values: (found.value as Chosen | undefined)?.values as Values<Fault['params']>, problems }
}

function acts(timing: string, seeds: readonly number[], untilMs: number): readonly Act[] {
  return actsOf([[crash as Fault, read(timing).values]], seeds, untilMs)
}

function beginsOf(all: readonly Act[], instance: number): readonly number[] {
  return all.filter((act) => act.instance === instance && act.state === 'down').map((act) => act.atMs)
}

function moments(timing: string): readonly Moment[] {
  return momentsOf(crash as Fault, read(timing).values as TimingValues, [{ block: 'web' }])
}

describe('a fault that happens once', () => {
  it('begins at 0 s where nothing is said, and lasts to the end', () => {
    expect(acts('', [1], 60_000)).toEqual([{ atMs: 0, instance: 0, state: 'down' }])
  })

  it('lasts as long as its distribution says, each instance on its own', () => {
    const ends = acts(', at: 10s, for: exponential 5s', [1, 2], 1e6).filter(({ state }) => state === 'well')
    expect(ends[0]?.atMs).not.toBe(ends[1]?.atMs)
  })
})

describe('a fault that happens again and again', () => {
  it('comes at a fixed interval from `at` on, and no more after `until`', () => {
    const found = acts(', at: 5s, every: 10s, for: 1s, until: 30s', [1, 2], 1e6)
    expect(beginsOf(found, 0)).toEqual([5000, 15_000, 25_000])
    expect(beginsOf(found, 1)).toEqual([5000, 15_000, 25_000])
  })

  it('has been happening before 0 s without `at`, each instance at its own moment', () => {
    const firsts = Array.from({ length: 400 }, (_, i) => i + 1).map((seed) => {
      return beginsOf(acts(', every: 10s, for: 2s', [seed], 10_000), 0)[0] as number
    })
    const later = firsts.filter((ms) => ms > 0)
    // Two in ten are down at 0 s: the standard error of their number is 8.
    expect(Math.abs(firsts.length - later.length - 80)).toBeLessThan(3 * 8)
    // The others begin within 8 s, all moments alike: the standard error of the mean is 129 ms.
    expect(Math.abs(later.reduce((sum, ms) => sum + ms, 0) / later.length - 4000)).toBeLessThan(3 * 129)
    expect(Math.max(...later)).toBeLessThan(8000)
  })

  it('is down at 0 s for the share of time that it is down later, and for the rest of its time', () => {
    const all = acts(', every: exponential 8s, for: exponential 2s', seedsOf(2000), 100_000)
    const downAtStart = seedsOf(2000).filter((instance) => beginsOf(all, instance)[0] === 0)
    // A fifth of 2000: the standard error is 18.
    expect(Math.abs(downAtStart.length - 400)).toBeLessThan(3 * 18)
    const ends = downAtStart.map(
      (instance) => all.find((act) => act.instance === instance && act.state === 'well')?.atMs,
    )
    const mean = ends.reduce<number>((sum, ms) => sum + (ms as number), 0) / ends.length
    // The rest of an exponential time is as long as all of it: the standard error is 100 ms.
    expect(Math.abs(mean - 2000)).toBeLessThan(3 * 100)
  })

  it('leaves out a next one that would come while the last still lasts', () => {
    expect(beginsOf(acts(', at: 0s, every: 2s, for: 5s', [1], 20_000), 0)).toEqual([0, 6000, 12_000, 18_000])
  })

  it('follows the end of the last where intervals are too short to ever pass it', () => {
    const begins = beginsOf(acts(', at: 0s, every: 1us, for: 1s', [1], 3500), 0)
    expect(begins.map(Math.round)).toEqual([0, 1000, 2000, 3000])
  })

  it('is up for the share of time that reliability theory says', () => {
    const untilMs = 4e6
    const found = acts(', every: exponential 8s, for: exponential 2s', [5], untilMs)
    let [downMs, sinceMs] = [0, 0]
    for (const { atMs, state } of found) {
      if (state === 'down') sinceMs = atMs
      else downMs += atMs - sinceMs
    }
    // 400 000 s are 400 cycles of 10 s times 1000: the standard error of the share is about 0.4 of a point.
    expect(Math.abs(1 - downMs / untilMs - repairAvailability(8, 2))).toBeLessThan(0.02)
  })
})

describe('`count`', () => {
  it('strikes so many, others each time, all alike in the long run', () => {
    const found = acts(', at: 0s, every: 1s, for: 0.5s, count: 2', [1, 2, 3, 4], 999_900)
    const begins = seedsOf(4).map((instance) => beginsOf(found, instance).length)
    expect(begins.reduce((sum, one) => sum + one)).toBe(2000)
    // Each is struck in half of 1000: the standard error is 16.
    for (const one of begins) expect(Math.abs(one - 500)).toBeLessThan(4 * 16)
  })

  it('rounds a share up, and takes no more than there are', () => {
    const struck = (count: string, instances: number) =>
      new Set(acts(`, at: 0s, count: ${count}`, seedsOf(instances), 1).map(({ instance }) => instance)).size
    expect([struck('30%', 10), struck('25%', 10), struck('1%', 10), struck('9', 4)]).toEqual([3, 3, 1, 4])
  })
})

function seedsOf(instances: number): readonly number[] {
  return [...Array(instances).keys()]
}

describe('what is known before a run', () => {
  it.each([
    [', at: 5s', [{ atMs: 5000, label: 'web down' }]],
    [
      ', at: 5s, for: 2s',
      [
        { atMs: 5000, label: 'web down' },
        { atMs: 7000, label: 'web back', sinceMs: 5000 },
      ],
    ],
    [', at: 5s, for: exponential 2s', [{ atMs: 5000, label: 'web down' }]],
    [
      ', at: 5s, for: 2s, name: lost',
      [
        { atMs: 5000, label: 'lost', event: 'lost' },
        { atMs: 7000, label: 'after lost', sinceMs: 5000, event: 'lost' },
      ],
    ],
    [', every: 10s, for: 2s', []],
    [
      ', at: 5s, every: 10s, for: 2s, until: 60s',
      [
        { atMs: 5000, label: 'web down again and again' },
        { atMs: 60_000, label: 'web down again and again: the end', sinceMs: 5000 },
      ],
    ],
  ])('moments of `%s`', (timing, expected) => expect(moments(timing)).toEqual(expected))

  it('only what goes on at all times belongs to the steady state', () => {
    const permanent = (timing: string) => isPermanent(read(timing).values as TimingValues)
    expect([permanent(', every: 10s, for: 2s'), permanent(''), permanent(', at: 1s, every: 10s, for: 2s')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

it.each([
  [', every: 10s', '`every` needs `for`, or the first would never end'],
  [', until: 10s', '`until` needs `every`'],
  [', every: 0s, for: 1s', '`every` must be longer than 0s'],
  [', at: 20s, every: 1s, for: 1s, until: 10s', '`until` is not after `at`'],
])('refuses `%s`', (timing, message) => expect(read(timing).problems).toEqual([message]))
