import type { Told } from '@loadpath/core'

/** Longest list of problems: a reader fixes these and checks again, and nobody reads a list of thousands. */
export const mostListed = 50

/** The first problems of a list that is in order of place; errors before warnings where not all fit. */
export function firstProblems<P extends Pick<Told, 'severity'>>(problems: readonly P[]): readonly P[] {
  if (problems.length <= mostListed) return problems
  const errors = problems.filter(({ severity }) => severity === 'error').slice(0, mostListed)
  const others = problems.filter(({ severity }) => severity !== 'error').slice(0, mostListed - errors.length)
  const listed = new Set([...errors, ...others])
  return problems.filter((problem) => listed.has(problem))
}

/** As in a document in JSON: the first problems, and how many are left out. */
export function problemsAsJson<P extends Pick<Told, 'severity'>>(problems: readonly P[]) {
  const listed = firstProblems(problems)
  return { problems: listed, omittedProblems: problems.length - listed.length }
}
