import { caseParams } from '../experiment/case.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { designSchema, problemKindsOf } from '../language/index.ts'
import type { ProblemKind } from '../support/problem.ts'
import { nearest } from '../support/suggest.ts'
import { dimensions } from '../support/units.ts'
import { definitionEntries } from './definitions.ts'
import { type Entry, entry } from './entry.ts'
import { familyEntries } from './families.ts'
import { fieldsOf } from './fields.ts'
import { fieldAtPath, keyEntries } from './keys.ts'
import { presetEntries } from './presets.ts'
import { productEntries } from './products.ts'
import { reasonEntries } from './reasons.ts'
import { regionEntries } from './regions.ts'
import { wordKey } from './word.ts'

export type { Entry, Field } from './entry.ts'
export { wordKey }

/** Everything that can be explained: definitions, presets, regions, problems, reasons of failure, keys, kinds of value, products, families. `more` are problems of the host. */
export function allEntries(more: readonly ProblemKind[] = []): readonly Entry[] {
  const kinds = [...problemKindsOf(catalogue), ...more].map(problemEntry)
  const members = [
    ...definitionEntries,
    ...presetEntries,
    ...regionEntries,
    ...sectionEntries(),
    ...kinds,
    ...reasonEntries,
  ]
  const named = [...members, caseEntry, ...keyEntries(), ...valueEntries(), ...productEntries(members)]
  return [...named, ...familyEntries(named)]
}

/**
 * What is said of a word: the entries that have this name, then those to which it is another word. Case, hyphens, blanks
 * and the plural make no difference. A path such as `calls.breaker` leads to the field.
 */
export function explain(word: string, entries: readonly Entry[]): readonly Entry[] {
  const wanted = wordKey(word.trim())
  const isPercentile = /^p(?:\d{1,2}(\.\d+)?|9{3,5})$/.test(wanted)
  const named = entries.filter((one) => wordKey(one.word) === wanted)
  const others = entries.filter((one) => !named.includes(one) && one.aliases.some((alias) => wordKey(alias) === wanted))
  const percentile = isPercentile ? entries.filter((one) => one.word === 'percentile') : []
  const found = [...percentile, ...named, ...others]
  return found.length > 0 ? found : fieldAtPath(word.trim())
}

/** Presets and products of which people write the beginning alone: `postgres`, `mongo`. */
export function beginningWith(word: string, entries: readonly Entry[]): readonly Entry[] {
  const wanted = wordKey(word.trim())
  const begins = ({ word }: Entry) => wordKey(word).startsWith(wanted) && !word.includes(' ')
  const isProduct = ({ family }: Entry) => family === 'preset' || family === 'product'
  return wanted.length < 5 ? [] : entries.filter((one) => isProduct(one) && begins(one))
}

/**
 * The word that was most likely meant, or undefined if none is near. Another word of the field is not a misspelt one,
 * so a near word has the first letter, and at most one letter in six is wrong: `packet` is no `bucket`, `restart` no
 * `start`. A word of three letters is near to too many.
 */
export function nearestWord(word: string, entries: readonly Pick<Entry, 'word' | 'aliases'>[]): string | undefined {
  const wanted = word.trim().toLowerCase()
  if (wanted.length < 4) return undefined
  const words = new Set(entries.flatMap((one) => [one.word, ...one.aliases]))
  const candidates = [...words].filter((one) => one.length > 2 && one[0]?.toLowerCase() === wanted[0])
  const most = Math.max(1, Math.floor(wanted.length / 6))
  return nearest(wanted, candidates, { candidates: Number.POSITIVE_INFINITY, edits: most })
}

/** The file beside a design that makes a validation case of it. */
const caseEntry = entry({
  word: 'case',
  family: 'file',
  title: 'Validation case, `case.yaml`',
  summary:
    'The numbers that the answer to the design beside it must meet, and who gives them. `loadpath validate <folder>` runs it.',
  aliases: ['case.yaml', 'validation case', 'expectation'],
  written: ['case.yaml'],
  fields: fieldsOf(caseParams),
  example: [
    'id: mm1-mean',
    'title: mean response time of M/M/1',
    'source: any text on queueing theory',
    'provenance: COMPUTED, 1 / (100/s - 80/s)',
    'expect: [{ measure: view.mean, equals: 50ms, tolerance: 2% }]',
  ].join('\n'),
})

function problemEntry({ code, title, meaning, remedy }: ProblemKind): Entry {
  return entry({ word: code, family: 'problem', title, summary: meaning, remedy })
}

/** Keys at the top of a design, as the schema for editors describes them. */
function sectionEntries(): readonly Entry[] {
  const properties = designSchema(catalogue).properties as Readonly<Record<string, { readonly description?: string }>>
  return Object.entries(properties).flatMap(([word, { description }]) =>
    description === undefined || definitionEntries.some((one) => one.family === 'section' && one.word === word)
      ? []
      : [entry({ word, family: 'section', title: `Section \`${word}\``, summary: description })],
  )
}

/** Kinds of quantity, with their units. */
function valueEntries(): readonly Entry[] {
  return Object.entries(dimensions).map(([word, { article, example, units, baseUnit }]) => {
    const names = units.map(({ name }) => name).filter((name) => name !== '')
    const isBare = names.length < units.length
    const summary =
      names.length === 0
        ? `Written as a number: \`${example}\`.`
        : `Written with its unit${isBare ? ', or as a bare number' : ''}: \`${example}\`. Units: ${names.join(' ')}.`
    const inside = baseUnit === '' ? '' : ` JSON output gives it in ${baseUnit}.`
    const written = ['{value}', '{value} ± {share}', '{low}..{high}']
    return entry({
      word,
      family: 'kind of value',
      title: `${article[0]?.toUpperCase()}${article.slice(1)}`,
      summary: `${summary}${inside}`,
      written,
    })
  })
}
