import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Item, Report } from './item.ts'

interface Entry {
  readonly key: string
  readonly report: Report
}

/** What was measured already by this build, so that a passage that was interrupted goes on where it ended. */
export class Journal {
  private readonly path: string
  private readonly build: string
  private readonly reports: ReadonlyMap<string, Report>

  /** @param dist the folder of the built command, whose bytes tell one build from another. */
  constructor(root: string, dist: string) {
    this.path = join(root, 'node_modules/.cache/loadpath-measure.jsonl')
    this.build = hashOf(
      readdirSync(dist)
        .filter((name) => name.endsWith('.mjs'))
        .sort()
        .map((name) => readFileSync(join(dist, name))),
    )
    const lines = existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n') : []
    const entries = lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Entry)
    this.reports = new Map(entries.map(({ key, report }) => [key, report]))
  }

  /** What was found of an item, if nothing that it depends on or that was written has changed since. */
  find(item: Item): Report | undefined {
    return this.reports.get(this.keyOf(item))
  }

  /** To be called when the files of the item have been written. */
  add(item: Item, report: Report): void {
    mkdirSync(dirname(this.path), { recursive: true })
    const entry: Entry = { key: this.keyOf(item), report }
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`)
  }

  private keyOf({ kind, name, path }: Item): string {
    return `${this.build} ${kind} ${name} ${hashOf(filesBelow(path).map((file) => readFileSync(file)))}`
  }
}

function filesBelow(path: string): readonly string[] {
  if (path.endsWith('.md')) return [path]
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 16)
}
