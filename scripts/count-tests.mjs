/**
 * Sums what the test runs reported: `count-tests.mjs <folder of JSON reports> <stage>=<exit status>...`. A stage's
 * report is `<stage>.json`, as vitest writes it. The last line is `N passed, N failed, N skipped`.
 *
 * A stage that failed although no test of it did (install, lint, types, an error outside of tests) counts as one
 * failure. A skipped test fails the run too, since here every tool is present, unless its name says `does not apply`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '', ...stages] = process.argv.slice(2)
const sum = { passed: 0, failed: 0, skipped: 0 }
let missed = 0
const say = (line) => process.stdout.write(`${line}\n`)

for (const stage of stages) {
  const [, name, status] = /^(.*)=(\d+)$/.exec(stage) ?? [stage, stage, '1']
  const failedBefore = sum.failed
  for (const file of filesOf(join(folder, `${name}.json`))) countFile(file)
  if (status !== '0' && sum.failed === failedBefore) {
    sum.failed++
    say(`failed: ${name} ended with status ${status} and no failed test`)
  }
}
say(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed > 0 || missed > 0 ? 1 : 0

function filesOf(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
}

function countFile({ name, status, assertionResults }) {
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
    sum.failed++
    say(`failed: ${name} could not be run`)
  }
  for (const test of assertionResults) countTest(name, test)
}

function countTest(file, { fullName, status }) {
  if (status === 'passed') sum.passed++
  else if (status === 'failed') {
    sum.failed++
    say(`failed: ${file}: ${fullName}`)
  } else {
    sum.skipped++
    if (/does not apply/.test(fullName)) return
    missed++
    say(`skipped: ${file}: ${fullName}`)
  }
}
