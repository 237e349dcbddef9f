import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import { json, share, text, wholeNumber } from './flags.ts'
import type { TraceFlags } from './trace.ts'

export const trace = buildCommand<TraceFlags, [string], LoadpathContext>({
  loader: () => import('./trace.ts').then((commands) => commands.runTrace),
  parameters: {
    flags: {
      format: {
        kind: 'parsed',
        parse: text,
        brief: "Format of the trace, such as lis or '{ type: csv, key: 5 }'; recognized by default",
        placeholder: 'format',
        optional: true,
        proposeCompletions: async (partial) => (await import('../proposals.ts')).traceFormatsLike(partial),
      },
      policy: {
        kind: 'parsed',
        parse: text,
        brief: 'Eviction policy, as in a design; all for every policy; lru by default',
        placeholder: 'policy',
        optional: true,
        variadic: true,
        proposeCompletions: async (partial) => (await import('../proposals.ts')).policiesLike(partial),
      },
      capacity: {
        kind: 'parsed',
        parse: text,
        brief: 'Size of the cache, such as 1000 (entries) or 64MiB; by default, eight sizes from 0.1 % to all keys',
        placeholder: 'size',
        optional: true,
        variadic: true,
      },
      sample: {
        kind: 'parsed',
        parse: share,
        brief: 'Replay only this share of the keys, such as 0.01 or 1%, for long traces',
        placeholder: 'share',
        optional: true,
      },
      'check-sample': {
        kind: 'boolean',
        brief: 'Also replay the whole trace, and print the error of the sample',
        default: false,
        withNegated: false,
      },
      seed: {
        kind: 'parsed',
        parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
        brief: 'Seed of policies that choose at random; 1 by default',
        placeholder: 'n',
        optional: true,
      },
      svg: {
        kind: 'parsed',
        parse: text,
        brief: 'Also write the miss-ratio curve as an SVG file',
        placeholder: 'file',
        optional: true,
      },
      html: {
        kind: 'parsed',
        parse: text,
        brief: 'Also write an HTML page with the curve and the numbers: one file, works offline',
        placeholder: 'file',
        optional: true,
      },
      json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          placeholder: 'trace',
          brief: 'a recorded trace or access log, also gzip, zstd or xz; or - for standard input',
          parse: text,
          proposeCompletions: async (partial) => (await import('../proposals.ts')).filesLike(partial),
        },
      ],
    },
  },
  docs: { brief: 'Compute the hit ratio of cache policies and sizes on a recorded trace' },
})
