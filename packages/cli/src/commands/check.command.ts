import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { CheckFlags } from './check.ts'
import { design, json, set } from './flags.ts'

export const check = buildCommand<CheckFlags, string[], LoadpathContext>({
  loader: () => import('./check.ts').then((commands) => commands.runCheck),
  parameters: {
    flags: {
      set,
      fix: {
        kind: 'boolean',
        brief: 'Replace old words in the file by the current ones',
        default: false,
        withNegated: false,
      },
      format: {
        kind: 'enum',
        values: ['text', 'json', 'sarif'],
        brief: 'Output format; sarif is SARIF 2.1.0, for code scanning',
        optional: true,
      },
      json,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: { brief: 'Check that designs are valid' },
})
