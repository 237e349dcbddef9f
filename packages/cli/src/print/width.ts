const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours
const colours = /\u001b\[[0-9;]*m/g
const wide =
  /^(?:\p{Emoji_Presentation}|.\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}])/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u

/** A space at which no line is broken: between a number and its unit. It is printed as an ordinary one. */
export const tie = '\u00a0'

/** The columns that a text takes in a terminal; colours take none. */
export function displayWidth(text: string): number {
  const plain = text.replace(colours, '')
  if (/^[\x20-\x7e\u00a0-\u02ff\u2010-\u2027]*$/.test(plain)) return plain.length
  let width = 0
  for (const { segment } of graphemes.segment(plain)) width += invisible.test(segment) ? 0 : wide.test(segment) ? 2 : 1
  return width
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** Breaks a text at spaces, and a word that is longer than a line wherever it must be. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)))
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const extended = line === '' ? word : `${line} ${word}`
    if (word.length <= longestWord && displayWidth(extended) <= width) {
      line = extended
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

/** A word of more signs is cut: nobody reads it to its end. A sign is rarely of more than a few letters. */
const longestWord = 2000
const lettersOfSign = 8

function breakWord(word: string, width: number): string[] {
  if (word.length <= width && displayWidth(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  let taken = 0
  let signs = 0
  // All of a very long word would take seconds to tell into signs.
  for (const { segment } of graphemes.segment(word.slice(0, longestWord * lettersOfSign))) {
    if (++signs > longestWord) return [...pieces, `${piece}…`]
    const own = displayWidth(segment)
    if (piece !== '' && taken + own > width) {
      pieces.push(piece)
      piece = ''
      taken = 0
    }
    piece += segment
    taken += own
  }
  return [...pieces, word.length > longestWord * lettersOfSign ? `${piece}…` : piece]
}
