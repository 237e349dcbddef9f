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
        brief: "How the trace is written, such as lis or '{ type: csv, key: 5 }'; found out if not given",
        placeholder: 'format',
        optional: true,
        proposeCompletions: async (partial) => (await import('../proposals.ts')).traceFormatsLike(partial),
      },
      policy: {
        kind: 'parsed',
        parse: text,
        brief: 'What the cache evicts, as in a design; all for every policy; lru if not given',
        placeholder: 'policy',
        optional: true,
        variadic: true,
        proposeCompletions: async (partial) => (await import('../proposals.ts')).policiesLike(partial),
      },
      capacity: {
        kind: 'parsed',
        parse: text,
        brief: 'Size of the cache, such as 1000 (entries) or 64MiB; eight from 0.1 % to all if not given',
        placeholder: 'size',
        optional: true,
        variadic: true,
      },
      sample: {
        kind: 'parsed',
        parse: share,
        brief: 'Take only this share of the keys, such as 0.01 or 1%: for long traces',
        placeholder: 'share',
        optional: true,
      },
      'check-sample': {
        kind: 'boolean',
        brief: 'Replay everything beside the sample, and tell what it cost',
        default: false,
        withNegated: false,
      },
      seed: {
        kind: 'parsed',
        parse: wholeNumber(0, Number.MAX_SAFE_INTEGER),
        brief: 'Seed of policies that choose by chance; 1 if not given',
        placeholder: 'n',
        optional: true,
      },
      svg: {
        kind: 'parsed',
        parse: text,
        brief: 'Also draw the miss-ratio curve into an SVG file',
        placeholder: 'file',
        optional: true,
      },
      html: {
        kind: 'parsed',
        parse: text,
        brief: 'Also write a page with the curve and the numbers: one HTML file that needs no network',
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
          brief: 'a recorded trace or access log, also gzip or zstd; or - for standard input',
          parse: text,
          proposeCompletions: async (partial) => (await import('../proposals.ts')).filesLike(partial),
        },
      ],
    },
  },
  docs: { brief: 'What would a cache of which size and policy hit of a recorded trace?' },
})
