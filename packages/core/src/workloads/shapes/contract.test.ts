import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../explain/testing-chosen.ts'
import { Schedule } from '../schedule.ts'
import { constant } from './constant.ts'
import { shapes } from './index.ts'
import { type Profile, type Shape, shape } from './shape.ts'
import { spike } from './spike.ts'

interface Known {
  readonly values: Readonly<Record<string, unknown>>
  /** Σ factor × time from 0 to 100 s, in s, by hand. */
  readonly area: number
}

/** One setting of each shape, and how much it brings in 100 s. */
const known: Readonly<Record<string, Known>> = {
  constant: { values: {}, area: 100 },
  // 10 s at 1, a straight line from 1 to 3 over 20 s, 70 s at 3.
  ramp: { values: { from: 1, to: 3, at: 10_000, for: 20_000 }, area: 10 + 40 + 210 },
  spike: { values: { factor: 6, at: 10_000, for: 10_000 }, area: 90 + 60 },
  steps: {
    values: {
      steps: [
        { at: 20_000, factor: 2 },
        { at: 70_000, factor: 0.5 },
      ],
    },
    area: 20 + 100 + 15,
  },
  // Four whole periods of mean 1.
  diurnal: { values: { peak: 1.6, trough: 0.4, period: 25_000, 'peak-at': 7000 }, area: 100 },
}

/** What a shape does not keep of what each of them promises. */
function broken(member: Shape, { values, area }: Known): readonly string[] {
  const profile = member.profile(values)
  const { timesMs, factors } = profile
  const moments = member.moments(values).map(({ atMs }) => atMs)
  const found = broughtIn(profile, 100_000)
  return [
    ...(timesMs.length === factors.length && timesMs.length > 0 ? [] : ['corners without a factor']),
    ...(timesMs.every((time, i) => i === 0 || time >= (timesMs[i - 1] as number)) ? [] : ['corners out of order']),
    ...(factors.every((factor) => factor >= 0 && Number.isFinite(factor)) ? [] : ['a factor that is none']),
    ...(moments.every((moment) => timesMs.includes(moment)) ? [] : ['a moment at which nothing happens']),
    ...(Math.abs(found - area) <= 0.01 * area ? [] : [`brings ${found} in 100 s, not ${area}`]),
  ]
}

/** Arrivals of a schedule of this shape, at one a millisecond where the factor is 1, in thousands. */
function broughtIn(profile: Profile, untilMs: number): number {
  const schedule = new Schedule(profile, 1)
  let count = 0
  while (schedule.next(1) <= untilMs) count++
  return count / 1000
}

it('every shape has a setting whose sum is known', () => {
  expect(Object.keys(known).sort()).toEqual([...shapes.names].sort())
})

describe.each(shapes.members.map((member) => [member.name, member] as const))('%s', (name, member) => {
  it('brings what its setting says', () => expect(broken(member, known[name] as Known)).toEqual([]))

  it('is in order as its own example writes it', () => {
    const { values } = chosenAsItSays(member)
    const area = broughtIn(member.profile(values), 100_000)
    expect(broken(member, { values, area })).toEqual([])
  })
})

it.each<[string, Shape, string]>([
  [
    'another factor than it is told',
    shape({ ...spike, profile: (values) => ({ ...spike.profile(values), factors: [1, 5, 5, 1] }) }) as Shape,
    'spike',
  ],
  ['corners out of order', shape({ ...constant, profile: () => ({ timesMs: [9, 0], factors: [1, 1] }) }), 'constant'],
  ['a factor below 0', shape({ ...constant, profile: () => ({ timesMs: [0, 1], factors: [-1, 1] }) }), 'constant'],
  ['a moment of its own', shape({ ...constant, moments: () => [{ atMs: 5, label: 'five' }] }), 'constant'],
])('a shape with %s is caught', (_mistake, member, name) => {
  expect(broken(member, known[name] as Known)).not.toEqual([])
})
