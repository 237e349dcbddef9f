import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('./count-tests.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'count-tests-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A report of one file with tests of these states; a skipped one bears `skippedName`. */
function report(stage: string, states: readonly string[], skippedName = 'a page opens (needs chromium)') {
  const assertionResults = states.map((status, i) => ({
    status,
    fullName: status === 'skipped' ? skippedName : `test ${i}`,
  }))
  const status = states.includes('failed') || states.length === 0 ? 'failed' : 'passed'
  const testResults = [{ name: `${stage}.test.ts`, status, assertionResults }]
  writeFileSync(join(folder, `${stage}.json`), JSON.stringify({ testResults }))
}

function count(...stages: readonly string[]) {
  const { status, stdout } = spawnSync(process.execPath, [script, folder, ...stages], { encoding: 'utf8' })
  return [status, stdout.trimEnd().split('\n').at(-1)]
}

test('sums the stages', () => {
  report('quick', ['passed', 'passed'])
  report('slow', ['passed'])
  expect(count('install=0', 'quick=0', 'slow=0')).toEqual([0, '3 passed, 0 failed, 0 skipped'])
})

test('fails with a failed test, and counts it once', () => {
  report('quick', ['passed', 'failed'])
  expect(count('quick=1')).toEqual([1, '1 passed, 1 failed, 0 skipped'])
})

test('counts a stage that failed without a failed test, and a file that could not be run', () => {
  expect(count('install=1')).toEqual([1, '0 passed, 1 failed, 0 skipped'])
  report('quick', ['passed'])
  expect(count('quick=2')).toEqual([1, '1 passed, 1 failed, 0 skipped'])
  report('quick', [])
  expect(count('quick=1')).toEqual([1, '0 passed, 1 failed, 0 skipped'])
})

test('fails where a tool is missing, and not where a test does not apply', () => {
  report('quick', ['passed', 'skipped'])
  expect(count('quick=0')).toEqual([1, '1 passed, 0 failed, 1 skipped'])
  report('quick', ['passed', 'skipped'], 'variance (does not apply: it is infinite)')
  expect(count('quick=0')).toEqual([0, '1 passed, 0 failed, 1 skipped'])
})
