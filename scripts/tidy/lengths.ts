import ts from 'typescript'
import { isTest } from './repository.ts'
import { lineOf, type Source, walk } from './source.ts'

/** Known giants, with their present length: it may only shrink. Names are `path` or `path#function`. */
export type Ratchet = Readonly<Record<string, number>>

interface Measured {
  readonly name: string
  readonly lines: number
}

/** Functions of more than `limit` lines. Tests are lists of cases and have no limit. */
export function functionLengths(sources: readonly Source[], limit: number, ratchet: Ratchet): string[] {
  return held(
    sources.filter(({ path }) => !isTest(path)).flatMap((source) => functionsOf(source)),
    limit,
    ratchet,
  )
}

/** Files of more than `limit` lines of source: blank lines and comments are not counted. */
export function fileLengths(sources: readonly Source[], limit: number, ratchet: Ratchet): string[] {
  return held(
    sources.map((source) => ({ name: source.path, lines: sourceLines(source) })),
    limit,
    ratchet,
  )
}

function held(measured: readonly Measured[], limit: number, ratchet: Ratchet): string[] {
  const lines = new Map(measured.map((one) => [one.name, one.lines]))
  const grown = measured
    .filter((one) => one.lines > (ratchet[one.name] ?? limit))
    .map((one) => `${one.name} has ${one.lines} lines; at most ${ratchet[one.name] ?? limit}: take a part of it out`)
  const shrunk = Object.entries(ratchet).flatMap(([name, recorded]) => {
    const now = lines.get(name) ?? 0
    if (now <= limit) return [`${name} keeps the limit of ${limit} now: strike it from the list of giants`]
    return now < recorded ? [`${name} has shrunk to ${now} lines: lower its entry from ${recorded}`] : []
  })
  return [...grown, ...shrunk]
}

function functionsOf({ path, tree }: Source): Measured[] {
  const found: Measured[] = []
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return
    const lines = lineOf(tree, node.getEnd()) - lineOf(tree, node.getStart()) + 1
    found.push({ name: `${path}#${nameOf(node)}`, lines })
  })
  return found
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  const named = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
  return named ? parent.name.getText() : 'anonymous'
}

/** Lines on which a token begins or ends, or a text of several lines goes on. */
function sourceLines({ text, tree }: Source): number {
  const lines = new Set<number>()
  const add = (node: ts.Node) => {
    const children = node.getChildren(tree)
    if (children.length > 0) children.filter((child) => !ts.isJSDoc(child)).forEach(add)
    else if (node.getWidth(tree) > 0) {
      const last = lineOf(tree, node.getEnd())
      for (let line = lineOf(tree, node.getStart(tree)); line <= last; line++) lines.add(line)
    }
  }
  add(tree)
  const written = text.split('\n')
  return [...lines].filter((line) => written[line - 1]?.trim() !== '').length
}
