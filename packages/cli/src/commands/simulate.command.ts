import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import { design, html, runFlags, set, text } from './flags.ts'
import type { SimulateFlags } from './simulate.ts'

export const simulate = buildCommand<SimulateFlags, [string], LoadpathContext>({
  loader: () => import('./simulate.ts').then((commands) => commands.runSimulate),
  parameters: {
    flags: {
      variant: {
        kind: 'parsed',
        parse: text,
        brief: 'Apply a variant of the design',
        placeholder: 'name',
        optional: true,
      },
      set,
      assumptions: {
        kind: 'boolean',
        brief: 'Print every default in force, with its source',
        default: false,
        withNegated: false,
      },
      trace: {
        kind: 'enum',
        values: ['slowest'],
        brief: 'Follow the slowest request through all blocks',
        optional: true,
      },
      capacity: {
        kind: 'boolean',
        brief: 'Find the largest load at which the objectives hold, and what breaks first',
        default: false,
        withNegated: false,
      },
      sensitivity: {
        kind: 'boolean',
        brief: 'Make each number 10 % larger in turn, and rank what that does',
        default: false,
        withNegated: false,
      },
      html,
      ...runFlags,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: { brief: 'How fast is it, what does it carry, what breaks first?' },
})
