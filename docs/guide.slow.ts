import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fence, guidePlace, runLine, trimmed } from '../packages/cli/src/measure/chapter.ts'

/** Chapters are followed word by word: every command runs, and what is shown is what came out of the one before. */
const guide = 'docs/guide'
const chapters = readdirSync(guide).filter((name) => name.endsWith('.md'))
const isBuilt = existsSync('packages/cli/dist/main.mjs')
const place = guidePlace('.', mkdtempSync(join(tmpdir(), 'loadpath-guide-')))

function follow(line: string): string {
  const { status, expected, stdout, stderr } = runLine(line, place)
  expect(status, `${line}\n${stderr}`).toBe(expected)
  return stdout
}

it('has seven chapters', () => {
  expect(chapters).toHaveLength(7)
})

it.each([
  ['1-first-design.md', 'shop'],
  ['7-guards-and-places.md', 'tickets'],
])('%s shows the design that it runs', (chapter, design) => {
  expect(readFileSync(join(guide, chapter), 'utf8')).toContain(readFileSync(`${guide}/${design}/loadpath.yaml`, 'utf8'))
})

describe.skipIf(!isBuilt)('every command of the guide (does not apply before a build)', () => {
  it.each(chapters)(
    '%s',
    (chapter) => {
      let output = ''
      let compared = 0
      for (const [, info, text = ''] of readFileSync(join(guide, chapter), 'utf8').matchAll(fence)) {
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
