import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { readCase, type ValidationCase } from '../packages/core/src/experiment/case.ts'
import { printProblem } from '../packages/core/src/language/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The folders of the cases, by name. */
export const caseFolders: readonly string[] = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/case.yaml`))
  .map((entry) => entry.name)
  .sort()

/** Whether a case has anything that is checked in the quick tests. */
export function isQuick(folder: string): boolean {
  return caseIn(folder).expectations.some((expectation) => !expectation.slow)
}

export function caseIn(folder: string): ValidationCase {
  const text = (name: string) => readFileSync(`${here}${folder}/${name}`, 'utf8')
  const { case: one, problems } = readCase({ caseText: text('case.yaml'), designText: text('design.loadpath.yaml') })
  expect(problems.map((problem) => printProblem(problem))).toEqual([])
  return one as ValidationCase
}
