import { type Application, run } from '@stricli/core'
import { expect, test } from 'vitest'
import { application } from './application.ts'
import type { LoadpathContext } from './context.ts'

async function errorOf(words: readonly string[]): Promise<string> {
  let said = ''
  const stderr = { write: (text: string) => (said += text) }
  const process = { stdout: { write: () => {} }, stderr, env: {}, exitCode: null }
  await run(application as unknown as Application<LoadpathContext>, words, { process } as unknown as LoadpathContext)
  return said
}

test.each([
  [['chek', 'd'], 'unknown-command: unknown command `chek`', 'did you mean `check`?'],
  [['zzzzzzz'], 'unknown-command: unknown command `zzzzzzz`', 'list the commands with `loadpath --help`'],
  [['simulate', '--sed', '1', 'x'], 'unknown-flag: unknown flag `--sed`', 'did you mean `--seed`?'],
  [['simulate', '--zzzzzzzzz', 'x'], 'unknown-flag: unknown flag `--zzzzzzzzz`', 'list the flags with `--help`'],
  [['simulate', '-q', 'x'], 'unknown-flag: unknown flag `-q`', 'list the flags with `--help`'],
  [
    ['check', '--format', 'xml', 'x'],
    'wrong-argument: invalid value `xml` of `--format`',
    'use `text`, `json` or `sarif`',
  ],
  [['simulate', '--threads', '0', 'x'], 'wrong-argument: invalid threads `0`', 'use a whole number from 1 to 1024'],
  [['simulate', 'x', '--seed'], 'wrong-argument: `--seed` has no value', 'add the value after the flag'],
  [
    ['simulate', 'x', '--seed', '1', '--seed', '2'],
    'wrong-argument: `--seed` is set twice: `1` and `2`',
    'remove one of them',
  ],
  [['simulate', 'x', 'y'], 'wrong-argument: unexpected argument `y`', 'remove it'],
  [['simulate'], 'wrong-argument: no design named', 'name a design, or see `--help`'],
  [['completion', 'tcsh'], 'wrong-argument: invalid shell `tcsh`', 'use bash, zsh, fish, powershell'],
])('%j names the wrong word and a remedy', async (words, message, hint) => {
  expect(await errorOf(words)).toBe(`error: ${message}\n  help: ${hint}\n`)
})
