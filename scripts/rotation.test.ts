import { expect, test } from 'vitest'
import { partOfCommit, tenthOf } from './rotation.ts'

const list = Array.from({ length: 64 }, (_, i) => i)

test('ten parts are the whole list, each item once', () => {
  const parts = Array.from({ length: 10 }, (_, part) => tenthOf(list, part))
  expect(parts.flat().sort((a, b) => a - b)).toEqual(list)
  expect(Math.max(...parts.map(({ length }) => length))).toBe(7)
})

test('the part of a commit is one of ten, and the same each time', () => {
  expect(partOfCommit()).toBe(partOfCommit())
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(partOfCommit())
})
