import { wrap } from './width.ts'

export type Paint = (text: string) => string

/** The colours that a report uses, by what they say. Each returns its text unchanged where there are no colours. */
export interface Colours {
  readonly heading: Paint
  readonly quiet: Paint
  readonly strong: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly doubtful: Paint
}

/** What a section is printed on. */
export interface Page {
  readonly width: number
  readonly colours: Colours
}

const same: Paint = (text) => text

export const plain: Colours = { heading: same, quiet: same, strong: same, good: same, bad: same, doubtful: same }

/** Prose stays readable on a wide terminal. */
const widestProse = 100

/** A heading, and what stands below it; nothing if that is nothing. */
export function section(title: string, lines: readonly string[], page: Page): string[] {
  return lines.length === 0 ? [] : [page.colours.heading(title), ...lines]
}

/** Sentences, broken to the page. */
export function prose(text: string, page: Page, options: { indent?: number; paint?: Paint } = {}): string[] {
  const { indent = 2, paint = same } = options
  const margin = ' '.repeat(indent)
  return wrap(text, Math.min(page.width, widestProse) - indent).map((line) => margin + paint(line))
}

/** That what is printed is the answer so far, and why; nothing if it is complete. */
export function cutShort(stopped: string | null, page: Page): string[] {
  if (stopped === null) return []
  const text = `Ended early: ${stopped}. This is the answer so far.`
  return prose(text, page, { indent: 0, paint: page.colours.doubtful })
}

/** The same as a last line of its own. */
export function endedEarly(ended: { readonly reason: string } | null, page: Page): string {
  return cutShort(ended?.reason ?? null, page)
    .map((line) => `\n${line}\n`)
    .join('')
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `1 world`, `2 worlds`, `3 misses`, `4 entries`. */
export function plural(n: number, word: string, text: string = String(n)): string {
  if (n === 1) return `${text} ${word}`
  const several = /[^aeiou]y$/.test(word)
    ? `${word.slice(0, -1)}ies`
    : /(?:s|x|ch|sh)$/.test(word)
      ? `${word}es`
      : `${word}s`
  return `${text} ${several}`
}

/** Texts that come from a design must not move the cursor or change colours. */
export function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (/\s/.test(character) ? ' ' : '\ufffd'))
}
