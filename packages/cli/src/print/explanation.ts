import type { Entry, Field } from '@loadpath/core/explain'
import type { GlossaryWord } from '../glossary.ts'
import { type Page, prose } from './page.ts'
import { table } from './table.ts'

/** One word, as a person reads it. */
export function printEntry(entry: Entry, page: Page): string {
  const { word, family, title, summary } = entry
  const heading = `${page.colours.strong(word)} (${family}): ${title.replaceAll('`', '')}`
  const parts = [
    [heading, ...prose(summary, page)],
    named('Syntax', entry.written),
    membersOf(entry.members, page),
    fieldsOf(entry.fields, page),
    named(
      'Presets',
      entry.presets.map(({ name, source }) => `like: ${name} (${source})`),
      page,
    ),
    entry.example === undefined ? [] : ['Example', ...entry.example.split('\n').map((line) => `  ${line}`)],
    told('Why', entry.why, page),
    told('Use when', entry.goodFor, page),
    told('Trade-offs', entry.costs, page),
    told('Remedy', entry.remedy, page),
    told('Seen in', entry.seenIn.join(', '), page),
    told('Source', entry.source, page),
    told('Aliases', entry.aliases.join(', '), page),
    // A key with several meanings has its fields in the list of members.
    entry.members.length > 0 ? [] : told('Used in', entry.standsAt.join(', '), page),
    told('See also', entry.related.join(', '), page),
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join(entry.fields.length > 0 || entry.example !== undefined ? '\n' : '')
}

function named(title: string, lines: readonly string[], page?: Page): readonly string[] {
  if (lines.length === 0) return []
  return [title, ...lines.flatMap((line) => (page === undefined ? [`  ${line}`] : prose(line, page)))]
}

function told(title: string, text: string | undefined, page: Page): readonly string[] {
  if (text === undefined || text === '') return []
  const [first = '', ...rest] = prose(`${title}: ${text}`, page, { indent: 0 })
  return [first, ...rest.map((line) => `  ${line}`)]
}

function membersOf(members: Entry['members'], page: Page): readonly string[] {
  if (members.length === 0) return []
  const rows = members.map(({ name, summary }) => [name, summary.replaceAll('`', '')])
  return table([{ heading: '' }, { heading: '' }], rows, { width: page.width })
}

function fieldsOf(fields: readonly Field[], page: Page): readonly string[] {
  if (fields.length === 0) return []
  const rows = fields.map(({ name, written, required, default: value, bounds, meaning, source }) => [
    name,
    written.replaceAll('`', ''),
    required ? 'required' : (value ?? '–'),
    [meaning, bounds, source].filter((part) => part !== undefined).join('; '),
  ])
  const columns = ['key', 'value', 'default', 'meaning and bounds'].map((heading) => ({ heading }))
  return ['Fields', ...table(columns, rows, { width: page.width })]
}

/** What the glossary says of a word. */
export function printGlossaryWord({ words, says, nearest, kind }: GlossaryWord, page: Page): string {
  const lead = { word: 'in the glossary', old: 'another word', field: 'in a design', absent: 'not there yet' }[kind]
  const text = kind === 'old' ? `our word: ${says}` : says
  const lines = [...prose(text, page), ...(nearest === undefined ? [] : prose(`nearest today: ${nearest}`, page))]
  return `${[`${page.colours.strong(words.slice(0, 6).join(', '))} (${lead})`, ...lines].join('\n')}\n`
}

/** All words, by what they are. */
export function printWords(entries: readonly Entry[], page: Page): string {
  const families = [...new Set(entries.map(({ family }) => family))]
  const sections = families.map((family) => {
    const words = entries.filter((entry) => entry.family === family).map(({ word }) => word)
    return [page.colours.heading(family), ...prose(words.join(', '), page)].join('\n')
  })
  return `${sections.join('\n\n')}\n\n\`loadpath explain <word>\` explains a word; an unknown word leads to the nearest known one.\n`
}
