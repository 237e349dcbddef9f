import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allEntries } from '@loadpath/core/explain'
import { callProblems } from './problem-kinds.ts'
import { referencePages } from './reference-pages.ts'

/** Writes the reference into the folder named, `docs/reference` without one; pages that are no longer made are removed. */
const folder = process.argv[2] ?? 'docs/reference'
const pages = referencePages(allEntries(callProblems))
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name))
for (const [name, text] of pages) writeFileSync(join(folder, name), text)
process.stdout.write(`${pages.size} pages in ${folder}\n`)
