import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { caseName } from '../case-folder.ts'
import { readRecord } from './record.ts'

/** What can be measured again: a folder with a verdict, or pages that show what a command prints. */
export interface Item {
  readonly kind: 'claim' | 'design' | 'case' | 'page'
  /** Name on the command line: that of the folder or the page. */
  readonly name: string
  /** A folder, or the path of a page. */
  readonly path: string
}

/** One objective or expectation and the outcome of it, in words. */
export interface Row {
  readonly text: string
  readonly verdict: string
  readonly measured: string
}

/** What measuring an item gave. Plain data: it crosses processes. */
export interface Report {
  /** Not measured, because its fingerprint is the one recorded. */
  readonly isAsRecorded?: true
  readonly cpuSeconds: number
  /** What was measured now, and what was recorded before. */
  readonly rows: readonly Row[]
  readonly before: readonly Row[]
  /** What no longer holds, a sentence each. */
  readonly broken: readonly string[]
  /** What a person should look at. */
  readonly look: readonly string[]
  /** Files as they ought to be now, by path. */
  readonly files: Readonly<Record<string, string>>
}

/** Everything that can be measured, below a folder that holds a checkout. */
export function itemsIn(root: string): readonly Item[] {
  const folders = (parent: string, kind: Item['kind'], has: string): readonly Item[] =>
    readdirSync(join(root, parent))
      .filter((name) => existsSync(join(root, parent, name, has)))
      .sort()
      .map((name) => ({ kind, name, path: join(root, parent, name) }))
  const page = (name: string, path: string): Item => ({ kind: 'page', name, path: join(root, path) })
  return [
    page('guide', 'docs/guide'),
    page('atlas', 'claims/ATLAS.md'),
    page('readme', 'README.md'),
    page('readme-of-core', 'packages/core/README.md'),
    ...folders('claims', 'claim', 'loadpath.yaml'),
    ...folders('designs', 'design', 'plot.svg'),
    ...folders('validation', 'case', caseName),
  ]
}

/** What took longest the last time comes first; what was never measured before that. */
export function longestFirst(items: readonly Item[]): readonly Item[] {
  const seconds = new Map(items.map((item) => [item, readRecord(item.path)?.cpuSeconds ?? Number.POSITIVE_INFINITY]))
  const of = (item: Item) => seconds.get(item) as number
  return [...items].sort((a, b) => (of(a) === of(b) ? 0 : of(b) - of(a)))
}

/** Items that a word names: by kind, or by the beginning of the name. All without words; throws where a word names none. */
export function chosenItems(items: readonly Item[], words: readonly string[]): readonly Item[] {
  const isNamed = ({ kind, name }: Item, word: string) => `${kind}s` === word || name.startsWith(word)
  const wanted = words.map((word) => word.toLowerCase())
  const unknown = wanted.find((word) => !items.some((item) => isNamed(item, word)))
  if (unknown !== undefined)
    throw new Error(`nothing to measure begins with "${unknown}"; try claims, designs, cases or pages`)
  return wanted.length === 0 ? items : items.filter((item) => wanted.some((word) => isNamed(item, word)))
}
