import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allEntries } from '@loadpath/core/explain'
import { withPolicyTable } from './policy-table.ts'
import { callProblems } from './problem-kinds.ts'
import { referencePages } from './reference-pages.ts'

/** Writes `docs/reference`, where pages that are no longer made are removed, and the table in the README of the core. */
const folder = 'docs/reference'
const readmePath = 'packages/core/README.md'
const entries = allEntries(callProblems)
const pages = referencePages(entries)
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name))
for (const [name, text] of pages) writeFileSync(join(folder, name), text)
writeFileSync(readmePath, withPolicyTable(readFileSync(readmePath, 'utf8'), entries))
process.stdout.write(`${pages.size} pages in ${folder}, and the policies in ${readmePath}\n`)
