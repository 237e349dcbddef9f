import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../explain/testing-chosen.ts'
import { spreads } from './index.ts'
import { modulo } from './modulo.ts'
import { type KeyHash, keyHash, type Spread, type Spreader, spread } from './spread.ts'

const nodes = 8
const keys = 20_000
const layouts = 20
const members = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Spreads that move nearly every key when a node comes; they say so in `costs`. */
const moving = ['modulo']

/** The place of each key, as a position among the members; -1 where it is none. */
function placesOf(spreader: Spreader, there: readonly number[], salt: number): readonly number[] {
  spreader.onMembers(there)
  const hash: KeyHash = { high: 0, low: 0 }
  return Array.from({ length: keys }, (_, key) => {
    const place = spreader.placeOf(keyHash(key, salt, hash))
    return Number.isInteger(place) && place >= 0 && place < there.length ? place : -1
  })
}

/** What a spread does not keep of what each of them promises. */
function broken(member: Spread): readonly string[] {
  const { values } = chosenAsItSays(member)
  const all = Array.from({ length: layouts }, (_, salt) => placesOf(member.create(values, salt), members(nodes), salt))
  const shares = members(nodes).map((node) => {
    const own = all.map((places) => places.filter((place) => place === node).length)
    return own.reduce((sum, count) => sum + count, 0) / (layouts * keys)
  })
  const again = placesOf(member.create(values, 0), members(nodes), 0)
  const alone = placesOf(member.create(values, 0), [5], 0)
  const gone = member.create(values, 0)
  placesOf(gone, members(nodes + 1), 0)
  const back = placesOf(gone, members(nodes), 0)
  return [
    ...(all.every((places) => !places.includes(-1)) ? [] : ['a place that is none']),
    ...(again.every((place, key) => place === all[0]?.[key]) ? [] : ['two of the same salt differ']),
    ...(alone.every((place) => place === 0) ? [] : ['a single node does not get every key']),
    ...(back.every((place, key) => place === again[key]) ? [] : ['a node that came and went has left a trace']),
    // A ring is uneven, by 8 % in one layout and by 2 % over twenty.
    ...shares.filter((share) => Math.abs(share * nodes - 1) > 0.08).map((share) => `a node gets ${share} of the keys`),
    ...(moving.includes(member.name) ? [] : movesMany(member, values)),
  ]
}

/** One node more gets its share from the others, and nothing moves between them. */
function movesMany(member: Spread, values: Readonly<Record<string, unknown>>): readonly string[] {
  const shares = Array.from({ length: layouts }, (_, salt) => {
    const spreader = member.create(values, salt)
    const before = placesOf(spreader, members(nodes), salt)
    const after = placesOf(spreader, members(nodes + 1), salt)
    return before.filter((place, key) => place !== after[key]).length / keys
  })
  const mean = shares.reduce((sum, share) => sum + share, 0) / layouts
  return Math.abs(mean * (nodes + 1) - 1) < 0.1 ? [] : [`one node more moves ${mean} of the keys`]
}

describe.each(spreads.members.map((member) => [member.name, member] as const))('%s', (name, member) => {
  const does = moving.includes(name) ? ' (does not apply to moving: it moves nearly all)' : ', and few keys move'
  it(`gives every node its share of the keys${does}`, () => expect(broken(member)).toEqual([]))
})

const like = (placeOf: Spreader['placeOf'], name = 'jump'): Spread =>
  spread({ ...modulo, name, create: () => ({ placeOf, onMembers: () => {} }) }) as Spread

it.each<[string, Spread]>([
  ['always the first node', like(() => 0)],
  ['a node too many', like(({ low }) => (low >>> 0) % (nodes + 1))],
  ['nearly all keys moved', spread({ ...modulo, name: 'jump' }) as Spread],
  ['a place that is no whole number', like(({ low }) => ((low >>> 0) % nodes) + 0.5)],
])('a spread with %s is caught', (_mistake, member) => expect(broken(member)).not.toEqual([]))
