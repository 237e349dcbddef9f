import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { fuzz } from './campaign.ts'

const command = fileURLToPath(new URL('../../dist/fuzz.mjs', import.meta.url))

it('prints the answer of any design', { timeout: 120_000 }, async () => {
  expect(await fuzz({ what: 'designs', corpus: [], seed: 2, from: 0, count: 25 })).toEqual([])
})

it.skipIf(!existsSync(command))('runs by command (does not apply before a build)', { timeout: 60_000 }, () => {
  const run = (...words: string[]) => spawnSync(process.execPath, [command, ...words], { encoding: 'utf8' })
  const { status, stdout } = run('--designs', '3', '--files', '5', '--seed', '7')
  expect([status, stdout]).toEqual([
    0,
    '3 designs of seed 7 from 0: 0 kinds of failure\n5 files of seed 7 from 0: 0 kinds of failure\n',
  ])
  expect(run('--designs', 'many').status).toBe(2)
  expect(run().status).toBe(2)
})
