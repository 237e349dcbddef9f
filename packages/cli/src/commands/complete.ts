import { ShellCompDirective } from '@bomb.sh/tab'
import { type Application, proposeCompletions } from '@stricli/core'
import type { LoadpathContext } from '../context.ts'

/** Answers the completion scripts: one proposal a line with its brief after a tab, then the directive after a colon. */
export function completer(application: () => Application<LoadpathContext>) {
  return async function runComplete(this: LoadpathContext, _flags: object, ...words: string[]): Promise<void> {
    const proposals = await proposeCompletions(application(), words.length === 0 ? [''] : words, {
      process: this.process,
    })
    const lines = proposals.map(({ completion, brief }) => `${completion}\t${brief.replace(/\s+/g, ' ')}`)
    const { ShellCompDirectiveNoFileComp: noFiles, ShellCompDirectiveNoSpace: noSpace } = ShellCompDirective
    const goesOn = proposals.length > 0 && proposals.every(({ completion }) => completion.endsWith('/'))
    this.process.stdout.write(`${[...lines, `:${noFiles + (goesOn ? noSpace : 0)}`].join('\n')}\n`)
  }
}
