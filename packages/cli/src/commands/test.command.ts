import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import { design, runFlags, set, text } from './flags.ts'
import type { TestFlags } from './test.ts'

export const test = buildCommand<TestFlags, string[], LoadpathContext>({
  loader: () => import('./test.ts').then((commands) => commands.runTest),
  parameters: {
    flags: {
      variant: {
        kind: 'parsed',
        parse: text,
        brief: 'Test this variant; objectives without a variant apply to it',
        placeholder: 'name',
        optional: true,
      },
      set,
      junit: {
        kind: 'parsed',
        parse: text,
        brief: 'Also write a JUnit XML report',
        placeholder: 'file',
        optional: true,
      },
      write: {
        kind: 'boolean',
        brief: 'Also write the measured numbers and a plot into the README beside the design',
        default: false,
        withNegated: false,
      },
      ...runFlags,
    },
    positional: { kind: 'array', parameter: design, minimum: 1 },
  },
  docs: {
    brief: 'Test the objectives, with an exit code for CI',
    fullDescription:
      'Test the objectives of designs. Exit codes: 0 all met, 1 one missed, 4 none missed but one inconclusive at this precision, 2 the design or the call is wrong.',
  },
})
