import type { Problem } from '@loadpath/core'
import { expect, test } from 'vitest'
import { problemsAsJson } from './first-problems.ts'
import { printProblems } from './reading.ts'
import { coloursFor } from './terminal.ts'

const problem = (severity: Problem['severity'], line: number): Problem => ({
  ...{ code: 'unknown-field', severity, message: 'not a field', path: '' },
  place: { path: '', line, column: 1 },
})
const many = (severity: Problem['severity'], count: number) =>
  Array.from({ length: count }, (_, i) => problem(severity, i + 1))

test('of 20,000 problems the first 50 are listed, with the number of the rest', () => {
  const all = many('error', 20_000)
  const text = printProblems(all, undefined, coloursFor({ isTTY: false } as never))
  expect(text.match(/not a field/g)).toHaveLength(50)
  expect(text).toMatch(/\nand 19,950 more\n$/)
  expect(problemsAsJson(all)).toEqual({ problems: all.slice(0, 50), omittedProblems: 19_950 })
})

test('an error behind many warnings is listed', () => {
  const { problems, omittedProblems } = problemsAsJson([...many('warning', 100), problem('error', 101)])
  expect(problems.at(-1)).toMatchObject({ severity: 'error', place: { line: 101 } })
  expect([problems.length, omittedProblems]).toEqual([50, 51])
})

test('50 problems are listed without a number', () => {
  expect(problemsAsJson(many('error', 50)).omittedProblems).toBe(0)
})
