import type { RepositoryFile } from './repository.ts'

/** Words that a reader must translate, and the field's word for each. */
const replacements: readonly (readonly [word: RegExp, better: string])[] = [
  [/\b(?:thrown|throws?|threw|throwing) out\b/i, 'evicted, or invalidated'],
  [/\bask(?:s|ed|ing)? for\b/i, 'requested'],
  [/\banew\b/i, 'again'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\bbefall?(?:s|en)?\b/i, 'affect'],
  [/\bbears? the name\b/i, 'is named'],
  [/\bstands at\b/i, 'is in'],
  [/\b(?:told of|hears? of)\b/i, 'notified of'],
  [/\bwhat (?:becomes?|became) of\b/i, 'outcome'],
  [/\bgive yourself\b/i, 'check the permissions'],
  [/\bwhoever\b/i, 'a noun'],
  [/\bmeanwhile\b/i, 'in the meantime'],
  [/\bfor ever\b/i, 'forever, or without limit'],
  [/\butilisation\b/i, 'utilization'],
  [/\bsojourn\b/i, 'time in block'],
  [/\bundecided\b/i, 'inconclusive'],
  [/\b(?:beyond|by) random\b|\bsame random\b(?! (?:number|request))/i, 'chance, or common random numbers'],
  [/\b(?:is|has|have|not) was\b/i, 'a verb'],
  [/\bsame chance\b/i, 'common random numbers'],
  [/\blaws? of chance\b/i, 'distribution'],
  [/\bcanar(?:y|ies)\b/i, 'negative control'],
  [/\btwins?\b/i, 'reference implementation'],
]

/** Files that name such words in order to replace them, or that quote others. */
const namesThem =
  /^(?:scripts\/tidy\/|docs\/reference\/|STYLE\.md$|GLOSSARY\.md$|CHANGELOG\.md$|claims\/(?:concepts\.yaml|ATLAS\.md)$|validation\/traces\/|bench\/peers\/|packages\/cli\/src\/commands\/explain-words\.slow\.ts$|packages\/core\/src\/support\/suggest\.test\.ts$)|package-lock\.json$|\.snap$/

/** A quotation from somebody else, or the older name of something that is still read. */
const mayNameThem = /formerly:|aliases:|olderKey|source:|sources:|^\s*- "/

/** Words that are replaced on sight, with their place and the better one. */
export function oldWords(files: readonly RepositoryFile[]): string[] {
  const read = files.filter(({ path }) => !namesThem.test(path) && /\.(?:ts|mjs|md|yaml)$/.test(path))
  return read.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => {
      if (mayNameThem.test(line)) return []
      const found = replacements.find(([word]) => word.test(line))
      if (found === undefined) return []
      const [word, better] = found
      return [`${path}:${i + 1} "${word.exec(line)?.[0]}": ${better}`]
    }),
  )
}
