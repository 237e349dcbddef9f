import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { ExplainFlags } from './explain.ts'
import { json, text } from './flags.ts'

export const explain = buildCommand<ExplainFlags, string[], LoadpathContext>({
  loader: () => import('./explain.ts').then((commands) => commands.runExplain),
  parameters: {
    flags: { json },
    positional: {
      kind: 'array',
      parameter: {
        placeholder: 'word',
        brief: 'a block, policy, measure, key, problem or rule',
        parse: text,
        proposeCompletions: async (partial) => (await import('../proposals.ts')).explainedLike(partial),
      },
    },
  },
  docs: { brief: 'Explain a word; without a word, list all words' },
})
