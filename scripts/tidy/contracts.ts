import { basename, dirname } from 'node:path/posix'
import type { Source } from './source.ts'

/** Families whose members no suite holds to what each of them promises. */
export function familiesWithoutContract(sources: readonly Pick<Source, 'path' | 'text'>[]): string[] {
  const suites = new Map(
    sources.filter(({ path }) => basename(path) === 'contract.test.ts').map(({ path, text }) => [dirname(path), text]),
  )
  return sources.filter(isFamily).flatMap(({ path }) => {
    const folder = dirname(path)
    const suite = suites.get(folder)
    if (suite === undefined) {
      return [`${path} has no contract.test.ts beside it, which tries every member`]
    }
    return suite.includes('.members') || suite.includes('.names')
      ? []
      : [`${folder}/contract.test.ts does not try every member of the family: take them from its registry`]
  })
}

/** Families that the table of families in CONTRIBUTING does not name: `folder/` for an index, the file for any other registry. */
export function familiesWithoutRow(sources: readonly Pick<Source, 'path' | 'text'>[], contributing: string): string[] {
  const named = [...contributing.matchAll(/`([^`\s]+)`/g)].flatMap((match) => expanded(match[1] ?? ''))
  return sources.filter(isFamily).flatMap(({ path }) => {
    const inSource = path.slice('packages/core/src/'.length)
    const row = basename(path) === 'index.ts' ? `${dirname(inSource)}/` : inSource
    return named.includes(row) || named.includes(inSource)
      ? []
      : [`CONTRIBUTING.md has no row for the family in ${path}: add \`${row}\` to its table`]
  })
}

/** `a/{b,c}/` names `a/b/` and `a/c/`. */
function expanded(name: string): readonly string[] {
  const [, before, words, after] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? []
  return words === undefined ? [name] : words.split(',').map((word) => `${before}${word}${after}`)
}

/** A file of core that makes the registry of a family of definitions. */
function isFamily({ path, text }: Pick<Source, 'path' | 'text'>): boolean {
  return /^packages\/core\/src\/.*\/(index|measures)\.ts$/.test(path) && /= registry(<[^(]*>)?\(/.test(text)
}
