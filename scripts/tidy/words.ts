import { basename } from 'node:path/posix'
import ts from 'typescript'
import { isTest, type RepositoryFile } from './repository.ts'
import { lineOf, type Source, walk } from './source.ts'

const ownElementary = 'from support/elementary.ts: the last bits of Math differ between engines'

/** Ambient time, randomness and inexact arithmetic, with what to use instead. */
const bannedMembers: Readonly<Record<string, string>> = {
  'Math.random': 'a Stream or KeyedRandom of the simulation',
  'Date.now': 'agenda.nowMs, or a time handed in',
  'performance.now': 'agenda.nowMs, or a time handed in',
  'Math.log': `ln ${ownElementary}`,
  'Math.exp': `exp ${ownElementary}`,
  'Math.pow': `pow ${ownElementary}`,
  ...Object.fromEntries(
    ['log2', 'log10', 'log1p', 'expm1', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh']
      .concat(['asinh', 'acosh', 'atanh', 'cbrt', 'hypot'])
      .map((name) => [`Math.${name}`, `something built on ln, exp and pow ${ownElementary}`]),
  ),
}

const bannedCalls: Readonly<Record<string, string>> = {
  setTimeout: 'agenda.after or a Lane',
  setInterval: 'agenda.after or a Lane',
  setImmediate: 'agenda.after or a Lane',
  queueMicrotask: 'agenda.after or a Lane',
}

/** Powers of whole numbers that every engine gets right, where the exponent is not written out. */
const exactPowers = new Set(['packages/core/src/support/units.ts'])

/** Names that core must not use outside its tests. */
export function bannedNames(sources: readonly Source[]): string[] {
  const inCore = sources.filter(({ path }) => path.startsWith('packages/core/src/') && !isTest(path))
  return inCore.flatMap(({ path, tree }) => {
    const found: string[] = []
    walk(tree, (node) => {
      const why = bannedHere(path, node)
      if (why !== undefined) found.push(`${path}:${lineOf(tree, node.getStart())} ${why}`)
    })
    return found
  })
}

function bannedHere(path: string, node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.getText()
    return Object.hasOwn(bannedMembers, member) ? `uses ${member}; use ${bannedMembers[member]}` : undefined
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') return 'uses Date; use a time handed in'
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const name = node.expression.text
    return Object.hasOwn(bannedCalls, name) ? `uses ${name}; use ${bannedCalls[name]}` : undefined
  }
  if (!isPower(node)) return undefined
  if (exactPowers.has(path) || /^-?\d+$/.test(node.right.getText())) return undefined
  return `uses **; use pow ${ownElementary}`
}

function isPower(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false
  const operator = node.operatorToken.kind
  return operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken
}

const emptyNames: Readonly<Record<string, string>> = {
  utils: 'the idea that it holds',
  util: 'the idea that it holds',
  helpers: 'the idea that it holds',
  helper: 'the idea that it holds',
  misc: 'one file for each idea',
  common: 'support/<the idea>, once two folders need it',
  manager: 'what it does: a pool, a ledger, an agenda',
  base: 'a contract (an interface) and plain functions',
}

/** Files and folders whose name says nothing of what is in them. */
export function emptyFileNames(paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    path
      .split('/')
      .flatMap((part) =>
        part
          .replace(/([a-z])([A-Z])/g, '$1-$2')
          .toLowerCase()
          .split(/[-._]/),
      )
      .filter((word) => Object.hasOwn(emptyNames, word))
      .filter(() => basename(path) !== 'tsconfig.base.json')
      .map((word) => `${path}: "${word}" says nothing; name it after ${emptyNames[word]}`),
  )
}

/** Files that speak of what they forbid. */
const speaksOfThem = /^(scripts\/tidy\/|tidy\.test\.ts$)/

/** Reminders to oneself. */
export function reminders(files: readonly RepositoryFile[]): string[] {
  const written = files.filter(({ path }) => !speaksOfThem.test(path) && !path.endsWith('package-lock.json'))
  return written.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => {
      const word = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(?:ignore|nocheck)/.exec(line)?.[0]
      return word === undefined ? [] : [`${path}:${i + 1} "${word}": do it now, or write it down where work is planned`]
    }),
  )
}

/** Traces of debugging: printing, breakpoints, a test that runs alone. */
export function leftovers(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, tree }) => {
    const found: string[] = []
    walk(tree, (node) => {
      const word = leftoverHere(node)
      if (word !== undefined) found.push(`${path}:${lineOf(tree, node.getStart())} ${word} was left behind`)
    })
    return found
  })
}

function leftoverHere(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.DebuggerStatement) return 'debugger'
  if (!ts.isPropertyAccessExpression(node)) return undefined
  const text = node.getText()
  if (/^console\.\w+$/.test(text)) return text
  return /^(it|test|describe|bench)(\.\w+)*\.only$/.test(text) ? text : undefined
}
