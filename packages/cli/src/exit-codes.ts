import { ExitCode } from '@stricli/core'

/** The exit codes of the commands. */
export const exitCodes = {
  ok: 0,
  /** `test`: an objective was missed; `review`: a warning remains. */
  missed: 1,
  /** The design or the call is wrong. */
  wrong: 2,
  /** An internal error; or memory ran out or a thread ended, and the answer is incomplete. */
  fault: 3,
  /** `test`: no objective was missed, but one is inconclusive at this precision. */
  inconclusive: 4,
  /** An engine or tool is missing. */
  toolMissing: 5,
  /** After Ctrl-C: 128 plus the number of SIGINT, as shells do. */
  interrupted: 130,
  /** After SIGTERM, likewise. */
  terminated: 143,
} as const

/** Translates the negative codes of the command-line framework. */
export function fromFramework(code: number): number {
  if (code >= 0) return code
  return code === ExitCode.UnknownCommand || code === ExitCode.InvalidArgument ? exitCodes.wrong : exitCodes.fault
}
