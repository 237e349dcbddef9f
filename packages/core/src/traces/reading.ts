import type { Chosen } from '../support/params.ts'
import { afterMark, shown } from './bytes.ts'
import type { RecordReader, TraceFormat } from './formats/format.ts'
import { traceFormats } from './formats/index.ts'
import { TraceRecord } from './record.ts'

/** A longer line is no entry of any trace; it is counted as malformed and passed over in pieces. */
const longestLine = 65_536
const tooLong = ' (longer than 64 KiB)'
const mostExamples = 5
/** So many entries are looked at before a file is given up. */
const fewest = 1000

/** An entry that could not be read. */
export interface Malformed {
  /** Line of the file, or number of its record, from 1. */
  readonly entry: number
  readonly found: string
}

const newline = 10
const carriageReturn = 13

/** Reads a trace piece by piece: pieces may end anywhere. What it reads it hands on in a record that is used again. */
export class TraceReading {
  /** Entries that were read, that say nothing (headings, empty lines), and that could not be read. */
  taken = 0
  passedOver = 0
  malformed = 0
  /** The first of those that could not be read. */
  readonly examples: Malformed[] = []
  readonly format: TraceFormat
  private readonly reader: RecordReader
  private readonly take: (record: TraceRecord) => void
  private readonly record = new TraceRecord()
  private rest = new Uint8Array(0)
  private isTooLong = false

  constructor(format: Chosen, take: (record: TraceRecord) => void) {
    this.format = traceFormats.get(format.name)
    this.reader = this.format.create(format.values)
    this.take = take
  }

  /** Entries so far. */
  get entries(): number {
    return this.taken + this.passedOver + this.malformed
  }

  /** What an entry is called. */
  get entryName(): 'line' | 'record' {
    return this.format.entry === 'line' ? 'line' : 'record'
  }

  /** Whether most of it could not be read, so that this is a file of another kind. */
  get isHopeless(): boolean {
    return this.entries >= fewest && this.isMostlyMalformed
  }

  get isMostlyMalformed(): boolean {
    return this.malformed > this.taken
  }

  push(piece: Uint8Array): void {
    const { entry } = this.format
    if (entry === 'line') this.pushLines(piece)
    else this.pushRecords(piece, entry)
  }

  /** What stands after the last end of a line is an entry too. */
  end(): void {
    const { rest } = this
    if (rest.length > 0 && this.format.entry === 'line') this.readLine(rest, 0, rest.length)
    else if (rest.length > 0) this.read(rest, 0, rest.length)
    this.rest = this.rest.subarray(0, 0)
  }

  private pushLines(piece: Uint8Array): void {
    let from = 0
    if (this.rest.length > 0 || this.isTooLong) {
      const end = piece.indexOf(newline)
      this.lengthen(end < 0 ? piece : piece.subarray(0, end))
      if (end < 0) return
      if (!this.isTooLong) this.readLine(this.rest, 0, this.rest.length)
      this.isTooLong = false
      this.rest = this.rest.subarray(0, 0)
      from = end + 1
    }
    for (let end = piece.indexOf(newline, from); end >= 0; end = piece.indexOf(newline, from)) {
      this.readLine(piece, from, end)
      from = end + 1
    }
    this.lengthen(piece.subarray(from))
  }

  private lengthen(piece: Uint8Array): void {
    if (this.isTooLong) return
    const length = this.rest.length + piece.length
    if (length <= longestLine) {
      this.rest = joined(this.rest, piece)
      return
    }
    this.isTooLong = true
    this.refuse(this.rest.length > 0 ? this.rest : piece, 0, longestLine, tooLong)
    this.rest = this.rest.subarray(0, 0)
  }

  private readLine(bytes: Uint8Array, start: number, to: number): void {
    const from = this.entries === 0 ? afterMark(bytes, start, to) : start
    if (to - from > longestLine) this.refuse(bytes, from, to, tooLong)
    else this.read(bytes, from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to)
  }

  private pushRecords(piece: Uint8Array, length: number): void {
    const bytes = this.rest.length > 0 ? joined(this.rest, piece) : piece
    let from = 0
    for (; from + length <= bytes.length; from += length) this.read(bytes, from, from + length)
    this.rest = bytes.slice(from)
  }

  private read(bytes: Uint8Array, from: number, to: number): void {
    const { record } = this
    record.count = 1
    record.sizeBytes = Number.NaN
    record.timeMs = Number.NaN
    record.method = ''
    const verdict = this.reader.read(bytes, from, to, record)
    if (verdict === 'malformed') this.refuse(bytes, from, to)
    else if (verdict === 'passed over') this.passedOver++
    else {
      this.taken++
      this.take(record)
    }
  }

  private refuse(bytes: Uint8Array, from: number, to: number, why = ''): void {
    this.malformed++
    if (this.examples.length < mostExamples) {
      this.examples.push({ entry: this.entries, found: shown(bytes, from, Math.min(to, bytes.length)) + why })
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
