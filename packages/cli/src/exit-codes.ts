import { ExitCode } from '@stricli/core'

/** What the exit code of a command says. */
export const exitCodes = {
  ok: 0,
  /** `test`: an objective was missed; `review`: a warning remains. */
  missed: 1,
  /** The design or the call is wrong. */
  wrong: 2,
  /** Our own fault; or memory ran out, or a thread ended, and the answer is that so far. */
  fault: 3,
  /** `test`: no objective was missed, but one is inconclusive at this precision. */
  inconclusive: 4,
  /** An engine or tool is missing. */
  toolMissing: 5,
  /** After Ctrl-C: 128 and the number of SIGINT, as a shell would say. */
  interrupted: 130,
  /** After SIGTERM, likewise. */
  terminated: 143,
} as const

/** Ours for the codes of the command-line framework, which are negative. */
export function fromFramework(code: number): number {
  if (code >= 0) return code
  return code === ExitCode.UnknownCommand || code === ExitCode.InvalidArgument ? exitCodes.wrong : exitCodes.fault
}
