import type { CommandContext, StricliProcess } from '@stricli/core'

/** What a command may use of the process it runs in. */
export interface LoadpathContext extends CommandContext {
  readonly process: Omit<NodeJS.Process, 'exitCode'> & StricliProcess
}
