import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDesignText, readerWithin } from './design-file.ts'
import { Mistakes } from './mistakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadpath-files-'))
const at = (...names: string[]) => join(folder, ...names)
const codeOf = (argument: string): string | undefined => {
  try {
    readDesignText(argument)
    return undefined
  } catch (error) {
    return error instanceof Mistakes ? error.problems[0]?.code : String(error)
  }
}
for (const name of ['one', 'two', 'none', 'one/sub']) mkdirSync(at(name))
writeFileSync(at('one', 'loadpath.yaml'), 'loadpath: 1\n')
writeFileSync(at('two', 'a.loadpath.yaml'), '')
writeFileSync(at('two', 'b.loadpath.yaml'), '')
writeFileSync(at('secret.txt'), 'secret')
writeFileSync(at('one', 'sub', 'data.txt'), 'data')
symlinkSync(at('secret.txt'), at('one', 'link.txt'))
symlinkSync(folder, at('one', 'up'))

test('a folder stands for the one design in it', () => {
  expect(readDesignText(at('one'))).toMatchObject({ file: at('one', 'loadpath.yaml'), text: 'loadpath: 1\n' })
  expect(codeOf(at('two'))).toBe('several-designs')
  expect(codeOf(at('none'))).toBe('no-design')
  expect(codeOf(at('missing.yaml'))).toBe('no-design')
})

test('a file of more than 1 MiB is not read', () => {
  writeFileSync(at('exactly.yaml'), 'x'.repeat(1024 * 1024))
  writeFileSync(at('large.yaml'), 'x'.repeat(1024 * 1024 + 1))
  expect(codeOf(at('exactly.yaml'))).toBe(undefined)
  expect(codeOf(at('large.yaml'))).toBe('too-large')
})

test('files are read only in the folder of the design, wherever links lead', () => {
  const read = readerWithin(at('one'))
  expect(read('sub/data.txt')).toBe('data')
  expect(read('./sub/../sub/data.txt')).toBe('data')
  for (const path of ['../secret.txt', 'link.txt', 'up/secret.txt', at('secret.txt'), 'sub', '', 'absent', 'a\0b']) {
    expect(read(path), path).toBe(undefined)
  }
})

test('a folder named like a design is not a design', () => {
  mkdirSync(at('odd', 'loadpath.yaml'), { recursive: true })
  expect(() => readDesignText(at('odd'))).toThrow('it is a folder, not a file')
})

test('a design that is a link out of its folder is not read', () => {
  symlinkSync(at('secret.txt'), at('one', 'out.yaml'))
  symlinkSync(at('one', 'loadpath.yaml'), at('one', 'within.yaml'))
  expect(codeOf(at('one', 'out.yaml'))).toBe('unreadable-design')
  expect(codeOf(at('one', 'within.yaml'))).toBe(undefined)
})

test('a link that leads back to itself, or nowhere, is a mistake', () => {
  for (const name of ['round', 'nowhere']) mkdirSync(at(name))
  symlinkSync('loadpath.yaml', at('round', 'loadpath.yaml'))
  symlinkSync('absent.yaml', at('nowhere', 'loadpath.yaml'))
  expect(codeOf(at('round'))).toBe('unreadable-design')
  expect(codeOf(at('nowhere'))).toBe('no-design')
})

test.skipIf(process.platform === 'win32')('a named pipe is read once it has a writer', () => {
  const pipe = at('pipe.yaml')
  execFileSync('mkfifo', [pipe])
  spawn('sh', ['-c', `sleep 0.2; { printf 'loadpath: 1\n'; sleep 0.2; printf 'name: late\n'; } > '${pipe}'`])
  expect(readDesignText(pipe).text).toBe('loadpath: 1\nname: late\n')
})

test('bytes that are not UTF-8 are a mistake with its place', () => {
  const bytes = Buffer.concat([Buffer.from('loadpath: 1\nname: é'), Buffer.from([0xe9]), Buffer.from('\n')])
  writeFileSync(at('latin.yaml'), bytes)
  expect(() => readDesignText(at('latin.yaml'))).toThrow('line 2, column 8 is not UTF-8')
  writeFileSync(at('replaced.yaml'), 'name: \ufffd é 🙂\n')
  expect(readDesignText(at('replaced.yaml')).text).toBe('name: \ufffd é 🙂\n')
})
