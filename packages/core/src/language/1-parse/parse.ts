import { type Document, parseDocument, type YAMLError } from 'yaml'
import type { Node } from '../../support/params/node.ts'
import type { Place, Problem } from '../../support/problem.ts'
import { convertDocument } from './convert.ts'
import { findTooDeep, longestText } from './limits.ts'
import { lineAndColumn, lineStarts } from './lines.ts'

export interface Parsed {
  /** Undefined if the text could not be read at all. */
  readonly root: Node | undefined
  readonly problems: readonly Problem[]
}

/** Of a text that is not YAML at all, only the first mistakes mean anything. */
const mostSyntaxProblems = 20

/** Reads the text of a design into a tree in which everything knows where it stands. */
export function parseText(text: string, file?: string): Parsed {
  const failed = (code: string, message: string, place: Place): Parsed => ({
    root: undefined,
    problems: [{ code, severity: 'error', message, path: place.path, place }],
  })
  const start: Place = { path: '', line: 1, column: 1, length: 1, ...(file === undefined ? {} : { file }) }
  if (text.length > longestText) return failed('too-large', 'the design is larger than 1 MiB', start)
  const tooDeep = findTooDeep(text)
  if (tooDeep !== undefined)
    return failed('too-deep', 'the nesting is deeper than 50 levels', lineOf(text, tooDeep, start))
  // Counted here: the counter of the library misses lines in texts that are not well-formed.
  const starts = lineStarts(text)
  const placeOf = (offset: number, end: number = offset + 1): Place => ({
    path: '',
    ...lineAndColumn(starts, Math.min(Math.max(0, offset), text.length)),
    length: Math.max(1, end - offset),
    ...(file === undefined ? {} : { file }),
  })
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  })
  const syntax = document.errors.slice(0, mostSyntaxProblems).map((error) => syntaxProblem(error, placeOf))
  if (syntax.length > 0) return { root: undefined, problems: syntax }
  return convertDocument(document as Document.Parsed, placeOf, start)
}

function lineOf(text: string, offset: number, start: Place): Place {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { ...start, line, column: offset - before.lastIndexOf('\n') }
}

function syntaxProblem(error: YAMLError, placeOf: (offset: number, end?: number) => Place): Problem {
  const place = placeOf(error.pos[0], error.pos[1])
  const problem = (code: string, message: string, hint?: string): Problem => ({
    code,
    severity: 'error',
    message,
    path: '',
    place,
    ...(hint === undefined ? {} : { hint }),
  })
  if (error.code === 'RESOURCE_EXHAUSTION') return problem('too-deep', 'the nesting is deeper than 50 levels')
  if (error.code === 'MULTIPLE_DOCS') {
    return problem(
      'yaml-feature-refused',
      'the file contains several YAML documents',
      'remove the line `---` and what follows it',
    )
  }
  const message = error.message.split('\n')[0] ?? ''
  return problem('yaml-syntax', `malformed YAML: ${message.slice(0, 200)}`, syntaxHint(error.code))
}

function syntaxHint(code: string): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces'
  if (code === 'BLOCK_AS_IMPLICIT_KEY')
    return 'quote a text with a colon; put an inner mapping into `{ }` or on a line of its own'
  if (code === 'BAD_INDENT') return 'align it with the lines above'
  if (code === 'MULTILINE_IMPLICIT_KEY') return 'look for a missing colon, or a missing space after a colon'
  if (code === 'MISSING_CHAR') return 'look for a quote or bracket that is never closed'
  return undefined
}
