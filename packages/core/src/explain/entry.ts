/** What there is to say of one word: plain data, from which the command and the reference pages are made. */
export interface Entry {
  readonly word: string
  /** What it is one of: `block`, `eviction policy`, `measure`, `problem`, `review rule`, `key`, `preset`, `product`, `family`. */
  readonly family: string
  readonly title: string
  readonly summary: string
  /** Other words that lead here. */
  readonly aliases: readonly string[]
  /** How it is written on one line, with its parameters in braces. */
  readonly written: readonly string[]
  readonly fields: readonly Field[]
  readonly presets: readonly { readonly name: string; readonly source: string }[]
  /** A design, or the lines of one. */
  readonly example?: string
  readonly goodFor?: string
  readonly costs?: string
  readonly seenIn: readonly string[]
  /** What it leads to. */
  readonly why?: string
  readonly remedy?: string
  readonly source?: string
  /** Where in a design it can stand, or what else has it: `cache.eviction`. */
  readonly standsAt: readonly string[]
  /** Of a family or product: what belongs to it, each with one line. Of a key with several meanings: its fields, by meaning. */
  readonly members: readonly { readonly name: string; readonly summary: string }[]
  /** The others of its family. */
  readonly related: readonly string[]
}

export interface Field {
  readonly name: string
  /** What one writes there. */
  readonly written: string
  readonly meaning: string
  /** In the notation of a design; absent for what must be given and for what may be absent. */
  readonly default?: string
  readonly required: boolean
  /** `at least 1 and at most 20`, `fifo or priority`. */
  readonly bounds?: string
  /** Where the default comes from. */
  readonly source?: string
}

/** An entry of which only what applies is given. */
export function entry(
  facts: Pick<Entry, 'word' | 'family' | 'title' | 'summary'> & { readonly [K in keyof Entry]?: Entry[K] | undefined },
): Entry {
  const lists = {
    aliases: [],
    written: [],
    fields: [],
    presets: [],
    seenIn: [],
    standsAt: [],
    members: [],
    related: [],
  }
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...lists, ...(Object.fromEntries(given) as typeof facts) } as Entry
}
