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
    const { found, said } = lookUpAll(words, entries, glossary())
    if (flags.json) stdout.write(toJson({ schemaVersion: 1, entries: found, glossary: said }))
    else {
      const texts = [...found.map((one) => printEntry(one, page)), ...said.map((one) => printGlossaryWord(one, page))]
      stdout.write(texts.join('\n'))
    }
    return exitCodes.ok
  })
}

interface Found {
  readonly found: readonly Entry[]
  readonly said: readonly GlossaryWord[]
}

/** The entries of several words. Words that are known together are one phrase: `cache aside`, `dead letter queue`. */
export function lookUpAll(words: readonly string[], entries: readonly Entry[], all: readonly GlossaryWord[]): Found {
  const parts: Found[] = []
  for (let from = 0; from < words.length; ) {
    const part = longestPhrase(words.slice(from), entries, all)
    if (part === undefined) throw unknownWord(misspelt(words, from, entries, all), entries, all)
    parts.push(part)
    from += part.length
  }
  return {
    found: [...new Set(parts.flatMap(({ found }) => found))],
    said: [...new Set(parts.flatMap(({ said }) => said))],
  }
}

/** The longest beginning of these words that is explained, and how many words that is. */
function longestPhrase(words: readonly string[], entries: readonly Entry[], all: readonly GlossaryWord[]) {
  for (let length = words.length; length > 0; length--) {
    const phrase = words.slice(0, length).join(' ')
    const found = explain(phrase, entries)
    const said = inGlossary(phrase, all)
    if (found.length + said.length > 0) return { found, said, length }
    const longer = beginningWith(phrase, entries)
    if (longer.length > 0) return { found: longer, said, length }
  }
  return undefined
}

/** The words to report: all of them if together they are near to a known word or none is known, else the first unknown one. */
function misspelt(words: readonly string[], from: number, entries: readonly Entry[], all: readonly GlossaryWord[]) {
  const phrase = words.join(' ')
  const isSomeKnown = words.some((word) => longestPhrase([word], entries, all) !== undefined)
  return isSomeKnown && near(phrase, entries, all) === undefined ? (words[from] ?? phrase) : phrase
}

function near(word: string, entries: readonly Entry[], all: readonly GlossaryWord[]): string | undefined {
  const glossaryWords = all.map(({ words: [first = '', ...aliases] }) => ({ word: first, aliases }))
  return nearestWord(word, [...entries, ...glossaryWords])
}

function unknownWord(word: string, entries: readonly Entry[], all: readonly GlossaryWord[]): Error {
  const meant = near(word, entries, all)
  const hint = meant === undefined ? 'list all words with `loadpath explain`' : `did you mean \`${meant}\`?`
  return mistake('unknown-word', `unknown word \`${word}\``, hint)
}
