import ts from 'typescript'
import type { RepositoryFile } from './repository.ts'

export interface Import {
  readonly specifier: string
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

/** A file of TypeScript, parsed once for all checks. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
  readonly imports: readonly Import[]
}

export function parse(file: RepositoryFile): Source {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true)
  return { path: file.path, text: file.text, tree, imports: importsOf(tree) }
}

export function parseAll(files: readonly RepositoryFile[]): Source[] {
  return files.filter(({ path }) => path.endsWith('.ts')).map(parse)
}

/** Calls `see` for every node of a file, parents first. */
export function walk(tree: ts.Node, see: (node: ts.Node) => void): void {
  see(tree)
  ts.forEachChild(tree, (child) => walk(child, see))
}

export function lineOf(tree: ts.SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line + 1
}

function importsOf(tree: ts.SourceFile): Import[] {
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    imports.push({ specifier: specifier.text, typeOnly, line: lineOf(tree, specifier.getStart()) })
  }
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node))
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
  })
  return imports
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const bindings = clause.namedBindings
  if (clause.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return false
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly)
}

function isTypeExport(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true
  const clause = node.exportClause
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.every((element) => element.isTypeOnly)
}
