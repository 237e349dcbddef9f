import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { CompareFlags } from './compare.ts'
import { design, html, runFlags, set, text } from './flags.ts'

export const compare = buildCommand<CompareFlags, string[], LoadpathContext>({
  loader: () => import('./compare.ts').then((commands) => commands.runCompare),
  parameters: {
    flags: {
      variant: {
        kind: 'parsed',
        parse: text,
        brief: 'Compare the design with this variant; all variants by default',
        placeholder: 'name',
        optional: true,
        variadic: true,
      },
      set,
      html,
      ...runFlags,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: { brief: 'Compare variants or designs, with common random numbers' },
})
