import { distributions } from '../support/distributions/index.ts'
import { standingAt } from '../support/params/node.ts'
import { startReading } from '../support/params/reading.ts'
import type { Param } from '../support/params.ts'
import type { Problem } from '../support/problem.ts'
import { parseText } from './1-parse/parse.ts'

/** Reads one value that stands by itself, written as in a design: `arc`, `{ type: csv, key: 5 }`, `1MiB`. */
export function readValue<T>(
  text: string,
  param: Param<T>,
  from: string,
): { readonly value: T | undefined; readonly problems: readonly Problem[] } {
  const place = { path: '', file: from }
  const { root, problems } = parseText(text)
  if (root === undefined) {
    return { value: undefined, problems: problems.map((problem) => ({ ...problem, path: '', place })) }
  }
  const findings = startReading(distributions)
  const value = param.read(standingAt(root, place), findings.reading)
  const isSound = !findings.problems.some(({ severity }) => severity === 'error')
  return { value: isSound ? value : undefined, problems: findings.problems }
}
