import { buildCommand } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'
import type { Shell } from './completion.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

function shell(input: string): Shell {
  const found = shells.find((name) => name === input)
  if (found === undefined) throw new SyntaxError(`use ${shells.join(', ')}`)
  return found
}

export const completion = buildCommand<object, [Shell], LoadpathContext>({
  loader: () => import('./completion.ts').then((commands) => commands.runCompletion),
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          placeholder: 'shell',
          brief: shells.join(', '),
          parse: shell,
          proposeCompletions: (partial) => shells.filter((shell) => shell.startsWith(partial)),
        },
      ],
    },
  },
  docs: {
    brief: 'Print a completion script for a shell',
    fullDescription: 'Print a completion script for a shell. To load it in bash: eval "$(loadpath completion bash)"',
  },
})
