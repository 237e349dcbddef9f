import type { Problem } from '@loadpath/core'
import { exitCodes } from './exit-codes.ts'
import { firstProblems } from './first-problems.ts'

/** Errors in the call or the design, as opposed to internal errors. */
export class Mistakes extends Error {
  override readonly name = 'Mistakes'
  readonly problems: readonly Problem[]
  /** The text that contains the problems, for the excerpts. */
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

  /** Returns the same problems with the exit code of a signal. */
  endingWith(exitCode: number): Mistakes {
    return new Mistakes(this.problems, this.source, exitCode)
  }
}

/** Returns one error in the call. */
export function mistake(code: string, message: string, hint: string, file?: string): Mistakes {
  const place = { path: '', ...(file === undefined ? {} : { file }) }
  return new Mistakes([{ code, severity: 'error', message, path: '', place, hint }])
}
