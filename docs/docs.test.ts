import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { withPolicyTable } from '../packages/cli/src/policy-table.ts'
import { callProblems } from '../packages/cli/src/problem-kinds.ts'
import { referencePages } from '../packages/cli/src/reference-pages.ts'
import { evictions } from '../packages/core/src/blocks/cache/eviction/index.ts'
import { allEntries } from '../packages/core/src/explain/explain.ts'
import { catalogue, printProblem, readDesign } from '../packages/core/src/index.ts'
import { designSnippets } from '../scripts/tidy/markdown.ts'
import { repositoryFiles } from '../scripts/tidy/repository.ts'

const readme = readFileSync('README.md', 'utf8')
const launcher = 'packages/cli/bin/loadpath.js'

describe('every design in the documentation', () => {
  const snippets = designSnippets(repositoryFiles('.'))
  it('is found', () => expect(snippets.length).toBeGreaterThan(0))
  test.each(snippets)('$path:$line checks clean', ({ text }) => {
    const { problems } = readDesign(text, catalogue)
    expect(problems.map((problem) => printProblem(problem, text))).toEqual([])
  })
})

describe('the reference', () => {
  const entries = allEntries(callProblems)
  const pages = referencePages(entries)

  it('is as the definitions are: `npm run docs:reference` writes it', () => {
    const folder = 'docs/reference'
    const found = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
    expect([...found.keys()].sort()).toEqual([...pages.keys()].sort())
    for (const [name, text] of pages) expect(found.get(name) === text, name).toBe(true)
  })

  it('gives the README of the core its table of policies: `npm run docs:reference` writes it', () => {
    const core = readFileSync('packages/core/README.md', 'utf8')
    for (const { name } of evictions.members) expect(withPolicyTable(core, entries)).toContain(`\n| \`${name}\` | `)
    expect(withPolicyTable(core, entries) === core).toBe(true)
  })
})

describe('the README', () => {
  it('shows the design that it runs', () => {
    expect(readme).toContain(readFileSync('designs/hello/loadpath.yaml', 'utf8').trim())
  })

  it.skipIf(!existsSync('packages/cli/dist/main.mjs'))(
    'shows the answer that comes out (does not apply before a build)',
    () => {
      const env = { ...process.env, COLUMNS: '100', NO_COLOR: '1' }
      const { stdout } = spawnSync(process.execPath, [launcher, 'simulate', 'designs/hello'], { env, encoding: 'utf8' })
      const shown = stdout.slice(0, stdout.indexOf('\nBlocks\n')).trim()
      expect(readme).toContain(shown)
      expect(shown).toContain('Response time')
    },
    60_000,
  )
})
