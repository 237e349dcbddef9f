import type { Chosen } from '../support/params.ts'
import { afterMark } from './bytes.ts'
import type { TraceFormat } from './formats/format.ts'
import { traceFormats } from './formats/index.ts'
import { TraceRecord } from './record.ts'

/** So much of a file is looked at. */
export const headBytes = 65_536
const mostEntries = 200
/** So many of its entries speak for a format beyond doubt. */
const enough = 0.95

/** Outcome of the first entries of a file when they are read as of one format. */
interface Evidence {
  readonly chosen: Chosen
  readonly taken: number
  /** Of these, such as look like this format too. */
  readonly alike: number
  /** Entries that say nothing, and those of them in which something stands nevertheless. */
  readonly passedOver: number
  readonly headings: number
  readonly malformed: number
}

/**
 * The format of a trace, by the name of its file (without the ending of a compression) and its beginning; undefined if
 * no format can read it. Formats whose ending it has are tried first. What can be read at all, if somebody says how, is
 * recognised: where no format fits nearly all entries, the one that fits most of them, as long as these are the most.
 */
export function recognise(name: string, head: Uint8Array): Chosen | undefined {
  const lower = name.toLowerCase()
  const hasEnding = (format: TraceFormat) => format.endings.some((ending) => lower.endsWith(ending))
  const { members } = traceFormats
  const inOrder = [...members.filter(hasEnding), ...members.filter((format) => !hasEnding(format))]
  const found = inOrder.flatMap((format) => usual(format).map((chosen) => evidence(format, chosen, head)))
  const clear = found.find((one) => one.alike > 0 && one.alike + one.passedOver >= enough * entriesIn(one))
  if (clear !== undefined) return clear.chosen
  const likely = found.filter((one) => one.taken > 0 && one.malformed <= one.taken && isSaid(one, hasEnding))
  const [best] = likely.toSorted((a, b) => a.malformed / entriesIn(a) - b.malformed / entriesIn(b))
  return (best ?? found.find((one) => one.headings > 0 && one.passedOver === entriesIn(one)))?.chosen
}

/** A format that reads nearly everything is not recognised by being readable: the name of the file must say so. */
function isSaid({ chosen, taken, alike }: Evidence, hasEnding: (format: TraceFormat) => boolean): boolean {
  return alike === taken || hasEnding(traceFormats.get(chosen.name))
}

function entriesIn({ taken, passedOver, malformed }: Evidence): number {
  return taken + passedOver + malformed
}

/** A format without a word about its parameters; columns with every separator. */
function usual({ name, params }: TraceFormat): readonly Chosen[] {
  const values = Object.fromEntries(
    Object.entries(params).flatMap(([field, param]) => (param.default === undefined ? [] : [[field, param.default]])),
  )
  if (name !== 'csv') return [{ name, values }]
  const separators = params.separator?.facts?.words ?? []
  return separators.map((separator) => ({ name, values: { ...values, 'time-unit': 1000, separator } }))
}

function evidence(format: TraceFormat, chosen: Chosen, head: Uint8Array): Evidence {
  const reader = format.create(chosen.values)
  const record = new TraceRecord()
  const found = { chosen, taken: 0, alike: 0, passedOver: 0, headings: 0, malformed: 0 }
  for (const [from, to] of entriesOf(format, head)) {
    const verdict = reader.read(head, from, to, record)
    if (verdict === 'malformed') found.malformed++
    else if (verdict === 'passed over') {
      found.passedOver++
      if (to > from) found.headings++
    } else {
      found.taken++
      if (reader.resembles?.(head, from, to) !== false) found.alike++
    }
  }
  return found
}

/** The first whole entries; the last one too where the file is no longer than what is looked at. */
function entriesOf({ entry }: TraceFormat, head: Uint8Array): readonly (readonly [number, number])[] {
  const entries: (readonly [number, number])[] = []
  let from = entry === 'line' ? afterMark(head) : 0
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
