import { expect, test } from 'vitest'
import { sameExcerpt } from './excerpt.ts'

const before = `Requests
  offered        991/s ± 10
  mean response  2.61 ms ± 0.03
  p99            10.0 ms`

test('an excerpt is found again after its numbers have changed', () => {
  const output = `hello\n\nCarries this load.\n\n${before.replace('2.61', '3.4').replace('991', '1,004')}\n\nBlocks\n  web`
  expect(sameExcerpt(before, output)).toBe(before.replace('2.61', '3.4').replace('991', '1,004'))
})

test('a row that has come in between is part of the excerpt', () => {
  const now = before.replace('  mean', '  available      100 %\n  mean')
  expect(sameExcerpt(before, `hello\n\n${now}\n\nBlocks`)).toBe(now)
})

test('an excerpt of which most is gone is not found', () => {
  expect(sameExcerpt(before, 'Cost\n  web  $3/h\n  sum  $4/h')).toBe(null)
})
