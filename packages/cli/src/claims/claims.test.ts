import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { claimsIn, claimsUnless } from './folders.ts'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadpath-claims-'))
const readme = join(folder, 'claims/lat-99/README.md')

/** Skipped where nothing is built: `npm run build` comes first in `npm test`. */
const testBuilt = test.skipIf(!existsSync(built))

function claims(...args: readonly string[]) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'claims', ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...env, COLUMNS: '100' },
  })
  return { status, stdout, stderr }
}

function replaceIn(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  writeFileSync(path, text.replace(from, to))
}

testBuilt('a new claim runs as it is, and its page and plot are written', () => {
  expect(claims('new', 'LAT-99')).toMatchObject({ status: 0, stderr: '' })
  expect(claims('new', 'lat-99')).toMatchObject({ status: 2 })
  expect(claims('new', '../away')).toMatchObject({ status: 2 })
  const { status, stdout } = claims('--write')
  expect(status).toBe(0)
  expect(stdout).toMatch(/LAT-99 .* holds +[\d.]+ ms against [\d.]+ ms/)
  expect(stdout).toContain('1 verdict, all confirmed; 1 negative control')
  expect(readFileSync(readme, 'utf8')).toContain('| met | `twice.p99 < 0.5 * p99` |')
  expect(readFileSync(join(folder, 'claims/lat-99/plot.svg'), 'utf8')).toMatch(/^<svg /)
  expect(claims('no-such-claim')).toMatchObject({ status: 2, stdout: '' })
})

testBuilt('a verdict that differs from the result of the run is not confirmed', () => {
  replaceIn(join(folder, 'claims/lat-99/loadpath.yaml'), 'twice.p99 < 0.5 * p99', 'twice.p99 < 0.1 * p99')
  const { status, stdout } = claims('K06')
  expect(status).toBe(1)
  expect(stdout).toContain('LAT-99: missed: twice.p99 < 0.1 * p99: measured')
  const { claims: answers } = JSON.parse(claims('lat-99', '--json').stdout)
  expect(answers[0]).toMatchObject({ id: 'LAT-99', outcome: 'not-confirmed', control: { verdict: 'missed' } })
})

testBuilt('a negative control that is met fails the claim', () => {
  replaceIn(readme, 'altered: twice.p99 > 2 * p99', 'altered: twice.p99 < 2 * p99')
  const { status, stdout } = claims()
  expect(status).toBe(1)
  expect(stdout).toContain('LAT-99: control failed: `twice.p99 < 2 * p99` is false, but its verdict is met')
})

testBuilt('mistakes in a head have a place and a remedy', () => {
  replaceIn(readme, 'verdict: holds', 'verdict: maybe')
  const { status, stderr } = claims()
  expect(status).toBe(2)
  expect(stderr).toContain('README.md:4:10: error: unknown-name: unknown value `maybe` for `verdict`')
  replaceIn(readme, 'verdict: maybe', 'verdict: holds when')
  expect(claims().stderr).toContain('has too few objectives')
  replaceIn(readme, '---\nid', 'id')
  expect(claims().stderr).toContain('the README has no head')
})

test('an interrupted command reads no further claims', async () => {
  const idsOf = (found: ReturnType<typeof claimsIn> | null) => found?.map(({ claim }) => claim.id)
  expect(idsOf(await claimsUnless(() => false, 'claims'))).toEqual(idsOf(claimsIn('claims')))
  let asked = 0
  expect(await claimsUnless(() => ++asked === 3, 'claims')).toBe(null)
  expect(asked).toBe(3)
})
