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
        brief: 'Print every default used, with its source',
        default: false,
        withNegated: false,
      },
      trace: {
        kind: 'enum',
        values: ['slowest'],
        brief: 'Trace the slowest request through all blocks',
        optional: true,
      },
      capacity: {
        kind: 'boolean',
        brief: 'Find the largest load that meets all objectives, and the objective that limits it',
        default: false,
        withNegated: false,
      },
      sensitivity: {
        kind: 'parsed',
        parse: text,
        inferEmpty: true,
        brief: 'Rank the numbers of the design by their effect on an objective, such as "p99 < 50ms"',
        placeholder: 'objective',
        optional: true,
      },
      html,
      ...runFlags,
    },
    positional: { kind: 'tuple', parameters: [design] },
  },
  docs: {
    brief: 'Simulate a design: response times, throughput, utilization, bottleneck and cost',
    fullDescription:
      'Simulate a design: response times, throughput, utilization, bottleneck and cost.\n\n--capacity and --sensitivity replace the report. --sensitivity raises each number by 10 %; without an objective, it takes the one with the least headroom.',
  },
})
