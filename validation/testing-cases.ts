import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { readCase, type ValidationCase } from '../packages/core/src/experiment/case.ts'
import { replicate } from '../packages/core/src/experiment/replicate.ts'
import type { Runner } from '../packages/core/src/experiment/task.ts'
import { type CaseAnswer, validate } from '../packages/core/src/experiment/validate.ts'
import { printProblem } from '../packages/core/src/language/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The folders of the cases, by name. */
const folders: readonly string[] = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/case.yaml`))
  .map((entry) => entry.name)
  .sort()

/** Cases of queueing theory, and all others: two halves that run side by side. */
export const queueing = folders.filter((folder) => folder.startsWith('q'))
export const others = folders.filter((folder) => !folder.startsWith('q'))

/** Whether a case has anything that is checked in the quick tests. */
export function isQuick(folder: string): boolean {
  return caseIn(folder).expectations.some((expectation) => !expectation.slow)
}

const runner: Runner = (tasks) => Promise.resolve(tasks.map((task) => replicate(task)))

export function caseIn(folder: string): ValidationCase {
  const text = (name: string) => readFileSync(`${here}${folder}/${name}`, 'utf8')
  const { case: one, problems } = readCase({ caseText: text('case.yaml'), designText: text('design.loadpath.yaml') })
  expect(problems.map((problem) => printProblem(problem))).toEqual([])
  return one as ValidationCase
}

/** Runs a case; what did not pass, in words. */
export async function missesOf(folder: string, quick?: number): Promise<readonly string[]> {
  const answer = await validate(caseIn(folder), { runner, ...(quick === undefined ? {} : { quick }) })
  return misses(answer)
}

function misses({ expectations }: CaseAnswer): readonly string[] {
  return expectations.flatMap(({ expectation, measured, tolerance, verdict }) => {
    if (verdict === 'passed') return []
    const { measure, variant = 'the design', objective } = expectation
    const found = measured.enough ? `${measured.low} to ${measured.high}` : measured.reason
    return [`${verdict}: ${measure} in ${variant}: expected ${objective.bound} ± ${tolerance}, measured ${found}`]
  })
}
