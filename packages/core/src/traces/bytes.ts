/** Texts in traces stay bytes: they are read faster than strings, and nothing here needs to know their alphabet. */

const zero = 48
const blank = 32
const tab = 9

/** The whole number written in decimal digits from `from` up to `to`; -1 where it is none, or larger than 2^53. */
export function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || to - from > 16) return -1
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - zero
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1
}

/** Where a text begins behind the mark that some editors and exports put before it: a byte order mark in UTF-8. */
export function afterMark(bytes: Uint8Array, from = 0, to = bytes.length): number {
  return to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf
    ? from + 3
    : from
}

/** Bytes as a text of one character each; longer ones are cut. For messages, and for what is known to be ASCII. */
export function asText(bytes: Uint8Array, from: number, to: number, longest = 4096): string {
  let text = ''
  const end = Math.min(to, from + longest)
  for (let at = from; at < end; at += 1024) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 1024)))
  }
  return text
}

/** What stands in a file, for a message: at most 60 characters, and nothing that moves a cursor. */
export function shown(bytes: Uint8Array, from: number, to: number): string {
  const text = asText(bytes, from, to, 60).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return to - from > 60 ? `${text}…` : text
}

const mostFields = 64

/** The fields of one line, as places in its bytes: cut again for every line, so that nothing is allocated. */
export class Fields {
  readonly starts = new Int32Array(mostFields)
  readonly ends = new Int32Array(mostFields)
  count = 0

  /** Cuts at runs of blanks and tabs. */
  splitAtBlanks(bytes: Uint8Array, from: number, to: number): number {
    this.count = 0
    let at = from
    for (;;) {
      while (at < to && isBlank(bytes[at] as number)) at++
      if (at === to || this.count === mostFields) return this.count
      this.starts[this.count] = at
      while (at < to && !isBlank(bytes[at] as number)) at++
      this.ends[this.count++] = at
    }
  }

  /** Cuts at every `separator`, except within double quotes; blanks around a field, and its quotes, are not part of it. */
  splitAt(separator: number, bytes: Uint8Array, from: number, to: number): number {
    this.count = 0
    let start = from
    let isQuoted = false
    for (let at = from; at <= to && this.count < mostFields; at++) {
      if (at < to && bytes[at] === quote) isQuoted = !isQuoted
      if (at < to && (isQuoted || bytes[at] !== separator)) continue
      this.add(bytes, start, at)
      start = at + 1
    }
    return this.count
  }

  private add(bytes: Uint8Array, start: number, end: number): void {
    let [from, to] = [start, end]
    while (from < to && isBlank(bytes[from] as number)) from++
    while (to > from && isBlank(bytes[to - 1] as number)) to--
    if (to - from >= 2 && bytes[from] === quote && bytes[to - 1] === quote) {
      from++
      to--
    }
    this.starts[this.count] = from
    this.ends[this.count++] = to
  }
}

const quote = 34

function isBlank(byte: number): boolean {
  return byte === blank || byte === tab
}
