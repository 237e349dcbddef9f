import { Lexer } from 'yaml'
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
 * @returns undefined where a part of it stands elsewhere, as in a variant, or nowhere, and where comments have no place on one line
 */
export function rewrittenForm({ before, after }: FormRewrite, text: string): Edit | undefined {
  const { span } = before
  if (span === undefined || !isWithin(before, span)) return undefined
  const [start] = span
  const writer = new Writer(text, entriesWithin(before, text))
  const end = endOf(before, text)
  const former = text.slice(start, end)
  const isFlow = text[start] === '{' || !former.includes('\n')
  if (isFlow) return commentsIn(former).length > 0 ? undefined : { start, end, to: writer.flow(after.entries) }
  const column = columnAt(text, start)
  return { start, end, to: withComments(writer.block(after, column), commentsIn(former), column) }
}

/** Where a node ends, without the comments after it. */
function endOf(node: Node, text: string): number {
  const [start, end] = node.span as Span
  if (node.kind === 'scalar' || /[{[]/.test(text[start] ?? '')) return end
  const last = node.kind === 'list' ? node.items.at(-1) : [...node.entries.values()].at(-1)?.value
  return last?.span === undefined ? start + text.slice(start, end).trimEnd().length : endOf(last, text)
}

function commentsIn(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#'))
}

/** The text with the comments that it lacks, in lines of their own below its first line. */
function withComments(text: string, comments: readonly string[], column: number): string {
  const kept = [...commentsIn(text)]
  const lost = comments.filter((comment) => {
    const at = kept.indexOf(comment)
    if (at >= 0) kept.splice(at, 1)
    return at < 0
  })
  if (lost.length === 0) return text
  const [first, ...others] = text.split('\n')
  return [first, ...lost.map((comment) => `${' '.repeat(column)}${comment}`), ...others].join('\n')
}

/** Whether all that was written of a node stands in a span of the text. */
function isWithin(node: Node, [start, end]: Span): boolean {
  if (node.span !== undefined && (node.span[0] < start || node.span[1] > end)) return false
  if (node.kind === 'scalar') return true
  const inside = node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value)
  return inside.every((one) => isWithin(one, [start, end]))
}

/** An entry that was there before. */
interface Former {
  /** The entry after it in its mapping. */
  readonly next: Entry | undefined
  /** Whether it stands between braces. */
  readonly isFlow: boolean
}

/** Every entry of a tree. */
function entriesWithin(node: Node, text: string): ReadonlyMap<Entry, Former> {
  if (node.kind === 'scalar') return new Map()
  if (node.kind === 'list') return new Map(node.items.flatMap((item) => [...entriesWithin(item, text)]))
  const all = [...node.entries.values()]
  const isFlow = node.span !== undefined && text[node.span[0]] === '{'
  return new Map([
    ...all.map((entry, i) => [entry, { next: all[i + 1], isFlow }] as const),
    ...all.flatMap(({ value }) => [...entriesWithin(value, text)]),
  ])
}

function columnAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

class Writer {
  private readonly text: string
  private readonly known: ReadonlyMap<Entry, Former>

  constructor(text: string, known: ReadonlyMap<Entry, Former>) {
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
      [...value.entries.values()].some((one) => this.known.get(one)?.isFlow === false)
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
    const { next, isFlow } = (former && this.known.get(former)) ?? {}
    const nextStart = next && this.keyOf(next)
    if (isFlow || former?.value.span === undefined || nextStart === undefined) return ''
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
    const { next, isFlow } = this.known.get(entry) as Former
    const nextStart = next === undefined || isFlow ? undefined : this.keyOf(next)
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
