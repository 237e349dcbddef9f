import { setImmediate } from 'node:timers/promises'
import { type Chosen, headBytes, mostKeys, recognise, TraceReading, traceFormats } from '@loadpath/core/traces'
import { mistake } from '../mistakes.ts'
import type { Material } from './material.ts'
import type { TraceFile } from './pieces.ts'

export interface ReadTraceOptions {
  readonly format: Chosen | undefined
  readonly isOver: () => boolean
  readonly onRead: (bytes: number) => void
  /** Called whenever there is something new in the materials. */
  readonly onNew?: () => void
}

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
  { format: given, isOver, onRead, onNew = () => {} }: ReadTraceOptions,
): Promise<TraceRead> {
  let isWhole = true
  let reading: TraceReading | undefined
  let format = given
  let head: Uint8Array = new Uint8Array(0)
  const begin = (): TraceReading => {
    format ??= recognise(file.bareName, head.subarray(0, headBytes)) ?? unknown(file, head)
    const [first, ...others] = materials.map(({ collector }) => collector.take) as [Take, ...Take[]]
    const takeAll: Take = (record) => {
      first(record)
      for (const take of others) take(record)
    }
    const begun = new TraceReading(format, others.length === 0 ? first : takeAll)
    begun.push(head)
    return begun
  }
  const look = (begun: TraceReading): void => {
    for (const material of materials) material.countNew()
    onNew()
    if (begun.isHopeless) throw wrongFormat(file, begun)
    if (materials.some(({ collector }) => collector.keys.isFull)) throw tooManyKeys(file)
  }
  for await (const piece of file.pieces(onRead)) {
    if (isOver()) {
      isWhole = false
      break
    }
    if (reading === undefined) {
      head = Buffer.concat([head, piece])
      if (head.length < headBytes) continue
      reading = begin()
    } else reading.push(piece)
    look(reading)
    await setImmediate()
  }
  if (isOver()) isWhole = false
  reading ??= begin()
  if (isWhole) reading.end()
  look(reading)
  if (reading.isMostlyMalformed) throw wrongFormat(file, reading)
  return { reading, format: format as Chosen, isWhole }
}

function unknown(file: TraceFile, head: Uint8Array): never {
  if (head.length === 0) throw mistake('empty-trace', 'there is nothing in this file', 'name another one', file.name)
  throw mistake(
    'unknown-trace-format',
    'no format known here can read the beginning of this file',
    `say which it is: \`--format\` and one of ${traceFormats.names.join(', ')}; of columns, which is the key: \`--format '{ type: csv, key: 2 }'\``,
    file.name,
  )
}

function wrongFormat(file: TraceFile, reading: TraceReading): Error {
  const [first] = reading.examples
  const { name, expected, entry } = reading.format
  const what = entry === 'line' ? 'lines' : 'records'
  return mistake(
    'wrong-trace-format',
    `${reading.malformed} of the first ${reading.entries} ${what} are not of the format \`${name}\`; ${entry === 'line' ? 'line' : 'record'} ${first?.entry} should be ${expected}, and is \`${first?.found}\``,
    `say which format it is: \`--format\` and one of ${traceFormats.names.join(', ')}`,
    file.name,
  )
}

function tooManyKeys(file: TraceFile): Error {
  const hint = 'take a sample of them: `--sample 0.01`'
  const millions = Math.floor(mostKeys / 1e6)
  return mistake(
    'trace-too-long',
    `this trace has more than ${millions} million keys, or texts of 1 GiB`,
    hint,
    file.name,
  )
}
