import type { Chosen } from '../support/params.ts'
import type { TraceFormat } from './formats/format.ts'
import { traceFormats } from './formats/index.ts'
import { TraceRecord } from './record.ts'

/** So much of a file is looked at. */
export const headBytes = 65_536
const mostEntries = 200
/** So many of its entries must speak for a format. */
const enough = 0.95

/** A format without a word about its parameters. */
function usual({ name, params }: TraceFormat): Chosen {
  const values = Object.entries(params).flatMap(([field, param]) =>
    param.default === undefined ? [] : [[field, param.default] as const],
  )
  return { name, values: { ...Object.fromEntries(values), ...(name === 'csv' ? { 'time-unit': 1000 } : {}) } }
}

/**
 * The format of a trace, by the name of its file (without the ending of a compression) and its beginning; undefined if
 * no format can read it. Formats whose ending it has are tried first.
 */
export function recognise(name: string, head: Uint8Array): Chosen | undefined {
  const lower = name.toLowerCase()
  const hasEnding = (format: TraceFormat) => format.endings.some((ending) => lower.endsWith(ending))
  const { members } = traceFormats
  const inOrder = [...members.filter(hasEnding), ...members.filter((format) => !hasEnding(format))]
  const found = inOrder.find((format) => speaksFor(format, head))
  return found && usual(found)
}

function speaksFor(format: TraceFormat, head: Uint8Array): boolean {
  const reader = format.create(usual(format).values)
  const record = new TraceRecord()
  let [seen, good, taken] = [0, 0, 0]
  for (const [from, to] of entriesOf(format, head)) {
    seen++
    const verdict = reader.read(head, from, to, record)
    if (verdict === 'malformed') continue
    if (verdict === 'taken') {
      if (reader.resembles?.(head, from, to) === false) continue
      taken++
    }
    good++
  }
  return taken > 0 && good >= enough * seen
}

/** The first whole entries; the last one too where the file is no longer than what is looked at. */
function entriesOf({ entry }: TraceFormat, head: Uint8Array): readonly (readonly [number, number])[] {
  const entries: (readonly [number, number])[] = []
  let from = 0
  while (from < head.length && entries.length < mostEntries) {
    const next = entry === 'line' ? endOfLine(head, from) : from + entry
    if (next > head.length) break
    entries.push([from, entry === 'line' ? withoutReturn(head, from, next) : next])
    from = next + (entry === 'line' ? 1 : 0)
  }
  return entries
}

function endOfLine(head: Uint8Array, from: number): number {
  const end = head.indexOf(10, from)
  if (end >= 0) return end
  return head.length < headBytes ? head.length : head.length + 1
}

function withoutReturn(head: Uint8Array, from: number, end: number): number {
  return end > from && head[end - 1] === 13 ? end - 1 : end
}
