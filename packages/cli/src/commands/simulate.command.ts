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
        brief: 'Find the largest load that meets the objectives, and the objective missed above it',
        default: false,
        withNegated: false,
      },
      sensitivity: {
        kind: 'parsed',
        parse: text,
        inferEmpty: true,
        brief:
          'Raise each number by 10 % and rank the effects on an objective: "p99 < 50ms", or the one with least headroom',
        placeholder: 'objective',
        optional: true,
      },
      html,
      ...runFlags,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: { brief: 'Simulate a design: response times, throughput, utilization, bottleneck and cost' },
})
