import type { Definition } from '../../support/definition.ts'
import type { Params, Values } from '../../support/params.ts'
import type { TraceRecord, Verdict } from '../record.ts'

/** Reads the entries of a trace one after another. */
export interface RecordReader {
  /** Reads the entry in `bytes` from `from` up to `to`; what it says nothing of keeps the value that says so. */
  read(bytes: Uint8Array, from: number, to: number, into: TraceRecord): Verdict
  /** Whether an entry of an unknown file speaks for this format, where to be readable does not say enough. */
  resembles?(bytes: Uint8Array, from: number, to: number): boolean
}

/** How a recorded trace is written down. */
export interface TraceFormat<P extends Params = Params> extends Definition<P> {
  /** Ends of the names of its files, without that of a compression. */
  readonly endings: readonly string[]
  /** Where an entry ends: with its line, or after so many bytes. */
  readonly entry: 'line' | number
  /** What an entry is, for messages. */
  readonly expected: string
  create(values: Values<P>): RecordReader
}

export function traceFormat<P extends Params>(definition: TraceFormat<P>): TraceFormat<P> {
  return definition
}
