import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalogue, printProblem, readDesign, replicate, review, simulate } from '@loadpath/core'
import { describe, expect, it, test } from 'vitest'
import { templateNames, templateText } from '../templates.ts'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const testBuilt = test.skipIf(!existsSync(built))

test('there are three templates to start from', () => {
  expect(templateNames()).toEqual(['cached-reads', 'queue-workers', 'web-api'])
})

describe.each(templateNames())('%s', (name) => {
  const text = templateText(name)
  const read = (options: Parameters<typeof readDesign>[2] = {}) => {
    const { design, places, problems } = readDesign(text, catalogue, options)
    expect(problems.map((problem) => printProblem(problem, text))).toEqual([])
    if (design === undefined || places === undefined) throw new Error('the template is refused')
    return { design, places }
  }

  it('is sound, and a review has nothing to warn of, variants included', () => {
    const { design } = read()
    const readings = [read(), ...design.variants.map((variant) => read({ variant }))]
    expect(review(readings).filter(({ severity }) => severity === 'warning')).toEqual([])
  })

  it('the first design runs and meets its objectives', async () => {
    const { design } = read({ set: ['run={ for: 20s, repeat: 10, worlds: 10 }'] })
    const answer = await simulate(
      { ...design, uncertain: [] },
      {
        runner: async (tasks) => tasks.map((task) => replicate(task)),
        longer: false,
      },
    )
    expect(answer.objectives.length).toBeGreaterThanOrEqual(2)
    expect(answer.objectives.filter(({ verdict }) => verdict === 'missed')).toEqual([])
  })

  it('the first design marks the numbers to replace and their source', () => {
    expect(text.match(/CHANGE/g)?.length).toBeGreaterThan(5)
    expect(text).toMatch(/access log/)
    expect(text).toMatch(/APM/)
    expect(text).toMatch(/p50: .*p99: /)
  })
})

function init(...args: readonly string[]) {
  const { FORCE_COLOR: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'init', ...args], {
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

testBuilt('init writes a design that can be run at once, and says what next', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'loadpath-init-')), 'new', 'shop')
  const { status, stdout, stderr } = init(folder, '--template', 'queue-workers')
  expect([status, stderr]).toEqual([0, ''])
  expect(readFileSync(join(folder, 'loadpath.yaml'), 'utf8')).toBe(templateText('queue-workers'))
  expect(readdirSync(folder)).toEqual(['loadpath.yaml'])
  expect(stdout).toContain(`loadpath simulate ${folder}`)
})

testBuilt('what is there is never touched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-init-'))
  const mine = join(folder, 'mine.loadpath.yaml')
  writeFileSync(mine, 'mine')
  expect(init(folder)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${mine}: error: already-there: the folder already has a design\n  help: name another folder\n`,
  })
  expect([readdirSync(folder), readFileSync(mine, 'utf8')]).toEqual([['mine.loadpath.yaml'], 'mine'])
})

testBuilt('a folder of the name of a design is named as one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-init-'))
  mkdirSync(join(folder, 'loadpath.yaml'))
  expect(init(folder).stderr).toContain('already-there: a folder has the name of a design')
})

test.skipIf(!existsSync(built) || process.platform === 'win32')('where the file has no room, no folder is left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-init-'))
  const command = `trap '' XFSZ; ulimit -f 0; exec '${process.execPath}' '${program}' init '${join(folder, 'new', 'shop')}'`
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  expect(stderr).toContain('unwritable-folder')
  expect(status).toBe(2)
  expect(readdirSync(folder)).toEqual([])
})

testBuilt('a template that does not exist, and a folder that cannot be one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadpath-init-'))
  expect(init(folder, '--template', 'web').stderr).toBe(
    'error: unknown-template: unknown template `web`\n  help: use one of `cached-reads`, `queue-workers` and `web-api`\n',
  )
  mkdirSync(join(folder, 'a'))
  writeFileSync(join(folder, 'a', 'file'), '')
  expect(init(join(folder, 'a', 'file')).stderr).toContain('error: unwritable-folder: cannot write a design')
  expect(readdirSync(folder)).toEqual(['a'])
})
