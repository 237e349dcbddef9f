import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../explain/testing-chosen.ts'
import { testingSource } from '../support/testing-source.ts'
import { keyDistributions } from './index.ts'
import { type KeyDistribution, type KeySampler, keyDistribution } from './key.ts'
import { uniform } from './uniform.ts'

const keys = 20
const draws = 200_000

interface Known {
  readonly values: Readonly<Record<string, unknown>>
  /** Share of the draws that each key gets over many of them, from key 1 on. */
  readonly shares: readonly number[]
}

const even = Array.from({ length: keys }, () => 1 / keys)
const weights = even.map((_, i) => 1 / (i + 1))
const sum = weights.reduce((total, weight) => total + weight, 0)

/** A setting of each distribution with 20 keys; `session` draws none: the request's session is its key. */
const known: Readonly<Record<string, Known>> = {
  uniform: { values: { keys }, shares: even },
  zipf: { values: { exponent: 1, keys }, shares: weights.map((weight) => weight / sum) },
  // Every key is the newest, the second newest … equally often.
  shifting: { values: { exponent: 1, keys, every: 5 }, shares: even },
  loop: { values: { keys }, shares: even },
}
const ownKeys = ['session']

function draw(sampler: KeySampler, count: number): readonly number[] {
  const source = testingSource(3)
  return Array.from({ length: count }, () => sampler.sample(source))
}

/** What a distribution does not keep of what each of them promises. */
function broken(member: KeyDistribution, { values, shares }: Known): readonly string[] {
  const sampler = member.create(values)
  const drawn = draw(sampler, draws)
  const counts = new Float64Array(keys + 1)
  for (const key of drawn)
    if (Number.isInteger(key) && key >= 1 && key <= keys) counts[key] = (counts[key] as number) + 1
  const inRange = counts.reduce((total, count) => total + count, 0) === draws
  const again = draw(member.create(values), 1000)
  return [
    ...(sampler.keys === keys ? [] : [`says that it has ${sampler.keys} keys`]),
    ...(inRange ? [] : ['a key that is none of them']),
    ...(again.every((key, i) => key === drawn[i]) ? [] : ['two of them with common random numbers differ']),
    ...shares.flatMap((share, i) => offShare((counts[i + 1] as number) / draws, share, `key ${i + 1}`)),
    ...shares.flatMap((share, i) => saysOf(sampler, i + 1, share)),
  ]
}

/** Five standard errors of a share, and what a round that is not over may take. */
function offShare(found: number, share: number, what: string): readonly string[] {
  const tolerance = 5 * Math.sqrt((share * (1 - share)) / draws) + keys / draws
  return Math.abs(found - share) <= tolerance ? [] : [`${what} is drawn ${found} of the time, not ${share}`]
}

function saysOf(sampler: KeySampler, key: number, share: number): readonly string[] {
  const said = sampler.shareOf?.(key)
  if (said === undefined || Math.abs(said - share) < 1e-6) return []
  return [`says that key ${key} is drawn ${said} of the time, not ${share}`]
}

it('every distribution has a setting whose shares are known, or draws no key', () => {
  expect([...Object.keys(known), ...ownKeys].sort()).toEqual([...keyDistributions.names].sort())
})

const drawing = keyDistributions.members.filter(({ name }) => !ownKeys.includes(name))

describe.each(drawing.map((member) => [member.name, member] as const))('%s', (name, member) => {
  it('draws each key as often as it promises', () => expect(broken(member, known[name] as Known)).toEqual([]))

  it('draws only keys that there are, as its own example writes it', () => {
    const sampler = member.create(chosenAsItSays(member).values)
    const drawn = draw(sampler, 20_000)
    expect(drawn.every((key) => Number.isInteger(key) && key >= 1 && key <= sampler.keys)).toBe(true)
  })
})

const like = (sample: KeySampler['sample']): KeyDistribution =>
  keyDistribution({ ...uniform, create: () => ({ keys, sample }) }) as KeyDistribution

it.each<[string, KeyDistribution]>([
  ['one key drawn too often', like((source) => (source.next() < 0.01 ? 1 : 1 + Math.floor(source.next() * keys)))],
  ['a key 0', like((source) => Math.floor(source.next() * keys))],
  ['always the same key', like(() => 1)],
])('a distribution with %s is caught', (_mistake, member) => {
  expect(broken(member, known.uniform as Known)).not.toEqual([])
})
