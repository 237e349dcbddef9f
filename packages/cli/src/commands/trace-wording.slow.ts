import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { TraceCacheAnswer } from '../traces/answer.ts'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadpath-trace-wording-'))

function trace(input: string, args: readonly string[] = [], columns = 100) {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: String(columns) }
  const line = [program, 'trace', '-', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, line, { encoding: 'utf8', env, input, cwd: folder })
  return { status, stdout, stderr }
}

const json = (input: string, args: readonly string[]) =>
  JSON.parse(trace(input, [...args, '--json']).stdout) as TraceCacheAnswer
const numbered = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => `${line(i)}\n`).join('')
const refused = (message: string, help: string) => ({
  status: 2,
  stdout: '',
  stderr: `<stdin>: error: ${message}\n  help: ${help}\n`,
})

/** A thousand keys, ten times each. */
const thousand = numbered(10_000, (i) => `k${(i * 7) % 1000}`)

describe.skipIf(!existsSync(built))('loadpath trace (does not apply before a build)', () => {
  it('a trace of one request is described in the singular', () => {
    expect(trace('key\na\n').stdout).toBe(`<stdin>, format csv
  requests        1
  distinct keys   1
  requested once  1 key, 100 % of the keys
  concentration   half of the requests are for 1 key (100 %), nine tenths for 1 (100 %)

Hit ratio
  cache      lru
  1 entry  0.0 %

Findings
  The hit ratio is at most 0.0 %: the first request for each key is a miss.
`)
  })

  it('replays sizes and policies once that are named twice, in whichever way', () => {
    const sizes = ['100', '0.1k', '50', '100'].flatMap((size) => ['--capacity', size])
    const policies = ['lru', '{ type: lru }', 'fifo', 'lru']
    const args = [...sizes, ...policies.flatMap((policy) => ['--policy', policy])]
    const { sizes: found, policies: kept } = json(thousand, args)
    expect(found.map(({ capacity }) => capacity.amount)).toEqual([50, 100])
    expect(kept.map(({ written }) => written)).toEqual(['lru', 'fifo'])
  })

  it('sizes that print alike get more digits, and are whole bytes', () => {
    const sized = `key,size\n${numbered(100, (i) => `k${i % 10},1000`)}`
    const args = ['5000.4B', '5001B', '5000B'].flatMap((size) => ['--capacity', size])
    expect(json(sized, args).sizes.map(({ capacity }) => capacity)).toEqual([
      { unit: 'bytes', amount: 5000 },
      { unit: 'bytes', amount: 5001 },
    ])
    expect(trace(sized, args).stdout).toMatch(
      /Hit ratio\n {2}cache {6}lru\n {2}5,000 B {2}0\.0 %\n {2}5,001 B {2}0\.0 %\n/,
    )
  })

  it('a log without usable requests has a reason', () => {
    const log = (method: string) => `h - - [10/Oct/2000:13:55:36 -0700] "${method} /a HTTP/1.0" 200 5\n`
    const help =
      'name a trace with GET or HEAD requests; if these only read, extract their keys and use `--format keys`'
    expect(trace(log('POST') + log('PUT') + log('POST'))).toEqual(
      refused('nothing-to-cache: all 3 requests change data (POST and PUT); caches answer only reads', help),
    )
    expect(trace(log('DELETE'))).toEqual(
      refused('nothing-to-cache: its only request changes data (DELETE); caches answer only reads', help),
    )
    expect(trace(log('GET') + log('POST')).stdout).toContain('1 request that does more than read is left out.')
    expect(trace('time,key,size\n')).toEqual(
      refused('empty-trace: the file has no request: its only line is a heading or empty', 'name another file'),
    )
    expect(trace('', ['--format', 'lis'])).toEqual(refused('empty-trace: the file is empty', 'name another file'))
  })

  it('counts entries where all sizes are 0, and says so', () => {
    const zeros = `key,size\n${numbered(50, (i) => `k${i % 5},0`)}`
    const { status, stdout } = trace(zeros)
    expect(status).toBe(0)
    expect(stdout).toContain('\n  Every object has a size of 0 bytes, so capacities count entries.\n')
    expect(stdout).toMatch(/1 entry +0\.0 %\n {2}2 entries +0\.0 %\n {2}5 entries +90\.0 %\n/)
    expect(trace(zeros, ['--capacity', '1KiB'])).toEqual(
      refused(
        'no-sizes: every object of the trace has a size of 0 bytes',
        'give capacities in entries, such as `--capacity 1000`, or name another column as the size',
      ),
    )
  })

  it('estimates nothing from a sample that holds next to nothing', () => {
    expect(trace(thousand, ['--sample', '0.0001'])).toEqual(
      refused(
        'sample-too-small: a sample of 0.01 % of the keys has no key, fewer than 10',
        'increase or omit `--sample`: the trace has 10,000 requests',
      ),
    )
    expect(trace(thousand, ['--sample', '0.1', '--capacity', '9', '--capacity', '3'])).toEqual(
      refused(
        'sample-too-small: with a sample of 10 %, every requested cache is below one entry',
        'request at least 10 entries, or increase `--sample`',
      ),
    )
  })

  it('shows the sizes that a sample stands for, and a dash for those that it cannot', () => {
    const args = ['--sample', '0.1', '--policy', 'lru', '--policy', 'fifo']
    const sizes = ['4', '26', '34', '500'].flatMap((size) => ['--capacity', size])
    const { stdout } = trace(thousand, [...args, ...sizes])
    expect(stdout).toMatch(/Hit ratio\n.*lru.*\n {2}4 entries +– +–\n {2}30 entries .*\n {2}500 entries .*\n {2}–: /)
    expect(stdout).toContain(
      '–: scaled to the sample, this size is below one entry; increase `--sample`\n  30 entries in place of 26 entries and 34 entries: a cache of the sample holds whole entries only.\n',
    )
    const answer = json(thousand, [...args, ...sizes])
    expect(answer.sample).toMatchObject({ smallest: { entries: 10, bytes: null } })
    expect(
      answer.sizes.map(({ capacity, asked, cells }) => [capacity.amount, asked?.length, cells[0] === null]),
    ).toEqual([
      [4, undefined, true],
      [30, 2, false],
      [500, undefined, false],
    ])
    expect(json(thousand, ['--sample', '0.1']).sizes.every(({ cells }) => cells[0] !== null)).toBe(true)
  })

  it('takes all of the keys for no sample', () => {
    expect(json(thousand, ['--sample', '100%', '--capacity', '1000'])).toMatchObject({
      sample: null,
      sizes: [{ cells: [{ hits: 9000 }] }],
    })
  })

  it.each([40, 60, 80])('fits into %i columns', (columns) => {
    const sized = `key,size\n${numbered(3000, (i) => `k${(i * i) % 701},${1000 + (i % 7)}`)}nonsense\n`
    for (const args of [
      [],
      ['--policy', 'all'],
      ['--policy', 'all', '--sample', '0.5'],
      ['--capacity', '100000000', '--capacity', '1M', '--capacity', '99'],
    ]) {
      const { status, stdout } = trace(sized, args, columns)
      expect(status).toBe(0)
      expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
    }
  })

  it('writes over neither its trace, nor another report, nor the answer', () => {
    const at = (name: string) => join(folder, name)
    writeFileSync(at('a.keys'), thousand)
    symlinkSync('a.keys', at('link.keys'))
    const run = (line: string) => {
      const words = ['-c', line, 'sh', process.execPath, program]
      const { status, stdout, stderr } = spawnSync('sh', words, { encoding: 'utf8', cwd: folder })
      return { status, stdout, stderr }
    }
    const told = (path: string, why: string) => ({
      status: 2,
      stdout: '',
      stderr: `${path}: error: unwritable-report: cannot write the report: ${why}\n  help: name another file\n`,
    })
    const input = 'the same command reads it'
    expect(run('"$@" trace a.keys --svg a.keys')).toEqual(told('a.keys', input))
    expect(run('"$@" trace a.keys --html link.keys --json')).toMatchObject({ status: 2, stderr: '' })
    expect(run('"$@" trace link.keys --html ./a.keys')).toEqual(told('./a.keys', input))
    expect(run('"$@" trace - --html a.keys < a.keys')).toEqual(told('a.keys', input))
    expect(run('"$@" trace a.keys --svg x.svg --html x.svg')).toEqual(told('x.svg', 'another report is written to it'))
    expect(run('"$@" trace a.keys --html out > out')).toEqual(told('out', 'standard output is written to it'))
    expect(readFileSync(at('a.keys'), 'utf8')).toBe(thousand)
  })
})
