import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import { json, text } from './flags.ts'
import type { InitFlags } from './init.ts'

export const init = buildCommand<InitFlags, [string?], LoadpathContext>({
  loader: () => import('./init.ts').then((commands) => commands.runInit),
  parameters: {
    flags: {
      template: {
        kind: 'parsed',
        parse: text,
        default: 'web-api',
        brief: 'Template of the design; an unknown name lists all',
        placeholder: 'name',
        proposeCompletions: async (partial) => (await import('../proposals.ts')).templatesLike(partial),
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          placeholder: 'folder',
          brief: 'folder of the new design; the current folder by default',
          parse: text,
          optional: true,
        },
      ],
    },
  },
  docs: { brief: 'Write a first design from a template' },
})
