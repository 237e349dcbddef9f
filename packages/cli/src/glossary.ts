import { readFileSync } from 'node:fs'
import { wordKey } from '@loadpath/core/explain'

/** A word of the glossary: its meaning, or the word that replaces it. */
export interface GlossaryWord {
  readonly words: readonly string[]
  readonly says: string
  /** Of a word that is absent: what comes nearest to it. */
  readonly nearest?: string
  /** `old` for replaced words, `field` for words that a design says in another way, `absent` for what is not there yet. */
  readonly kind: 'word' | 'old' | 'field' | 'absent'
}

/** The kind of each table, by its first heading. */
const kinds: Readonly<Record<string, GlossaryWord['kind']>> = {
  word: 'word',
  old: 'old',
  'the field says': 'field',
  'not there yet': 'absent',
}

/** The words of GLOSSARY.md: its tables, whose first heading says what they list. */
export function readGlossary(markdown: string): readonly GlossaryWord[] {
  let kind: GlossaryWord['kind'] | undefined
  return markdown.split('\n').flatMap((line): readonly GlossaryWord[] => {
    const cells = /^\|(.*)\|\s*$/
      .exec(line)?.[1]
      ?.split('|')
      .map((cell) => cell.trim())
    const [first = '', says = '', nearest] = cells ?? []
    if (first === '') kind = undefined
    else if (kinds[first] !== undefined) kind = kinds[first]
    else if (kind !== undefined && !/^-+$/.test(first))
      return [{ words: wordsIn(first), says, kind, ...(nearest === undefined ? {} : { nearest }) }]
    return []
  })
}

/** `source (of traffic)` and `endpoint, step`: what stands in brackets is no part of the word. */
function wordsIn(cell: string): readonly string[] {
  const words = cell.split(',').map((word) =>
    word
      .replace(/\(.*\)/, '')
      .trim()
      .toLowerCase(),
  )
  return words.filter((word) => word !== '')
}

/** The glossary of this version, which the build puts beside the program. */
export function glossary(): readonly GlossaryWord[] {
  return readGlossary(readFileSync(new URL('./GLOSSARY.md', import.meta.url), 'utf8'))
}

/** What the glossary says of a word; case, hyphens, blanks and the plural make no difference. */
export function inGlossary(word: string, all: readonly GlossaryWord[]): readonly GlossaryWord[] {
  const saying = (text: string) => all.filter(({ words }) => words.some((one) => wordKey(one) === wordKey(text)))
  const whole = saying(word)
  if (whole.length > 0) return whole
  // `master/slave` is explained by its parts if one row has both of them.
  const [first = [], ...others] = word.split(/[\s/-]+/).map(saying)
  return first.filter((row) => others.every((rows) => rows.includes(row)))
}
