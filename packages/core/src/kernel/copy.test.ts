import { expect, it } from 'vitest'
import { type Copy, isOfSame, partsOf, together } from './copy.ts'

class Seen implements Copy {
  readonly absent: boolean
  readonly thing: string
  readonly changes: number

  constructor(thing: string, changes: number, absent = false) {
    this.thing = thing
    this.changes = changes
    this.absent = absent
  }

  versionsBehind = () => this.changes
  msBehind = () => this.changes * 10
  isOfSame = (other: Copy): boolean => other instanceof Seen && other.thing === this.thing
}

const all = (copies: readonly Copy[]) =>
  copies.reduce<Copy | null>((one, other) => together(one, other, 0), null) as Copy

it('a copy has the age of its oldest part and lacks every change that a part lacks', () => {
  const copy = all([new Seen('a', 1), new Seen('b', 3), new Seen('c', 0)])
  expect([copy.msBehind(0), copy.versionsBehind(0)]).toEqual([30, 4])
  expect(partsOf(copy).map((part) => (part as Seen).thing)).toEqual(['a', 'b', 'c'])
})

it('a copy counts an object that is shown twice once, at its older age', () => {
  for (const ends of [
    [1, 2],
    [2, 1],
  ]) {
    const [one, other] = ends.map((changes) => new Seen('b', changes)) as [Seen, Seen]
    expect(all([one, other]).versionsBehind(0)).toBe(2)
    expect(all([new Seen('a', 5), one, other]).versionsBehind(0)).toBe(7)
  }
})

it('two copies are equal if they show the same objects in the same order', () => {
  const [a, b] = [new Seen('a', 0), new Seen('b', 0)]
  expect(isOfSame(all([a, b]), all([new Seen('a', 3), new Seen('b', 1)]))).toBe(true)
  expect(isOfSame(all([a, b]), all([b, a]))).toBe(false)
  expect(isOfSame(all([a, b]), a)).toBe(false)
})

it('a copy is absent only if all its objects are absent', () => {
  expect(all([new Seen('a', 0, true), new Seen('b', 0, true)]).absent).toBe(true)
  expect(all([new Seen('a', 0, true), new Seen('b', 0)]).absent).toBe(false)
})

it('a copy may combine any number of objects and answers', () => {
  const inner = all(Array.from({ length: 200_000 }, (_, i) => new Seen(`${i}`, 1)))
  expect(all([new Seen('a', 0), inner, new Seen('b', 0)]).versionsBehind(0)).toBe(200_000)
})
