import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { CheckFlags } from './check.ts'
import { design, json } from './flags.ts'

export const check = buildCommand<CheckFlags, [string], LoadpathContext>({
  loader: () => import('./check.ts').then((commands) => commands.runCheck),
  parameters: {
    flags: {
      fix: { kind: 'boolean', brief: 'Rewrite older words in the file', default: false, withNegated: false },
      json,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: { brief: 'Is the design well formed?' },
})
