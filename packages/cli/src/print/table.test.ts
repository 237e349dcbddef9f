import { expect, test } from 'vitest'
import { table } from './table.ts'
import { displayWidth, wrap } from './width.ts'

const columns = [{ heading: 'block' }, { heading: 'calls', align: 'right' }, { heading: 'said' }] as const
const rows = [
  ['web', '2,560', 'a sentence that goes on and on'],
  ['数据库', '7', 'short'],
]

test('columns are aligned by what is seen, wide characters included', () => {
  expect(table(columns, rows, { width: 80 })).toEqual([
    '  block   calls  said',
    '  web     2,560  a sentence that goes on and on',
    '  数据库      7  short',
  ])
})

test('the widest column wraps first', () => {
  expect(table(columns, rows, { width: 34 })).toEqual([
    '  block   calls  said',
    '  web     2,560  a sentence that',
    '                 goes on and on',
    '  数据库      7  short',
  ])
})

test('a table that does not fit the page becomes a list', () => {
  expect(table(columns, [['web', '2,560', 'incompressible']], { width: 20 })).toEqual([
    '  web',
    '    calls  2,560',
    '    said   incompress',
    '           ible',
  ])
})

test('colours take no room and surround every line', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`
  const lines = table(
    [{ heading: '' }, { heading: '' }],
    [
      [{ text: 'a', paint: red }, 'b'],
      ['cc', 'd'],
    ],
    { width: 40 },
  )
  expect(lines).toEqual(['  \u001b[31ma \u001b[39m  b', '  cc  d'])
  expect(lines.map(displayWidth)).toEqual([7, 7])
})

test.each([
  ['abc', 3],
  ['e\u0301', 1],
  ['数据', 4],
  ['👩‍👩‍👧', 2],
  ['± 0.2 µs', 8],
  ['a\u200bb', 2],
])('%s is as wide as it is seen', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('words that are longer than a line are broken, others are not', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
  expect(wrap('18.3\u00a0ms is', 7)).toEqual(['18.3\u00a0ms', 'is'])
})
