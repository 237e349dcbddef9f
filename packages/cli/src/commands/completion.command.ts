import { buildChoiceParser, buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { Shell } from './completion.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export const completion = buildCommand<object, [Shell], LoadpathContext>({
  loader: () => import('./completion.ts').then((commands) => commands.runCompletion),
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          placeholder: 'shell',
          brief: shells.join(', '),
          parse: buildChoiceParser(shells),
          proposeCompletions: (partial) => shells.filter((shell) => shell.startsWith(partial)),
        },
      ],
    },
  },
  docs: {
    brief: 'Print what a shell needs to complete commands',
    fullDescription:
      "Print what a shell needs to complete commands. For bash: echo 'source <(loadpath completion bash)' >> ~/.bashrc",
  },
})
