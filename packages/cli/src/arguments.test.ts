import { expect, test } from 'vitest'
import { argumentsOf } from './arguments.ts'

test.each([
  ['help', '--help'],
  ['help test', 'test --help'],
  ['help claims new', 'claims new --help'],
  ['explain help', 'explain help'],
  ['simulate web --sensitivity', 'simulate web --sensitivity'],
  ['simulate --sensitivity web', 'simulate web --sensitivity'],
  ['simulate --sensitivity --seed 2 web', 'simulate --sensitivity --seed 2 web'],
  ['simulate --sensitivity -- web', 'simulate --sensitivity -- web'],
  ['simulate --sensitivity web -- x', 'simulate web --sensitivity -- x'],
  ['explain --sensitivity web', 'explain --sensitivity web'],
])('argumentsOf reads `%s` as `%s`', (typed, read) => {
  expect(argumentsOf(typed.split(' ')).join(' ')).toBe(read)
})

test('argumentsOf keeps an objective behind --sensitivity', () => {
  const words = ['simulate', '--sensitivity', 'p99 < 50ms', 'web']
  expect(argumentsOf(words)).toEqual(words)
})
