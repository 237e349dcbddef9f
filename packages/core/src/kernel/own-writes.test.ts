import { expect, it } from 'vitest'
import { ObjectCopy, ResultCopy, Versions } from '../blocks/versions.ts'
import { isOfSame, together } from './copy.ts'
import { afterOwnWrites, type Wrote, withWrites } from './own-writes.ts'

/** A store in which key 7 has changed at 10 and at 20 ms; the second change is the own one of a request that came at 15 ms. */
function changed() {
  const versions = new Versions()
  const [first, own] = [10, 20].map((nowMs) => new ObjectCopy(versions, 7, versions.write(7, nowMs)))
  const wrote: Wrote = { copy: own as ObjectCopy, atMs: 20, earlier: null }
  return {
    versions,
    first: first as ObjectCopy,
    own: own as ObjectCopy,
    wrote,
    nothing: new ObjectCopy(versions, 7, 0),
  }
}

it('an answer that lacks a change of its own request is behind by that change', () => {
  const { first, own, wrote, nothing } = changed()
  expect([first.versionsBehind(15), nothing.versionsBehind(15)]).toEqual([0, 1])
  const shown = afterOwnWrites(first, wrote, 23)
  expect([shown.versionsBehind(15), shown.msBehind(15)]).toEqual([1, 3])
  expect(afterOwnWrites(nothing, wrote, 23).versionsBehind(15)).toBe(2)
  expect(afterOwnWrites(own, wrote, 23)).toBe(own)
  expect(afterOwnWrites(first, null, 23)).toBe(first)
})

it('a later reader of the same copy lacks the change like any other, once', () => {
  const { first, wrote } = changed()
  const shown = afterOwnWrites(first, wrote, 23)
  expect([shown.versionsBehind(30), shown.msBehind(30)]).toEqual([1, 10])
  expect([isOfSame(shown, first), isOfSame(shown, afterOwnWrites(first, wrote, 25))]).toEqual([true, true])
})

it('a change is lacking in an answer of several things, and in a result that holds its object', () => {
  const { versions, first, own, wrote } = changed()
  const other = new ObjectCopy(new Versions(), 7, 0)
  expect(afterOwnWrites(together(other, first, 22), wrote, 23).versionsBehind(15)).toBe(1)
  expect(afterOwnWrites(other, wrote, 23)).toBe(other)
  const result = new ResultCopy(versions, Float64Array.of(3, 7))
  expect(afterOwnWrites(result, wrote, 23)).toBe(result)
  versions.write(7, 24)
  const later = new ObjectCopy(versions, 7, versions.newest(7))
  expect(afterOwnWrites(result, { copy: later, atMs: 24, earlier: wrote }, 25).versionsBehind(15)).toBe(1)
  expect(own.versionsBehind(15)).toBe(0)
})

it('the answer to a write and what is read after it count as one thing', () => {
  const { first, own, wrote } = changed()
  const both = together(own, afterOwnWrites(first, wrote, 23), 23)
  expect([both.versionsBehind(15), both.versionsBehind(30)]).toEqual([1, 1])
})

it('changes of two branches are joined, those that both know of once', () => {
  const { own, first, wrote } = changed()
  const branch: Wrote = { copy: first, atMs: 10, earlier: wrote }
  const joined = withWrites(wrote, branch)
  expect([joined?.copy, joined?.earlier?.copy, joined?.earlier?.earlier]).toEqual([first, own, null])
  expect([withWrites(null, wrote)?.copy, withWrites(wrote, null)]).toEqual([own, wrote])
})
