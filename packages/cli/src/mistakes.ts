import type { Problem } from '@loadpath/core'
import { firstProblems } from './first-problems.ts'

/** The call or the design is wrong: what to say of it, and nothing that is our fault. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes'
  readonly problems: readonly Problem[]
  /** The text in which they stand, for the lines that are shown. */
  readonly source: string | undefined

  constructor(problems: readonly Problem[], source?: string) {
    super(
      firstProblems(problems)
        .map(({ message }) => message)
        .join('; '),
    )
    this.problems = problems
    this.source = source
  }
}

/** A mistake in the call. */
export function mistake(code: string, message: string, hint: string, file?: string): Mistakes {
  const place = { path: '', ...(file === undefined ? {} : { file }) }
  return new Mistakes([{ code, severity: 'error', message, path: '', place, hint }])
}
