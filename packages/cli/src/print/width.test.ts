import { expect, test } from 'vitest'
import { wrap } from './width.ts'

test('a word that is longer than a line is broken at any sign', () => {
  expect(wrap('ab abcdefgh 界界界', 5)).toEqual(['ab', 'abcde', 'fgh', '界界', '界'])
})

test('a word of 900,000 letters is cut in linear time', () => {
  const began = performance.now()
  const lines = wrap(`name ${'x'.repeat(900_000)}`, 80)
  expect(performance.now() - began).toBeLessThan(2000)
  expect(lines.length).toBe(26)
  expect(lines.at(-1)?.endsWith('x…')).toBe(true)
})
