/** One entry of a trace, filled by the reader of a format again and again. */
export class TraceRecord {
  /** The key as a whole number up to 2^53; -1 where it is the bytes from `keyFrom` up to `keyTo` of `bytes`. */
  key = -1
  bytes: Uint8Array = new Uint8Array(0)
  keyFrom = 0
  keyTo = 0
  /** So many requests for `key`, `key` + 1, … */
  count = 1
  /** NaN where it is not told. */
  sizeBytes = Number.NaN
  /** NaN where it is not told; only differences matter. */
  timeMs = Number.NaN
  /** `GET`; empty where there is none. */
  method = ''

  numbered(key: number): void {
    this.key = key
  }

  texted(bytes: Uint8Array, from: number, to: number): void {
    this.key = -1
    this.bytes = bytes
    this.keyFrom = from
    this.keyTo = to
  }
}

/** What a reader makes of a line or record. */
export type Verdict = 'taken' | 'passed over' | 'malformed'

/** A tebibyte: what is larger is no object, and sums of it would soon not be exact. */
const mostBytes = 2 ** 40

/** Whether a number can be the size of an object, in bytes. */
export function isSize(bytes: number): boolean {
  return Number.isInteger(bytes) && bytes >= 0 && bytes <= mostBytes
}
