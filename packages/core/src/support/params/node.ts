import type { Place } from '../problem.ts'

/** A design as it was written: what the reader of a file and `defineDesign` have in common. */
export type Node = ScalarNode | MapNode | ListNode

/** Offsets of the first character and after the last one. */
export type Span = readonly [start: number, end: number]

export interface ScalarNode {
  readonly kind: 'scalar'
  /** Exactly as written, without quotes: `5`, `1.10` and `true` are texts here, the parameter decides what they mean. */
  readonly text: string
  /** True where nothing is at all, or `null`. */
  readonly empty: boolean
  readonly place: Place
  /** Where it stands in the text that it was read from. */
  readonly span?: Span
}

export interface MapNode {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Entry>
  readonly place: Place
  readonly span?: Span
}

export interface Entry {
  /** Where the key stands. */
  readonly key: Place
  readonly value: Node
}

export interface ListNode {
  readonly kind: 'list'
  readonly items: readonly Node[]
  readonly place: Place
  readonly span?: Span
}

/** A value in the notation of a design, as defaults, presets and `defineDesign` give it. */
export type Notation = string | number | boolean | null | readonly Notation[] | { readonly [key: string]: Notation }

/** The path of a child. Sources and blocks share one namespace, so their sections are left out. */
export function childPath(parent: string, key: string | number): string {
  return parent === '' || parent === 'blocks' || parent === 'traffic' ? String(key) : `${parent}.${key}`
}

/** The field that a place belongs to, for messages: `instances`, or `targets.2` for an item of a list. */
export function fieldAt({ path }: Place): string {
  const [, field = path] = /([^.]+(?:\.\d+)?)$/.exec(path) ?? []
  return field === '' ? 'the value' : `\`${field}\``
}

/** The node of a value that is at no line of its own: a default, a preset, a design built in TypeScript. */
export function nodeOf(notation: unknown, place: Place): Node {
  const child = (key: string | number): Place => ({ ...place, path: childPath(place.path, key) })
  if (Array.isArray(notation)) {
    return { kind: 'list', items: notation.map((item, index) => nodeOf(item, child(index + 1))), place }
  }
  if (typeof notation === 'object' && notation !== null) {
    const given = Object.entries(notation).filter(([, value]) => value !== undefined)
    const entries = given.map(([key, value]) => [key, { key: child(key), value: nodeOf(value, child(key)) }] as const)
    return { kind: 'map', entries: new Map(entries), place }
  }
  const isEmpty = notation === null || notation === undefined
  return { kind: 'scalar', text: isEmpty ? '' : String(notation), empty: isEmpty, place }
}

/** One line of YAML that means the same: for tables of assumptions and for messages. */
export function printNotation(notation: Notation): string {
  if (Array.isArray(notation)) return `[${notation.map(printNotation).join(', ')}]`
  if (typeof notation === 'object' && notation !== null) {
    const parts = Object.entries(notation).map(([key, value]) => `${key}: ${printNotation(value)}`)
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
  }
  return String(notation)
}

/** What stands there, in a few words, for `found`. */
export function describe(node: Node): string {
  if (node.kind === 'map') return node.entries.size === 0 ? 'an empty mapping' : 'a mapping'
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list'
  if (node.empty) return 'nothing'
  return `\`${node.text.length > 60 ? `${node.text.slice(0, 60)}…` : node.text}\``
}

/** The same tree with everything standing at one place. */
export function standingAt(node: Node, place: Place): Node {
  const child = (key: string | number): Place => ({ ...place, path: childPath(place.path, key) })
  if (node.kind === 'scalar') return { ...node, place }
  if (node.kind === 'list') {
    return { ...node, place, items: node.items.map((item, index) => standingAt(item, child(index + 1))) }
  }
  const entries = [...node.entries].map(([key, entry]): [string, Entry] => [
    key,
    { key: child(key), value: standingAt(entry.value, child(key)) },
  ])
  return { ...node, place, entries: new Map(entries) }
}

/** The same tree under another path; lines and columns stay. */
export function withPath(node: Node, path: string): Node {
  const place = { ...node.place, path }
  if (node.kind === 'scalar') return { ...node, place }
  if (node.kind === 'list') {
    return { ...node, place, items: node.items.map((item, index) => withPath(item, childPath(path, index + 1))) }
  }
  const entries = [...node.entries].map(([key, entry]) => {
    const own = childPath(path, key)
    return [key, { key: { ...entry.key, path: own }, value: withPath(entry.value, own) }] as const
  })
  return { ...node, place, entries: new Map(entries) }
}

/** Whether this takes away what stands there: `none`. */
export function isNone(node: Node): boolean {
  return node.kind === 'scalar' && node.text === 'none'
}

/** The mapping that a value without one means; the field has the path of the long form. */
export function mappingOf(node: Node, main: string): MapNode {
  const value = withPath(node, childPath(node.place.path, main))
  const entry: Entry = { key: value.place, value }
  return { kind: 'map', entries: new Map([[main, entry]]), place: node.place }
}
