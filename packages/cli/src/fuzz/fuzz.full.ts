import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const command = fileURLToPath(new URL('../../dist/fuzz.mjs', import.meta.url))

it.each([
  ['10,000 random designs keep what always holds, and their answers print', '--designs', '10000'],
  ['100,000 mutated and generated files are designs or have located mistakes', '--files', '100000'],
])('%s', async (_name, what, count) => {
  const { stdout } = await promisify(execFile)(process.execPath, [command, what, count, '--seed', '3'])
  expect(stdout).toBe(`${count} ${what.slice(2)} of seed 3 from 0: 0 kinds of failure\n`)
})
