import type { Rewrite } from '../support/params/reading.ts'
import type { Place } from '../support/problem.ts'
import { lineStarts } from './1-parse/lines.ts'
import type { Catalogue } from './catalogue.ts'
import { type ReadOptions, readDesign } from './read-design.ts'
import { type Edit, rewrittenForm } from './rewritten-form.ts'

/** A part of a text that was replaced. */
export interface Replaced {
  readonly place: Place
  readonly from: string
  readonly to: string
}

export interface Fixed {
  readonly text: string
  readonly rewrites: readonly Replaced[]
}

/**
 * A path of a variant is seen to hold an older word only when the design holds the new one, and a form within another only
 * when that one is rewritten: as often as mappings may be nested.
 */
const mostPasses = 50

/** Replaces older words and forms by those in use, each where it stands: comments and layout stay. */
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
  const edits = rewrites.flatMap((rewrite) => {
    const edit = editOf(rewrite, text, starts, options.file)
    return edit === undefined ? [] : [{ ...edit, place: rewrite.place }]
  })
  const chosen = withoutOverlaps(edits)
  let fixed = text
  for (const { start, end, to } of chosen.toReversed()) fixed = fixed.slice(0, start) + to + fixed.slice(end)
  return {
    text: fixed,
    rewrites: chosen.map(({ start, end, to, place }) => ({ place, from: text.slice(start, end), to })),
  }
}

/** The outermost edits, in the order of the text; those within them come in the next pass. */
function withoutOverlaps<E extends Edit>(edits: readonly E[]): readonly E[] {
  const chosen: E[] = []
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = chosen.at(-1)
    if (last === undefined || edit.start >= last.end) chosen.push(edit)
  }
  return chosen
}

/** What a rewrite changes in the text; undefined for what does not stand there: a default, a setting from outside. */
function editOf(rewrite: Rewrite, text: string, starts: readonly number[], file?: string): Edit | undefined {
  if (rewrite.place.file !== file) return undefined
  if ('before' in rewrite) return rewrittenForm(rewrite, text)
  const { place, from, to } = rewrite
  const lineStart = place.line === undefined ? undefined : starts[place.line - 1]
  if (lineStart === undefined || place.column === undefined) return undefined
  const offset = lineStart + place.column - 1
  // A word in quotes stands one letter further on.
  const start = [offset, offset + 1].find((at) => text.startsWith(from, at))
  return start === undefined ? undefined : { start, end: start + from.length, to }
}
