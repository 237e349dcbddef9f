import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureItem, movedSince } from './measure-item.ts'

const command = fileURLToPath(new URL('../../dist/measure.mjs', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'loadpath-measured-'))

const design = `loadpath: 1
name: one server
traffic: { source: { rate: 50/s, requests: { get: { to: server } } } }
blocks: { server: { type: service, workers: 1, endpoints: { get: [{ compute: exponential 10ms }] } } }
`

function writeCase(mean: string) {
  writeFileSync(
    join(root, 'validation/q01/case.yaml'),
    `id: Q01\ntitle: M/M/1\nsource: a book\nprovenance: COMPUTED\nexpect: [{ measure: mean, equals: ${mean}, tolerance: 5% }]\n`,
  )
}

function measure(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--root', root, ...words], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  for (const name of ['claims', 'designs', 'validation/q01']) mkdirSync(join(root, name), { recursive: true })
  writeFileSync(join(root, 'validation/q01/design.loadpath.yaml'), design)
  writeCase('20ms')
})
afterAll(() => rmSync(root, { recursive: true }))

describe.skipIf(!existsSync(command))('measuring again (does not apply before a build)', { timeout: 120_000 }, () => {
  const record = () => JSON.parse(readFileSync(join(root, 'validation/q01/measured.json'), 'utf8'))

  test('writes a record, says what moved, and does not repeat itself', () => {
    const first = measure('cases')
    expect([first.status, first.stderr]).toEqual([0, expect.stringContaining('[1/1] case q01')])
    expect(first.stdout).toContain('case q01: passed: mean: not recorded → ')
    expect(record().expectations.mean).toMatch(/^passed: \d/)
    expect(measure('cases').stderr).toContain('1 were measured by this build already')
  })

  test('names what has moved since, and a verdict that did not hold', async () => {
    const item = { kind: 'case', name: 'q01', path: join(root, 'validation/q01') } as const
    for (const [path, text] of Object.entries((await measureItem(item, root)).files)) writeFileSync(path, text)
    expect(await movedSince(item)).toEqual([])
    writeFileSync(join(item.path, 'design.loadpath.yaml'), design.replace('50/s', '51/s'))
    expect(await movedSince(item)).toEqual(['its text is another one', 'what is simulated differs: the design'])
    writeFileSync(join(item.path, 'design.loadpath.yaml'), `# a comment\n${design}`)
    expect(await movedSince(item)).toEqual([])
    writeFileSync(join(item.path, 'design.loadpath.yaml'), design)
    const file = join(item.path, 'measured.json')
    const measured = readFileSync(file, 'utf8')
    writeFileSync(file, measured.replace('"holds": true', '"holds": false'))
    expect(await movedSince(item)).toEqual(['it did not hold when it was measured'])
    writeFileSync(file, measured)
  })

  test('a check reports outdated numbers and writes nothing', () => {
    writeCase('30ms')
    const before = record()
    const { status, stdout } = measure('q01', '--check')
    expect([status, stdout]).toEqual([1, expect.stringContaining('No longer holds\n  case q01: failed: mean: ')])
    expect(record()).toEqual(before)
  })

  test('refuses a name that names nothing', () => {
    const { status, stderr } = measure('q99')
    expect([status, stderr]).toEqual([2, expect.stringContaining('nothing to measure begins with "q99"')])
  })
})
