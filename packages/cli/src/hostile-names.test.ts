import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../bin/loadpath.js', import.meta.url))
const isBuilt = existsSync(new URL('../dist/main.mjs', import.meta.url))

/** What must not reach a terminal or a log as it is: it would begin a line of its own, and move the cursor. */
const hostile = 'x\n::error::owned\u001b[31m'
const design = `loadpath: 1
name: a
traffic: { t: { rate: 10/s, requests: { page: { to: web } } } }
blocks: { web: { type: server, workers: 1, endpoints: { page: [{ compute: 1ms }] } } }
objectives: [page.p99 < 1s]
run: { for: 2s, repeat: 2 }
`
const folder = mkdtempSync(join(tmpdir(), 'loadpath-names-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = `${hostile}.loadpath.yaml`
writeFileSync(join(folder, file), design)
mkdirSync(join(folder, `many${hostile}`))
for (const name of ['a', hostile]) writeFileSync(join(folder, `many${hostile}`, `${name}.loadpath.yaml`), design)

test
  .skipIf(!isBuilt)
  .each([
    [['check', file]],
    [['check', file, '--fix']],
    [['check', `many${hostile}`]],
    [['review', file]],
    [['test', file]],
    [['simulate', file, '--html', `r${hostile}.html`]],
    [['simulate', file, '--variant', hostile]],
    [['simulate', file, '--seed', hostile]],
    [['simulate', file, `--${hostile}`]],
    [['claims', 'new', 'a-1', '--folder', hostile]],
    [['init', `new${hostile}`]],
    [['schema', hostile]],
    [[hostile]],
  ])('%j prints no name as it is', (args) => {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', GITHUB_ACTIONS: 'true' }
  const called = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: folder, env })
  expect(called.status).not.toBe(3)
  for (const text of [called.stdout, called.stderr]) {
    expect(text).not.toContain('\u001b')
    expect(text).not.toMatch(/^::error::owned/m)
  }
  expect(called.stdout + called.stderr).toContain('owned')
})
