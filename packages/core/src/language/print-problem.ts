import type { Place } from '../support/problem.ts'

/** The parts of a message that a terminal may colour. */
export type Style = Severity | 'place' | 'code' | 'caret' | 'label'

type Severity = 'error' | 'warning' | 'note' | 'accepted'

/** What can be said of a place in a design: a problem, a finding of a review. */
export interface Told {
  readonly severity: Severity
  /** Of a problem its code, of a finding its rule. */
  readonly code: string
  readonly message: string
  readonly place: Place
  readonly expected?: string
  readonly found?: string
  readonly why?: string
  readonly hint?: string
}

/** Longest piece of a line that is shown. */
const longestFrame = 110

/** One problem as people read it: where, what, the line with a caret, what was expected and found, and the remedy. */
export function printProblem(
  problem: Told,
  source?: string,
  paint: (style: Style, text: string) => string = (_style, text) => text,
): string {
  const { severity, code, message, place } = problem
  const where = placeName(place)
  const head = `${where === '' ? '' : `${paint('place', where)}: `}${paint(severity, severity)}: ${paint('code', code)}: ${safe(message)}`
  const label = (name: string, text: string | undefined) =>
    text === undefined ? [] : [`  ${paint('label', `${name}:`)} ${safe(text)}`]
  return [
    head,
    ...frame(place, source, paint),
    ...label('expected', problem.expected),
    ...label('found', problem.found),
    ...label('why', problem.why),
    ...label('help', problem.hint),
  ].join('\n')
}

function placeName({ file, line, column, path }: Place): string {
  if (line === undefined) return safe([file, path].filter((part) => part !== undefined && part !== '').join(': '))
  return safe(`${file ?? 'design'}:${line}:${column ?? 1}`)
}

function frame(
  place: Place,
  source: string | undefined,
  paint: (style: Style, text: string) => string,
): readonly string[] {
  const { line, column = 1, length = 1 } = place
  const text = line === undefined || source === undefined ? undefined : lineAt(source, line)
  if (line === undefined || text === undefined) return []
  const start = Math.max(0, column - longestFrame / 2)
  const shown = safe(text.slice(start, start + longestFrame))
  const marked = Math.max(1, Math.min(length, shown.length - (column - 1 - start)))
  const margin = ' '.repeat(String(line).length)
  const caret = `${' '.repeat(column - 1 - start)}${paint('caret', '^'.repeat(marked))}`
  return [`  ${margin} |`, `  ${line} | ${shown}`, `  ${margin} | ${caret}`]
}

/** The line of this number, from 1; undefined where the text has fewer. */
function lineAt(text: string, line: number): string | undefined {
  let start = 0
  for (let before = 1; before < line; before++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return undefined
  }
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? text.length : end)
}

/** What stands in a file must not move the cursor or change the colours of a terminal. */
function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === '\t' ? ' ' : '\ufffd'))
}
