import { expect, test } from 'vitest'
import { fitted, spread, textWidth } from './labels.ts'

test('overlapping labels move apart as little as possible', () => {
  expect(spread([10, 50, 90], 16, 0, 100)).toEqual([10, 50, 90])
  expect(spread([50, 50, 50], 16, 0, 100)).toEqual([50, 66, 82])
  expect(spread([95, 99, 98], 16, 0, 100)).toEqual([68, 100, 84])
  expect(spread([], 16, 0, 100)).toEqual([])
})

test('a text that is too long ends with an ellipsis', () => {
  const text = 'thumbnails-of-all-photographs'
  expect(fitted(text, 1000)).toBe(text)
  const short = fitted(text, 80)
  expect(short).toMatch(/^thumb.*…$/)
  expect(textWidth(short)).toBeLessThanOrEqual(80)
})
