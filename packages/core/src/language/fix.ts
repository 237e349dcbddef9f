import type { Rewrite } from '../support/params/reading.ts'
import { lineStarts } from './1-parse/lines.ts'
import type { Catalogue } from './catalogue.ts'
import { type ReadOptions, readDesign } from './read-design.ts'

export interface Fixed {
  readonly text: string
  readonly rewrites: readonly Rewrite[]
}

/** A path of a variant is seen to hold an older word only when the design holds the new one. */
const mostPasses = 5

/** Replaces older words by the ones in use, each where it stands: comments and layout are not touched. */
export function fixDesign(text: string, catalogue: Catalogue, options: ReadOptions = {}): Fixed {
  let fixed: Fixed = { text, rewrites: [] }
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = fixOnce(fixed.text, catalogue, options)
    if (next.rewrites.length === 0) break
    fixed = { text: next.text, rewrites: [...fixed.rewrites, ...next.rewrites] }
  }
  return fixed
}

function fixOnce(text: string, catalogue: Catalogue, options: ReadOptions): Fixed {
  const { rewrites } = readDesign(text, catalogue, options)
  const starts = lineStarts(text)
  const edits = new Map<number, Rewrite>()
  for (const rewrite of rewrites) {
    const offset = offsetOf(rewrite, text, starts, options.file)
    if (offset !== undefined) edits.set(offset, rewrite)
  }
  let fixed = text
  const fromTheEnd = [...edits].sort(([a], [b]) => b - a)
  for (const [offset, { from, to }] of fromTheEnd) {
    fixed = fixed.slice(0, offset) + to + fixed.slice(offset + from.length)
  }
  return { text: fixed, rewrites: fromTheEnd.map(([, rewrite]) => rewrite).reverse() }
}

/** Where the old word stands; undefined for a default, a setting from outside, or a word in quotes with escapes. */
function offsetOf(
  { place, from }: Rewrite,
  text: string,
  starts: readonly number[],
  file?: string,
): number | undefined {
  const start = place.line === undefined ? undefined : starts[place.line - 1]
  if (start === undefined || place.column === undefined || place.file !== file) return undefined
  const offset = start + place.column - 1
  // A word in quotes stands one letter further on.
  return [offset, offset + 1].find((at) => text.startsWith(from, at))
}
