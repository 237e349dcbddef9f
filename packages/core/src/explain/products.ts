import { type Entry, entry } from './entry.ts'
import { firstSentence, wordKey } from './word.ts'

/** A product as an entry names it: `Redis \`allkeys-lru\` (sampled)`. */
interface Sighting {
  readonly text: string
  readonly name: string
  readonly terms: readonly string[]
  readonly entry: Entry
}

/** The products in which something is seen, each with what of it can be written in a design. */
export function productEntries(entries: readonly Entry[]): readonly Entry[] {
  const sightings = entries.flatMap((one) => one.seenIn.map((text) => sightingOf(text, one)))
  const products = new Map<string, Sighting[]>()
  for (const sighting of sightings) {
    for (const word of wordsOf(sighting)) {
      const before = products.get(word)
      if (before === undefined) products.set(word, [sighting])
      else if (!before.includes(sighting)) before.push(sighting)
    }
  }
  return [...products].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, seen]) => productEntry(word, seen))
}

function sightingOf(text: string, one: Entry): Sighting {
  const terms = [...text.matchAll(/`([^`]+)`/g)].map(([, term = '']) => term.toLowerCase())
  const name = text
    .replace(/`[^`]*`|\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { text, name, terms, entry: one }
}

/** Companies and projects that have many products: people leave them out of a name. */
const vendors = /^(?:amazon|apache|aws|azure|google|ibm|linux|microsoft|oracle) /

/** `caches of processors`: words without a name describe where something is seen. */
function isProductName(name: string): boolean {
  return !name.includes(' ') || /[A-Z]/.test(name)
}

/**
 * The whole name, the name without its vendor, and the terms of the product that say more than the word of the entry. A
 * word out of a name is no product: `Apache Traffic Server` is no `server`.
 */
function wordsOf({ name, terms, entry: one }: Sighting): ReadonlySet<string> {
  const whole = name.toLowerCase()
  const more = terms.filter((term) => wordKey(term) !== wordKey(one.word))
  return new Set([...(isProductName(name) ? [whole, whole.replace(vendors, '')] : []), ...more])
}

function productEntry(word: string, seen: readonly Sighting[]): Entry {
  const having = [...new Set(seen.map((sighting) => sighting.entry))]
  return entry({
    word,
    family: 'product',
    title: [...new Set(seen.map(({ text }) => text.replaceAll('`', '')))].join('; '),
    summary: 'A product or a term of one. A design says it by:',
    members: having.map(({ word: name, family, summary }) => ({
      name,
      summary: `${family}: ${firstSentence(summary)}`,
    })),
  })
}
