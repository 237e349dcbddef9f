import { describe, expect, it } from 'vitest'
import { expectBroken, expectEachBroken, type Promises, type WrongMember } from '../../support/testing-promises.ts'
import { testingSource } from '../../support/testing-source.ts'
import { type Arrival, arrival, type Gaps } from './arrival.ts'
import { bursty } from './bursty.ts'
import { arrivals } from './index.ts'
import { poisson } from './poisson.ts'
import { regular } from './regular.ts'

const batches = 40
const perBatch = 5000

/** What one writes of an arrival process. */
interface Setting {
  readonly values: Readonly<Record<string, unknown>>
  /** Standard deviation of a gap over its mean, by its definition. */
  readonly variation: number
}

/** Settings of each arrival process. */
const known: Readonly<Record<string, readonly Setting[]>> = {
  poisson: [{ values: {}, variation: 1 }],
  regular: [{ values: {}, variation: 0 }],
  bursty: [1, 1.5, 4].map((cv) => ({ values: { cv }, variation: cv })),
}

/** The first gaps of a process with the random numbers of a seed; `between` happens between them. */
function draw(member: Arrival, { values }: Setting, count: number, seed = 7, between = () => {}): readonly number[] {
  const [gaps, source] = [member.create(values), testingSource(seed)]
  return Array.from({ length: count }, () => {
    between()
    return gaps.next(source)
  })
}

/** The mean is the one expected, within five standard errors of the means of batches. */
function expectMean(found: readonly number[], expected: number): void {
  const means = Array.from({ length: batches }, (_, i) => {
    const own = found.slice(i * perBatch, (i + 1) * perBatch)
    return own.reduce((sum, one) => sum + one, 0) / perBatch
  })
  const mean = means.reduce((sum, one) => sum + one, 0) / batches
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (batches - 1)
  // The first gap may be a random part of a whole one.
  const tolerance = 5 * Math.sqrt(variance / batches) + 1 / (batches * perBatch)
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(tolerance)
}

/** What every arrival process keeps, by name. */
const promises: Promises<[member: Arrival, setting: Setting]> = {
  'has gaps that are times'(member, setting) {
    expect(draw(member, setting, 20_000).filter((gap) => !(gap >= 0 && Number.isFinite(gap)))).toEqual([])
  },

  'has gaps of mean 1'(member, setting) {
    expectMean(draw(member, setting, batches * perBatch), 1)
  },

  'has gaps that vary as its setting says'(member, setting) {
    const squares = draw(member, setting, batches * perBatch).map((gap) => gap * gap)
    expectMean(squares, 1 + setting.variation ** 2)
  },

  'begins at another moment with other random numbers'(member, setting) {
    const first = Array.from({ length: 20 }, (_, seed) => draw(member, setting, 1, seed + 1)[0])
    expect(new Set(first).size).toBe(20)
  },

  'comes alike with common random numbers, whatever another process does in the meantime'(member, setting) {
    const [other, source] = [member.create(setting.values), testingSource(8)]
    const together = draw(member, setting, 1000, 7, () => void other.next(source))
    expect(together).toEqual(draw(member, setting, 1000))
  },
}

/** Renewal theory: from a random moment to the next arrival it takes (1 + cv²) / 2 mean gaps. */
it.each(
  arrivals.members.flatMap((member) =>
    (known[member.name] ?? []).map((setting) => [member.name, setting, member] as const),
  ),
)('%s begins within a gap, as at any moment: %j', (_name, setting, member) => {
  const seeds = 4000
  const mean = (1 + setting.variation ** 2) / 2
  const first = Array.from({ length: seeds }, (_, seed) => draw(member, setting, 1, seed + 1)[0] as number)
  const found = first.reduce((sum, one) => sum + one, 0) / seeds
  const variance = first.reduce((sum, one) => sum + (one - found) ** 2, 0) / (seeds - 1)
  expect(Math.abs(found - mean)).toBeLessThanOrEqual(5 * Math.sqrt(variance / seeds))
})

it('every arrival process has a setting whose variation is known', () => {
  expect(Object.keys(known).sort()).toEqual([...arrivals.names].sort())
})

const settings = arrivals.members.flatMap((member) =>
  (known[member.name] ?? []).map((setting) => [member.name, JSON.stringify(setting.values), member, setting] as const),
)

describe.each(settings)('%s %s', (_name, _values, member, setting) => {
  it.each(Object.entries(promises))('%s', (_promise, keep) => keep(member, setting))
})

/** Poisson arrivals whose gaps are something else. */
const having = (gaps: () => Gaps): Arrival => arrival({ ...poisson, create: gaps })

let gapsOfAll = 0

/** Arrival processes that are wrong on purpose, each with the promise that must catch it. */
const wrong: readonly WrongMember<Arrival>[] = [
  ['has gaps that are times', 'goes back in time', having(() => ({ next: (source) => 4 * source.next() - 1 }))],
  [
    'has gaps of mean 1',
    'has gaps 2 % too long',
    having(() => ({ next: (source) => 1.02 * poisson.create({}).next(source) })),
  ],
  [
    'has gaps that vary as its setting says',
    'does not look at its setting',
    arrival({ ...bursty, create: () => poisson.create({}) }) as Arrival,
  ],
  [
    'begins at another moment with other random numbers',
    'always begins with a whole gap',
    arrival({ ...regular, create: () => ({ next: () => 1 }) }),
  ],
  [
    'comes alike with common random numbers, whatever another process does in the meantime',
    'counts the gaps of all processes together',
    having(() => ({ next: () => gapsOfAll++ % 3 })),
  ],
]

it('every promise has a member that breaks it', () => expectEachBroken(promises, wrong))

it.each(wrong)('"%s" catches an arrival process that %s', (promise, _mistake, member) => {
  const setting = (known[member.name] as readonly Setting[]).at(-1) as Setting
  expectBroken(promises, promise, member, setting)
})
