import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

/** Chapters are followed word by word: every command runs, and what is shown is what came out of the one before. */
const guide = 'docs/guide'
const chapters = readdirSync(guide).filter((name) => name.endsWith('.md'))
const isBuilt = existsSync('packages/cli/dist/main.mjs')
const folder = mkdtempSync(join(tmpdir(), 'loadpath-guide-'))
const bin = join(folder, 'bin')

interface Fence {
  readonly info: string
  readonly text: string
}

function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({ info, text }))
}

/** One command as a shell runs it, and the exit code that the page promises: 0 unless it says otherwise. */
function follow(line: string): string {
  const expected = Number(/# exits with (\d+)$/.exec(line)?.[1] ?? 0)
  const { FORCE_COLOR: _, GITHUB_ACTIONS: _ci, ...env } = process.env
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line.replaceAll('npx loadpath', bin)], {
    cwd: folder,
    env: { ...env, NO_COLOR: '1', COLUMNS: '100' },
    encoding: 'utf8',
  })
  expect(status, `${line}\n${stderr}`).toBe(expected)
  return stdout
}

const trimmed = (text: string) => text.replace(/[ ]+$/gm, '').trim()

beforeAll(() => {
  for (const needed of ['docs/guide/shop', 'docs/guide/replay', 'docs/guide/album', 'validation/traces']) {
    cpSync(needed, join(folder, needed), { recursive: true })
  }
  const program = resolve('packages/cli/bin/loadpath.js')
  writeFileSync(bin, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 })
})

it('has six chapters', () => {
  expect(chapters).toHaveLength(6)
})

it('shows the design that it runs', () => {
  const [first = ''] = chapters
  expect(readFileSync(join(guide, first), 'utf8')).toContain(readFileSync(`${guide}/shop/loadpath.yaml`, 'utf8'))
})

describe.skipIf(!isBuilt)('every command of the guide (does not apply before a build)', () => {
  it.each(chapters)(
    '%s',
    (chapter) => {
      let output = ''
      let compared = 0
      for (const { info, text } of fencesOf(readFileSync(join(guide, chapter), 'utf8'))) {
        if (info === 'sh') output = trimmed(text.trim().split('\n').map(follow).join(''))
        if (info !== 'text') continue
        expect(output).toContain(trimmed(text))
        compared++
      }
      expect(compared).toBeGreaterThan(0)
    },
    120_000,
  )
})
