import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import { design, json, set } from './flags.ts'
import type { ReviewFlags } from './review.ts'

export const review = buildCommand<ReviewFlags, string[], LoadpathContext>({
  loader: () => import('./review.ts').then((commands) => commands.runReview),
  parameters: {
    flags: {
      set,
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
  docs: {
    brief: 'Find risks in designs without a simulation',
    fullDescription:
      'Find risks in designs and their variants without a simulation. Exit codes: 0 no warnings, 1 a warning that the design does not accept, 2 the design or the call is wrong.',
  },
})
