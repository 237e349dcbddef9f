import type { Rewrite } from '../support/params/reading.ts'
import type { Place } from '../support/problem.ts'
import { lineStarts } from './1-parse/lines.ts'
import { mostVariants } from './2-check/check.ts'
import type { Catalogue } from './catalogue.ts'
import { type ReadOptions, type ReadResult, readDesign } from './read-design.ts'
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
  const read = readDesign(text, catalogue, options)
  const starts = lineStarts(text)
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const edits = read.rewrites.flatMap((rewrite) => {
    const edit = editOf(rewrite, text, starts, options.file)
    if (edit === undefined) return []
    const to = edit.to.replace(/\r?\n/g, lineEnd)
    return [{ ...edit, to, place: rewrite.place, isForm: 'before' in rewrite }]
  })
  const all = withoutOverlaps(edits)
  const words = all.filter(({ isForm }) => !isForm)
  // Only what can be compared before and after is written in another form.
  const forms = read.design === undefined ? [] : all.filter(({ isForm }) => isForm)
  const chosen = [...words, ...sameDesign(text, forms, { read, catalogue, options })]
  const ordered = chosen.toSorted((a, b) => a.start - b.start)
  return {
    text: applied(text, ordered),
    rewrites: ordered.map(({ start, end, to, place }) => ({ place, from: text.slice(start, end), to })),
  }
}

function applied(text: string, ordered: readonly Edit[]): string {
  return ordered.reduceRight((fixed, { start, end, to }) => fixed.slice(0, start) + to + fixed.slice(end), text)
}

interface Reader {
  readonly read: ReadResult
  readonly catalogue: Catalogue
  readonly options: ReadOptions
}

/** More edits than this are tried all at once only. */
const mostTriedAlone = 200

/** Those edits that leave the design and all its variants as they are: an anchor, or the path of a variant, may depend on the form. */
function sameDesign<E extends Edit>(text: string, edits: readonly E[], reader: Reader): readonly E[] {
  if (edits.length === 0) return edits
  const isSame = (some: readonly E[]) => isSameDesign(text, applied(text, some), reader)
  if (isSame(edits)) return edits
  const alone = edits.length > mostTriedAlone ? [] : edits.filter((edit) => isSame([edit]))
  return isSame(alone) ? alone : []
}

function isSameDesign(text: string, fixed: string, { read, catalogue, options }: Reader): boolean {
  const variants = read.design?.variants.slice(0, mostVariants) ?? []
  return [undefined, ...variants].every((variant) => {
    const own = variant === undefined ? options : { ...options, variant }
    const [before, after] = [text, fixed].map((one) => meaningOf(readDesign(one, catalogue, own)))
    return before === after
  })
}

/** All that a design says, without the paths of its fields. */
function meaningOf({ design }: ReadResult): string {
  return JSON.stringify(design ?? null, (key, value) => (key === 'path' || key === 'assumptions' ? undefined : value))
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
