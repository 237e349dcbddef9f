import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Mistakes } from './mistakes.ts'
import { reportFile, writeReports } from './report-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadpath-report-'))

test('a report replaces the one before, and leaves nothing else behind', () => {
  const path = join(folder, 'out.html')
  writeFileSync(path, 'old')
  reportFile(path).write('new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['out.html'])
})

test.each([
  ['-', 'a report needs a file name, not `-`'],
  [folder, 'cannot write the report: it is a folder'],
  ['/dev/null', 'cannot write the report: it is not a regular file'],
  [join(folder, 'nowhere', 'out.html'), 'cannot write the report: its folder does not exist'],
  [join(folder, 'out.html', 'x.html'), 'cannot write the report: its folder does not exist'],
])('%s is refused before anything is run', (path, message) => {
  writeFileSync(join(folder, 'out.html'), 'a file is no folder')
  expect(() => reportFile(path)).toThrow(message)
})

test('a report never overwrites an input file, under any name', () => {
  const home = mkdtempSync(join(folder, 'inputs-'))
  const at = (name: string) => join(home, name)
  writeFileSync(at('trace.lis'), 'dear')
  mkdirSync(at('sub'))
  symlinkSync(at('trace.lis'), at('link.lis'))
  symlinkSync(home, at('sub/home'))
  linkSync(at('trace.lis'), at('hard.lis'))
  const refused = 'cannot write the report: the same command reads it'
  for (const name of ['trace.lis', 'link.lis', 'hard.lis', 'sub/../trace.lis', 'sub/home/trace.lis']) {
    expect(() => reportFile(join(home, name), { inputs: [at('trace.lis')] })).toThrow(refused)
    expect(() => reportFile(at('trace.lis'), { inputs: ['-', join(home, name)] })).toThrow(refused)
  }
  reportFile(at('other.lis'), { inputs: [at('trace.lis'), at('none.lis')] }).write('new')
  expect([readFileSync(at('trace.lis'), 'utf8'), readFileSync(at('other.lis'), 'utf8')]).toEqual(['dear', 'new'])
})

test('two reports do not go to one place, be it there or not', () => {
  const home = mkdtempSync(join(folder, 'two-'))
  const svg = reportFile(join(home, 'a.svg'))
  const refused = 'cannot write the report: another report is written to it'
  expect(() => reportFile(join(home, '.', 'a.svg'), { others: [null, svg] })).toThrow(refused)
  svg.write('one')
  expect(() => reportFile(join(home, 'a.svg'), { others: [svg] })).toThrow(refused)
  expect(reportFile(join(home, 'b.svg'), { others: [svg] }).path).toBe(join(home, 'b.svg'))
})

test('a link stays a link, and leads to the new report, which the same people may read', () => {
  const home = mkdtempSync(join(folder, 'link-'))
  mkdirSync(join(home, 'far'))
  writeFileSync(join(home, 'far', 'real.html'), 'old', { mode: 0o600 })
  symlinkSync(join('far', 'real.html'), join(home, 'out.html'))
  reportFile(join(home, 'out.html')).write('new')
  expect(lstatSync(join(home, 'out.html')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(home, 'far', 'real.html'), 'utf8')).toBe('new')
  expect(lstatSync(join(home, 'far', 'real.html')).mode & 0o777).toBe(0o600)
  expect([readdirSync(home), readdirSync(join(home, 'far'))]).toEqual([['far', 'out.html'], ['real.html']])
})

test('where one report cannot be written, the others are, and each is notified of', () => {
  const home = mkdtempSync(join(folder, 'some-'))
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const good = reportFile(join(home, 'good.html'))
  let said = ''
  const stderr = { write: (text: string) => (said += text) }
  const gone = join(home, 'gone')
  mkdirSync(gone)
  const bad = reportFile(join(gone, 'bad.svg'))
  rmSync(gone, { recursive: true })
  const write = () =>
    writeReports(stderr, [
      { file: bad, name: 'curve', text: () => 'b' },
      { file: good, name: 'page', text: () => 'g' },
    ])
  expect(write).toThrow(Mistakes)
  expect([said, readFileSync(good.path, 'utf8')]).toEqual([`The page is in ${good.path}\n`, 'g'])
  const ours = () => writeReports(stderr, [{ file: good, name: 'page', text: () => raise(full) }])
  expect(ours).toThrow(full)
})

function raise(error: Error): never {
  throw error
}

test('a folder removed during the run is a mistake, not an internal error', () => {
  const gone = join(folder, 'gone')
  mkdirSync(gone)
  const file = reportFile(join(gone, 'out.html'))
  rmSync(gone, { recursive: true })
  expect(() => file.write('late')).toThrow('cannot write the report: its folder does not exist')
})

test('a link that leads to no file yet stays a link, and its file is written', () => {
  const place = mkdtempSync(join(tmpdir(), 'loadpath-links-'))
  symlinkSync('later.html', join(place, 'dangling.html'))
  reportFile(join(place, 'dangling.html')).write('report')
  expect(lstatSync(join(place, 'dangling.html')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(place, 'later.html'), 'utf8')).toBe('report')
  symlinkSync('absent/later.html', join(place, 'nowhere.html'))
  expect(() => reportFile(join(place, 'nowhere.html'))).toThrow('its folder does not exist')
})
