import type { Entry, MapNode, Node, Span } from '../support/params/node.ts'
import type { FormRewrite } from '../support/params/reading.ts'

/** Text that takes the place of a part of a file. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly to: string
}

/**
 * Writes a mapping in another form, in the style of the old one: on one line or on several. What both have in common is
 * copied from the text, with its comments.
 * @returns undefined where a part of it stands elsewhere, as in a variant, or nowhere
 */
export function rewrittenForm({ before, after }: FormRewrite, text: string): Edit | undefined {
  const { span } = before
  if (span === undefined || !isWithin(before, span)) return undefined
  const [start] = span
  const writer = new Writer(text, entriesWithin(before))
  const end = endOf(before, text)
  const isOneLine = !text.slice(start, end).includes('\n')
  return { start, end, to: isOneLine ? writer.flow(after.entries) : writer.block(after, columnAt(text, start)) }
}

/** Where a node ends, without the comments after it. */
function endOf(node: Node, text: string): number {
  const [start, end] = node.span as Span
  if (node.kind === 'scalar' || /[{[]/.test(text[start] ?? '')) return end
  const last = node.kind === 'list' ? node.items.at(-1) : [...node.entries.values()].at(-1)?.value
  return last?.span === undefined ? start + text.slice(start, end).trimEnd().length : endOf(last, text)
}

/** Whether all that was written of a node stands in a span of the text. */
function isWithin(node: Node, [start, end]: Span): boolean {
  if (node.span !== undefined && (node.span[0] < start || node.span[1] > end)) return false
  if (node.kind === 'scalar') return true
  const inside = node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value)
  return inside.every((one) => isWithin(one, [start, end]))
}

/** Every entry of a tree with the entry after it, if there is one. */
function entriesWithin(node: Node): ReadonlyMap<Entry, Entry | undefined> {
  if (node.kind === 'scalar') return new Map()
  if (node.kind === 'list') return new Map(node.items.flatMap((item) => [...entriesWithin(item)]))
  const all = [...node.entries.values()]
  return new Map([
    ...all.map((entry, i) => [entry, all[i + 1]] as const),
    ...all.flatMap(({ value }) => [...entriesWithin(value)]),
  ])
}

function columnAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

class Writer {
  private readonly text: string
  /** Entries that were there before, each with the one after it. */
  private readonly known: ReadonlyMap<Entry, Entry | undefined>

  constructor(text: string, known: ReadonlyMap<Entry, Entry | undefined>) {
    this.text = text
    this.known = known
  }

  /** `{ key: value, key: value }` */
  flow(entries: MapNode['entries']): string {
    return `{ ${[...entries].map(([key, { value }]) => `${key}: ${this.value(value)}`).join(', ')} }`
  }

  /** A value on one line, or as it was written between brackets. */
  private value(node: Node): string {
    const own = node.span === undefined ? '' : this.text.slice(...node.span)
    if (node.kind === 'scalar') return own === '' ? node.text : own
    if (/^[{[]/.test(own)) return own
    return node.kind === 'map' ? this.flow(node.entries) : `[${node.items.map((item) => this.value(item)).join(', ')}]`
  }

  /** One entry on each line, the first without indentation: its line has begun. */
  block({ entries }: MapNode, column: number): string {
    return [...entries].map(([key, entry]) => this.entry(key, entry, column)).join(`\n${' '.repeat(column)}`)
  }

  private entry(key: string, entry: Entry, column: number): string {
    const start = this.known.has(entry) ? this.keyOf(entry) : undefined
    if (start !== undefined) return this.moved(start, this.endOf(entry), column)
    return `${this.written(key, entry.value, column)}${this.commentsAfter(entry)}`
  }

  private written(key: string, value: Node, column: number): string {
    if (
      value.kind === 'map' &&
      value.span === undefined &&
      [...value.entries.values()].some((one) => this.known.has(one))
    ) {
      return `${key}:\n${' '.repeat(column + 2)}${this.block(value, column + 2)}`
    }
    const isBlock = value.kind !== 'scalar' && value.span !== undefined && !/^[{[]/.test(this.text[value.span[0]] ?? '')
    if (!isBlock) return `${key}: ${this.value(value)}`
    return `${key}:\n${' '.repeat(column + 2)}${this.moved(value.span[0], endOf(value, this.text), column + 2)}`
  }

  /** The comments behind the entry in whose place a new one stands, and in the lines below it. */
  private commentsAfter(entry: Entry): string {
    const start = this.keyOf(entry)
    const former = [...this.known.keys()].find((one) => this.keyOf(one) === start)
    const next = former && this.known.get(former)
    const nextStart = next && this.keyOf(next)
    if (former?.value.span === undefined || nextStart === undefined) return ''
    const after = this.text.slice(endOf(former.value, this.text), nextStart).trimEnd()
    return after.includes('#') ? after : ''
  }

  /** Where the key of an entry begins: the last word before its value. */
  private keyOf({ key }: Entry): number | undefined {
    if (key.line === undefined || key.column === undefined) return undefined
    let start = 0
    for (let line = 1; line < key.line; line++) start = this.text.indexOf('\n', start) + 1
    return start + key.column - 1
  }

  /** The end of an entry: where the next one begins, so that comments stay with it. */
  private endOf(entry: Entry): number {
    const next = this.known.get(entry)
    const nextStart = next === undefined ? undefined : this.keyOf(next)
    if (nextStart !== undefined) return nextStart
    const { key, value } = entry
    return value.span === undefined ? (this.keyOf(entry) as number) + (key.length ?? 0) : endOf(value, this.text)
  }

  /** A part of the text at another column. */
  private moved(start: number, end: number, column: number): string {
    const by = column - columnAt(this.text, start)
    const lines = this.text.slice(start, end).trimEnd().split('\n')
    const shifted = (line: string) =>
      by >= 0 ? `${line === '' ? '' : ' '.repeat(by)}${line}` : line.replace(new RegExp(`^ {0,${-by}}`), '')
    return lines.map((line, i) => (i === 0 ? line : shifted(line))).join('\n')
  }
}
