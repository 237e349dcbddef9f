import { expect, it } from 'vitest'
import { OldestAge } from './oldest-age.ts'

it('the age of the oldest grows with time and falls when it leaves', () => {
  const oldest = new OldestAge()
  oldest.note(10, 10)
  // It leaves at 30, when the next has waited since 25, and that one at 40.
  oldest.note(25, 30)
  expect(oldest.ageAt(30)).toBe(5)
  oldest.note(Number.POSITIVE_INFINITY, 40)
  expect(oldest.areaAt(100)).toBe((20 * 20) / 2 + (15 * 15 - 5 * 5) / 2)
  expect(oldest.takeMax(100)).toBe(20)
  expect(oldest.ageAt(100)).toBe(0)
  // From here on it is the largest of what follows.
  oldest.note(90, 100)
  expect([oldest.takeMax(105), oldest.takeMax(105)]).toEqual([15, 15])
  oldest.note(Number.POSITIVE_INFINITY, 106)
  expect([oldest.takeMax(120), oldest.takeMax(120)]).toEqual([16, 0])
})

it('reading the age of the oldest does not change it', () => {
  const oldest = new OldestAge()
  oldest.note(0, 0)
  for (const ms of [3, 7, 8]) oldest.areaAt(ms)
  expect(oldest.areaAt(10)).toBe(50)
})
