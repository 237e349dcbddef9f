import { Collector, type CollectorOptions } from './collector.ts'
import { TraceReading } from './reading.ts'

/** Texts as bytes, a character each. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** Reads a whole trace, in pieces of so many bytes. */
export function readWhole(
  format: string,
  bytes: Uint8Array,
  options: CollectorOptions & { readonly values?: Readonly<Record<string, unknown>>; readonly piece?: number } = {},
) {
  const { values = {}, piece = bytes.length || 1, ...others } = options
  const collector = new Collector(others)
  const reading = new TraceReading({ name: format, values }, collector.take)
  for (let from = 0; from < bytes.length; from += piece) reading.push(bytes.subarray(from, from + piece))
  reading.end()
  return { collector, reading }
}
