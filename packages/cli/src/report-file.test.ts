import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportFile } from './report-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadpath-report-'))

test('a report replaces the one before, and leaves nothing else behind', () => {
  const path = join(folder, 'out.html')
  writeFileSync(path, 'old')
  reportFile(path).write('new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['out.html'])
})

test.each([
  ['-', 'a report is written to a file'],
  [folder, 'the report cannot be written: it is a folder'],
  ['/dev/null', 'the report cannot be written: it is not a file'],
  [join(folder, 'nowhere', 'out.html'), 'the report cannot be written: its folder does not exist'],
  [join(folder, 'out.html', 'x.html'), 'the report cannot be written: its folder does not exist'],
])('%s is refused before anything is run', (path, message) => {
  writeFileSync(join(folder, 'out.html'), 'a file is no folder')
  expect(() => reportFile(path)).toThrow(message)
})

test('a folder that has gone meanwhile is our user’s problem and not our fault', () => {
  const gone = join(folder, 'gone')
  mkdirSync(gone)
  const file = reportFile(join(gone, 'out.html'))
  rmSync(gone, { recursive: true })
  expect(() => file.write('late')).toThrow('the report cannot be written: its folder does not exist')
})
