import { readFileSync } from 'node:fs'

/** A word of the glossary: what it means here, or which word is used in its place. */
export interface GlossaryWord {
  readonly words: readonly string[]
  readonly says: string
  /** `old` for words that are not used here, `absent` for things that are not there yet. */
  readonly kind: 'word' | 'old' | 'absent'
}

const kinds: Readonly<Record<string, GlossaryWord['kind']>> = { word: 'word', old: 'old', 'not there yet': 'absent' }

/** The words of GLOSSARY.md: its tables, whose first heading says what they list. */
export function readGlossary(markdown: string): readonly GlossaryWord[] {
  let kind: GlossaryWord['kind'] | undefined
  return markdown.split('\n').flatMap((line): readonly GlossaryWord[] => {
    const cells = /^\|(.*)\|\s*$/
      .exec(line)?.[1]
      ?.split('|')
      .map((cell) => cell.trim())
    const [first = '', says = ''] = cells ?? []
    if (first === '') kind = undefined
    else if (kinds[first] !== undefined) kind = kinds[first]
    else if (kind !== undefined && !/^-+$/.test(first)) return [{ words: wordsIn(first), says, kind }]
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

/** What the glossary says of a word; hyphens and blanks are the same. */
export function inGlossary(word: string, all: readonly GlossaryWord[]): readonly GlossaryWord[] {
  const fold = (text: string) => text.toLowerCase().replaceAll('-', ' ').replace(/s$/, '')
  const saying = (text: string) => all.filter(({ words }) => words.some((one) => fold(one) === fold(text)))
  const whole = saying(word)
  // `master-slave` is explained by its parts.
  return whole.length > 0 ? whole : [...new Set(word.split(/[\s/-]+/).flatMap(saying))]
}
