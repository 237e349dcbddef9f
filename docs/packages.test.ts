import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const readme = readFileSync('packages/core/README.md', 'utf8')

/** A program in the README of a package, and what the README says that it prints. */
const programs = [...readme.matchAll(/^```js run\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, program = '', output = '']) => ({ program, output }),
)

it('the README of the core has programs', () => {
  expect(programs.length).toBe(4)
})

it('the README of the core leads nowhere outside of its package', () => {
  expect(readme.replace(/```[\s\S]*?```/g, '').match(/\]\((?!https:)[^)]*\)/g)).toBe(null)
})

it.each(['core', 'cli'])('%s is packed with its licence', (name) => {
  expect(readFileSync(`packages/${name}/LICENSE`, 'utf8')).toBe(readFileSync('LICENSE', 'utf8'))
})

it('the packed CLI runs without another package of this repository', () => {
  const { dependencies } = JSON.parse(readFileSync('packages/cli/package.json', 'utf8'))
  expect(Object.keys(dependencies).filter((name) => name.startsWith('@loadpath/'))).toEqual([])
})

it('nothing that is not packed is found by a name that others give to conditions', () => {
  const { exports, files } = JSON.parse(readFileSync('packages/core/package.json', 'utf8'))
  const unpacked = Object.values<Record<string, string>>(exports).flatMap((conditions) =>
    Object.entries(conditions).filter(([, path]) => !files.includes(path.split('/')[1])),
  )
  expect([...new Set(unpacked.map(([condition]) => condition))]).toEqual(['loadpath-source'])
})

describe.skipIf(!existsSync('packages/core/dist/eviction.js'))(
  'every program in the README of the core (does not apply before a build)',
  () => {
    it.each(programs)('prints what stands below it: $output', ({ program, output }) => {
      const folder = mkdtempSync(join(tmpdir(), 'loadpath-readme-'))
      mkdirSync(join(folder, 'node_modules/@loadpath'), { recursive: true })
      symlinkSync(resolve('packages/core'), join(folder, 'node_modules/@loadpath/core'))
      writeFileSync(join(folder, 'program.mjs'), program)
      const { stdout, stderr } = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
      expect(stdout, stderr).toBe(output)
    })
  },
)
