import { expect, test } from 'vitest'
import { plural } from './page.ts'

test.each([
  [1, 'request', '1 request'],
  [0, 'request', '0 requests'],
  [2, 'miss', '2 misses'],
  [1, 'miss', '1 miss'],
  [2, 'entry', '2 entries'],
  [3, 'key', '3 keys'],
])('%i of “%s”', (n, word, text) => {
  expect(plural(n, word)).toBe(text)
})
