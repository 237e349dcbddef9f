import { setImmediate } from 'node:timers/promises'
import { type Chosen, headBytes, mostKeys, recognise, TraceReading, traceFormats } from '@loadpath/core/traces'
import { mistake } from '../mistakes.ts'
import { count } from '../print/number.ts'
import { plural } from '../print/page.ts'
import type { Material } from './material.ts'
import { tooEarly } from './nothing.ts'
import type { TraceFile } from './pieces.ts'

export interface ReadTraceOptions {
  readonly format: Chosen | undefined
  readonly isOver: () => boolean
  /** What ended it early, where `isOver`; Ctrl-C if absent. */
  readonly cause?: () => string
  readonly onRead: (bytes: number) => void
}

/** So much is read between two looks at Ctrl-C: each few bytes of it may be 65,536 requests. */
const sliceBytes = 8192
/** Fewer requests than these are read without such a look. */
const fewRequests = 1_000_000

type Take = Material['collector']['take']

export interface TraceRead {
  readonly reading: TraceReading
  readonly format: Chosen
  readonly isWhole: boolean
}

/** Reads a trace to its end, or to Ctrl-C, into `materials`; throws `Mistakes` where it is no trace. */
export async function readTrace(
  file: TraceFile,
  materials: readonly Material[],
  { format: given, isOver, cause = () => 'Ctrl-C', onRead }: ReadTraceOptions,
): Promise<TraceRead> {
  let format = given
  let reading: TraceReading | undefined
  let head: Uint8Array = new Uint8Array(0)
  const begin = (): TraceReading => {
    format ??= recognise(file.bareName, head.subarray(0, headBytes)) ?? unknown(file, head, isOver() ? cause() : null)
    return new TraceReading(format, takeAll(materials))
  }
  const look = (begun: TraceReading): void => {
    for (const material of materials) material.countNew()
    if (begun.isHopeless) throw wrongFormat(file, begun)
    if (materials.some(({ collector }) => collector.keys.isFull)) throw tooManyKeys(file)
  }
  for await (const piece of file.pieces(onRead, isOver)) {
    if (isOver()) break
    if (reading === undefined) {
      head = Buffer.concat([head, piece])
      if (head.length < headBytes) continue
    }
    const fresh = reading === undefined ? head : piece
    reading ??= begin()
    await push(reading, fresh, materials, { look, isOver })
    await setImmediate()
  }
  if (reading === undefined) {
    reading = begin()
    await push(reading, head, materials, { look, isOver })
  }
  const isWhole = !isOver()
  if (isWhole) reading.end()
  look(reading)
  if (reading.isMostlyMalformed) throw wrongFormat(file, reading)
  return { reading, format: format as Chosen, isWhole }
}

function takeAll(materials: readonly Material[]): Take {
  const [first, ...others] = materials.map(({ collector }) => collector.take) as [Take, ...Take[]]
  if (others.length === 0) return first
  return (record) => {
    first(record)
    for (const take of others) take(record)
  }
}

/** Reads some bytes, and lets Ctrl-C be heard in between where they stand for many requests. */
async function push(
  reading: TraceReading,
  bytes: Uint8Array,
  [material]: readonly Material[],
  { look, isOver }: { look: (reading: TraceReading) => void; isOver: () => boolean },
): Promise<void> {
  const seen = () => material?.collector.seen ?? 0
  let heard = seen()
  for (let from = 0; from < bytes.length && !isOver(); from += sliceBytes) {
    reading.push(bytes.subarray(from, from + sliceBytes))
    look(reading)
    if (seen() - heard < fewRequests) continue
    heard = seen()
    await setImmediate()
  }
}

function unknown(file: TraceFile, head: Uint8Array, endedBy: string | null): never {
  if (head.length === 0 && endedBy !== null) throw tooEarly(file.name, endedBy)
  const hint = 'name another file'
  if (head.length === 0) throw mistake('empty-trace', 'the file is empty', hint, file.name)
  if (head.every((byte) => byte === 10 || byte === 13)) {
    throw mistake('empty-trace', 'the file has no request: it begins with empty lines only', hint, file.name)
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    const command = `iconv -f UTF-16 -t UTF-8 | loadpath trace -`
    throw mistake(
      'unknown-trace-format',
      'the text is UTF-16, not UTF-8',
      `convert it in a pipe: \`${command}\``,
      file.name,
    )
  }
  throw mistake(
    'unknown-trace-format',
    'no trace format matches the first lines',
    `name the format with \`--format\`: ${traceFormats.names.join(', ')}; for columns, \`--format '{ type: csv, key: 2 }'\``,
    file.name,
  )
}

function wrongFormat(file: TraceFile, reading: TraceReading): Error {
  const [first] = reading.examples
  const { name, expected } = reading.format
  const what = reading.entryName
  const all = plural(reading.entries, what, count(reading.entries))
  const many = `${count(reading.malformed)} of the first ${all} ${reading.malformed === 1 ? 'is' : 'are'} not`
  const most = reading.entries === 1 ? `its only ${what} is not` : many
  return mistake(
    'wrong-trace-format',
    `${most} in the format \`${name}\`; ${what} ${first?.entry} is \`${first?.found}\`, expected ${expected}`,
    `name the format with \`--format\`: ${traceFormats.names.join(', ')}`,
    file.name,
  )
}

function tooManyKeys(file: TraceFile): Error {
  const hint = 'take a sample of the keys: `--sample 0.01`'
  const millions = Math.floor(mostKeys / 1e6)
  return mistake(
    'trace-too-long',
    `the trace has more than ${millions} million keys, or 1 GiB of keys`,
    hint,
    file.name,
  )
}
