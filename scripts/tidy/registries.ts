import { basename, dirname } from 'node:path/posix'
import ts from 'typescript'
import { resolved } from './imports.ts'
import { isTest } from './repository.ts'
import type { Source } from './source.ts'

/** Definitions that stand in the folder of a family and are missing from its registry, or bear another name than their file. */
export function registries(sources: readonly Source[]): string[] {
  return sources.filter(isRegistry).flatMap((index) => {
    const folder = dirname(index.path)
    const imported = new Set(index.imports.map(({ specifier }) => resolved(index.path, specifier)))
    const members = sources.filter((source) => belongsTo(folder, source.path) && definedNames(source).length > 0)
    return [
      ...members
        .filter(({ path }) => !imported.has(path))
        .map(({ path }) => `${index.path} does not import ${path}: add it to the registry`),
      ...members.flatMap((member) => misnamed(member)),
    ]
  })
}

function isRegistry({ path, text }: Source): boolean {
  return basename(path) === 'index.ts' && /\bregistry(<[^(]*>)?\(/.test(text)
}

/** A sibling of the registry, or the file of a folder beside it that bears the folder's name (`cache/cache.ts`). */
function belongsTo(folder: string, path: string): boolean {
  if (isTest(path) || basename(path) === 'index.ts') return false
  const own = dirname(path)
  return own === folder || (dirname(own) === folder && basename(path) === `${basename(own)}.ts`)
}

function misnamed(member: Source): string[] {
  const expected = basename(member.path, '.ts')
  const names = definedNames(member)
  return names.includes(expected)
    ? []
    : [`${member.path} defines "${names.join('", "')}": one idea, one file, one name`]
}

/** The names of the definitions that a file exports: constants made of an object with `name`, `title` and `summary`. */
function definedNames({ tree }: Source): string[] {
  return tree.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return []
    if (!statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return []
    return statement.declarationList.declarations.flatMap(({ initializer }) => nameIn(initializer) ?? [])
  })
}

function nameIn(expression: ts.Expression | undefined): string | undefined {
  if (expression === undefined) return undefined
  if (ts.isCallExpression(expression)) return nameIn(expression.arguments[0])
  if (ts.isSatisfiesExpression(expression) || ts.isAsExpression(expression)) return nameIn(expression.expression)
  if (!ts.isObjectLiteralExpression(expression)) return undefined
  const field = (word: string) =>
    expression.properties.find(
      (property): property is ts.PropertyAssignment =>
        ts.isPropertyAssignment(property) && property.name.getText() === word,
    )?.initializer
  const name = field('name')
  const isDefinition = field('title') !== undefined && field('summary') !== undefined
  return isDefinition && name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined
}
