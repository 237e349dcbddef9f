import { type TraceFormat, traceFormat } from './format.ts'

/** Keys above this are not exact as numbers, and stay bytes. */
const mostHigh = 0x200000

/**
 * A trace of nothing but keys, each a whole number of 32 or 64 bits without a sign. Any file of the right length could be one,
 * so that only its name or its author says that it is.
 */
export function binaryIntegers(bits: 32 | 64, order: 'low' | 'high', aliases: readonly string[]): TraceFormat {
  const entry = bits / 8
  const name = `int${bits}${order === 'low' ? '' : '-be'}`
  const ends =
    order === 'low' ? 'least significant byte first (little-endian)' : 'most significant byte first (big-endian)'
  return traceFormat({
    name,
    title: `Binary integers of ${bits} bits, ${order === 'low' ? 'little-endian' : 'big-endian'}`,
    summary: `One key per request: an unsigned integer of ${bits} bits, ${ends}, without separators.`,
    goodFor: 'large traces written by a program: keys only, no parsing',
    costs: 'no times, sizes or methods; the format cannot be recognized, so name it',
    aliases,
    params: {},
    endings: [`.${name}`, ...aliases.map((alias) => `.${alias}`)],
    entry,
    expected: `an integer of ${bits} bits`,
    create() {
      const word = order === 'low' ? wordFromLow : wordFromHigh
      return {
        read(bytes, from, to, into) {
          if (to - from < entry) return 'malformed'
          if (bits === 32) {
            into.numbered(word(bytes, from))
            return 'taken'
          }
          const [first, second] = [word(bytes, from), word(bytes, from + 4)]
          const [high, low] = order === 'low' ? [second, first] : [first, second]
          if (high < mostHigh) into.numbered(high * 4_294_967_296 + low)
          else into.texted(bytes, from, from + 8)
          return 'taken'
        },
        resembles: () => false,
      }
    },
  })
}

function wordFromLow(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  )
}

function wordFromHigh(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)) >>>
    0
  )
}
