import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const hasBash = spawnSync('bash', ['--version']).status === 0
const testBuilt = test.skipIf(!existsSync(built))
const testInBash = test.skipIf(!existsSync(built) || !hasBash)

const folder = mkdtempSync(join(tmpdir(), 'loadpath-completion-'))
mkdirSync(join(folder, 'designs', 'shop'), { recursive: true })
writeFileSync(join(folder, 'designs', 'one.yaml'), '')
writeFileSync(join(folder, 'loadpath'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
chmodSync(join(folder, 'loadpath'), 0o755)

const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }

/** What bash proposes at the end of this line, sorted. */
function proposed(line: string): readonly string[] {
  const words = line.split(' ')
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const asked = `source <(loadpath completion bash)
    COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; COMP_LINE='${line}'; COMP_POINT=${line.length}
    compopt() { :; }
    "$(complete -p loadpath | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', asked], { encoding: 'utf8', env, cwd: folder })
  expect(stderr).toBe('')
  return stdout
    .split('\n')
    .filter((word) => word !== '')
    .sort()
}

testInBash.each([
  ['loadpath si', ['simulate']],
  ['loadpath co', ['compare', 'completion']],
  ['loadpath simulate --s', ['--seed', '--sensitivity', '--set']],
  ['loadpath review --format ', ['json', 'sarif', 'text']],
  ['loadpath init --template ', ['cached-reads', 'queue-workers', 'web-api']],
  ['loadpath explain zi', ['zipf']],
  ['loadpath check des', ['designs/']],
  ['loadpath test designs/', ['designs/one.yaml', 'designs/shop/']],
  ['loadpath completion f', ['fish']],
])('bash completes `%s` (needs bash)', (line, words) => {
  expect(proposed(line)).toEqual(words)
})

testBuilt.each(['bash', 'zsh', 'fish', 'powershell'])('the script for %s asks loadpath for proposals', (shell) => {
  const own = { ...process.env, npm_command: '', npm_lifecycle_event: '' }
  const { status, stdout } = spawnSync(process.execPath, [program, 'completion', shell], { encoding: 'utf8', env: own })
  expect(status).toBe(0)
  expect(stdout).toContain('loadpath complete')
})

testBuilt('the script of a call through npx calls the program by its file', () => {
  const own = { ...process.env, npm_command: 'exec' }
  const { stdout } = spawnSync(process.execPath, [program, 'completion', 'bash'], { encoding: 'utf8', env: own })
  expect(stdout).toContain(`${process.execPath} ${program} complete`)
})

testBuilt('another shell is a wrong call', () => {
  expect(spawnSync(process.execPath, [program, 'completion', 'tcsh']).status).toBe(2)
})
