import type { Problem } from '@loadpath/core'
import { exitCodes } from './exit-codes.ts'
import { firstProblems } from './first-problems.ts'

/** The call or the design is wrong: what to say of it, and nothing that is our fault. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes'
  readonly problems: readonly Problem[]
  /** The text in which they stand, for the lines that are shown. */
  readonly source: string | undefined
  readonly exitCode: number

  constructor(problems: readonly Problem[], source?: string, exitCode: number = exitCodes.wrong) {
    super(
      firstProblems(problems)
        .map(({ message }) => message)
        .join('; '),
    )
    this.problems = problems
    this.source = source
    this.exitCode = exitCode
  }

  /** The same, with the exit code of the signal after which nobody wants more. */
  endingWith(exitCode: number): Mistakes {
    return new Mistakes(this.problems, this.source, exitCode)
  }
}

/** A mistake in the call. */
export function mistake(code: string, message: string, hint: string, file?: string): Mistakes {
  const place = { path: '', ...(file === undefined ? {} : { file }) }
  return new Mistakes([{ code, severity: 'error', message, path: '', place, hint }])
}
