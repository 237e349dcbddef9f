import { allEntries, beginningWith, type Entry, explain, nearestWord } from '@loadpath/core/explain'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { type GlossaryWord, glossary, inGlossary } from '../glossary.ts'
import { toJson } from '../json.ts'
import { mistake } from '../mistakes.ts'
import { printEntry, printGlossaryWord, printWords } from '../print/explanation.ts'
import { callProblems } from '../problem-kinds.ts'
import { pageFor } from '../terminal.ts'

export interface ExplainFlags {
  readonly json: boolean
}

export async function runExplain(this: LoadpathContext, flags: ExplainFlags, ...words: string[]): Promise<void> {
  const { stdout } = this.process
  const word = words.join(' ')
  const replay = () => commandLine(['loadpath', 'explain', ...words])
  await conclude(this, { json: flags.json, replay }, async () => {
    const entries = allEntries(callProblems)
    const page = pageFor(stdout)
    if (word === '') {
      const all = { schemaVersion: 1, entries, glossary: glossary() }
      stdout.write(flags.json ? toJson(all) : printWords(entries, page))
      return exitCodes.ok
    }
    const { found, said } = lookUp(word, entries)
    if (flags.json) stdout.write(toJson({ schemaVersion: 1, entries: found, glossary: said }))
    else {
      const texts = [...found.map((one) => printEntry(one, page)), ...said.map((one) => printGlossaryWord(one, page))]
      stdout.write(texts.join('\n'))
    }
    return exitCodes.ok
  })
}

function lookUp(word: string, entries: readonly Entry[]): { found: readonly Entry[]; said: readonly GlossaryWord[] } {
  const words = glossary()
  const found = explain(word, entries)
  const said = inGlossary(word, words)
  if (found.length + said.length > 0) return { found, said }
  const longer = beginningWith(word, entries)
  if (longer.length > 0) return { found: longer, said }
  const near = nearestWord(word, [
    ...entries,
    ...words.map(({ words: [first = '', ...aliases] }) => ({ word: first, aliases })),
  ])
  const hint = near === undefined ? 'list all words with `loadpath explain`' : `did you mean \`${near}\`?`
  throw mistake('unknown-word', `unknown word \`${word}\``, hint)
}
