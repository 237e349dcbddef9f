import { catalogue } from '../experiment/catalogue.ts'
import { designSchema, problemKindsOf } from '../language/index.ts'
import type { ProblemKind } from '../support/problem.ts'
import { nearest } from '../support/suggest.ts'
import { dimensions } from '../support/units.ts'
import { allFields, definitionEntries } from './definitions.ts'
import { type Entry, entry } from './entry.ts'

export type { Entry, Field } from './entry.ts'

/** Everything that can be explained: definitions, problems, keys, kinds of value. `more` are problems of the host. */
export function allEntries(more: readonly ProblemKind[] = []): readonly Entry[] {
  const kinds = [...problemKindsOf(catalogue), ...more].map(problemEntry)
  return [...definitionEntries, ...sectionEntries(), ...kinds, ...keyEntries(), ...valueEntries()]
}

/** What is said of a word: everything that bears it, else everything to which it is another word. */
export function explain(word: string, entries: readonly Entry[]): readonly Entry[] {
  const wanted = word.trim().toLowerCase()
  const named = entries.filter((one) => one.word === wanted)
  const others = entries.filter((one) => one.word !== wanted && one.aliases.includes(wanted))
  if (named.length + others.length > 0) return [...named, ...others]
  const isPercentile = /^p\d{1,2}(\.\d+)?$/.test(wanted)
  return isPercentile ? entries.filter((one) => one.word === 'percentile') : []
}

/** The word that was most likely meant. */
export function nearestWord(word: string, entries: readonly Pick<Entry, 'word' | 'aliases'>[]): string | undefined {
  return nearest(word, new Set(entries.flatMap((one) => [one.word, ...one.aliases])))
}

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

/** Names of fields, each with everything that has it. */
function keyEntries(): readonly Entry[] {
  const words = [...new Set(allFields.map(({ at }) => at.slice(at.lastIndexOf('.') + 1)))].sort()
  return words.map((word) => {
    const having = allFields.filter(({ at }) => at.endsWith(`.${word}`))
    const meanings = [...new Set(having.map(({ param }) => param.meaning))]
    const summary = meanings.join('; or: ')
    return entry({ word, family: 'key', title: `Key \`${word}\``, summary, standsAt: having.map(({ at }) => at) })
  })
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
