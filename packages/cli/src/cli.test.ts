import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const built = fileURLToPath(new URL('../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../bin/loadpath.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadpath-cli-'))

/** Skipped where nothing is built: `npm run build` comes first in `npm test`. */
const testBuilt = test.skipIf(!existsSync(built))

const design = `loadpath: 1
name: one server
traffic: { users-of-it: { rate: 100/s, requests: { view: { to: web } } } }
blocks: { web: { type: service, cores: 2, endpoints: { view: [ { compute: exponential 10ms } ] } } }
run: { for: 5s, repeat: 10 }
objectives: [ mean < 50ms, slow.mean < 12ms ]
variants: { slow: { web.endpoints.view.1.compute: exponential 15ms }, drowned: { web.cores: 1, traffic.users-of-it.rate: 300/s } }
`

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

function loadpath(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
  const { NO_COLOR: _no, FORCE_COLOR: _force, GITHUB_ACTIONS: _ci, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...env, COLUMNS: '80', ...options.env },
    input: options.input ?? '',
  })
  return { status, stdout, stderr: withoutProgress(stderr) }
}

/** On a busy machine anything may take so long that its progress is shown. */
function withoutProgress(stderr: string): string {
  return stderr.replace(/^.*(so far|replications).*\n/gm, '')
}

const web = write('web.loadpath.yaml', design)

test.skipIf(!existsSync(built) || process.platform !== 'linux')(
  'too little address space for a thread ends with 3',
  () => {
    // What is done within the first moments needs no thread: so many replications take longer.
    const options = '--json --threads 1 --set run.repeat=5000'
    const command = `ulimit -v 1300000; exec '${process.execPath}' '${program}' simulate '${web}' ${options}`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(status).toBe(3)
    expect(stderr).toContain('run `ulimit -v ')
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1 })
  },
)

testBuilt('without arguments it says what it can do', () => {
  const { status, stdout } = loadpath([])
  expect(status).toBe(0)
  expect(stdout).toMatch(/simulate +Simulate a design/)
  expect(loadpath(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' })
})

testBuilt.each([
  [['simulat', 'x'], 'error: unknown-command: unknown command `simulat`\n  help: did you mean `simulate`?\n'],
  [['simulate', '--sed', '1', 'x'], 'error: unknown-flag: unknown flag `--sed`\n  help: did you mean `--seed`?\n'],
  [
    ['check', 'nope.yaml'],
    'nope.yaml: error: no-design: file or folder not found\n  help: check the spelling and the current folder\n',
  ],
])('%j is a wrong call', (args, stderr) => {
  expect(loadpath(args)).toEqual({ status: 2, stdout: '', stderr })
})

testBuilt('check lists the contents of a valid design', () => {
  const stdout = 'web.loadpath.yaml is valid\none server: 1 block, 1 source, 2 objectives, 2 variants\n'
  expect(loadpath(['check', 'web.loadpath.yaml'])).toEqual({ status: 0, stdout, stderr: '' })
  expect(loadpath(['check', '-'], { input: design }).stdout).toContain('<stdin> is valid')
})

testBuilt('check takes several designs and --set, and tells the designs apart', () => {
  const other = write('other.loadpath.yaml', design)
  const { status, stdout } = loadpath(['check', 'web.loadpath.yaml', other, '--set', 'web.instances=x'])
  expect(status).toBe(2)
  expect(stdout).toContain('web.loadpath.yaml is not valid: 1 error')
  expect(stdout).toContain(`${other} is not valid: 1 error`)
  const sarif = JSON.parse(loadpath(['check', web, other, '--set', 'web.instances=x', '--format', 'sarif']).stdout)
  expect(sarif.runs[0].results).toHaveLength(2)
})

testBuilt('test --variant applies objectives without a variant to that variant', () => {
  const only = write('variant.yaml', design.replace(/objectives.*/, 'objectives: [ mean < 12ms ]'))
  const { stdout } = loadpath(['test', only, '--variant', 'slow', '--junit', 'variant.xml'])
  expect(stdout).toContain('(variant slow, seed 1)')
  expect(stdout).toMatch(/missed +mean < 12ms/)
  expect(readFileSync(join(folder, 'variant.xml'), 'utf8')).toMatch(/<property name="measured" value="[\d.]+ ms/)
})

testBuilt('help works as a word', () => {
  expect(loadpath(['help', 'test']).stdout).toBe(loadpath(['test', '--help']).stdout)
  expect(loadpath(['help']).stdout).toBe(loadpath(['--help']).stdout)
})

testBuilt('check finds every mistake, and exits with 2', () => {
  const wrong = write('wrong/loadpath.yaml', design.replace('service', 'servce').replace('100/s', '100'))
  const { status, stdout } = loadpath(['check', 'wrong'])
  expect(status).toBe(2)
  expect(stdout).toMatch(/did you mean `service`/)
  expect(stdout).toMatch(/missing-unit/)
  const [{ problems, valid }] = JSON.parse(loadpath(['check', wrong, '--json']).stdout).designs
  expect(valid).toBe(false)
  expect(problems.length).toBeGreaterThanOrEqual(2)
})

testBuilt('simulate prints the verdict first, and the same bytes for any number of threads', () => {
  const { status, stdout } = loadpath(['simulate', web])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^one server\n\nCarries this load/)
  expect(stdout).toContain('Seed 1')
  expect(stdout).not.toContain('\u001b')
  const one = loadpath(['simulate', web, '--json', '--threads', '1'])
  const two = loadpath(['simulate', web, '--json', '--threads', '2', '--trace', 'slowest'])
  const without = (text: string) => JSON.stringify({ ...JSON.parse(text), trace: null })
  expect(without(two.stdout)).toBe(without(one.stdout))
  expect(one.stderr).toBe('')
})

testBuilt('colours come when they are forced', () => {
  expect(loadpath(['simulate', web], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[')
  expect(loadpath(['simulate', web], { env: { NO_COLOR: '1' } }).stdout).not.toContain('\u001b[')
})

testBuilt('compare takes the design and all its variants', () => {
  const { status, stdout } = loadpath(['compare', web, '--variant', 'slow'])
  expect(status).toBe(0)
  expect(stdout).toContain('slow compared with one server')
  expect(stdout).toMatch(/mean .* higher/)
  const alone = write('alone.yaml', design.replace(/objectives[\s\S]*/, ''))
  expect(loadpath(['compare', alone])).toMatchObject({ status: 2 })
})

testBuilt('test maps verdicts to exit codes, annotations and JUnit', () => {
  const { status, stdout } = loadpath(['test', web, '--junit', 'out.xml'], { env: { GITHUB_ACTIONS: 'true' } })
  expect(status).toBe(1)
  expect(stdout).toMatch(/met +mean < 50ms/)
  expect(stdout).toMatch(/missed +slow.mean < 12ms/)
  expect(stdout).toContain('::error file=')
  expect(readFileSync(join(folder, 'out.xml'), 'utf8')).toContain('<testsuites name="loadpath" tests="2" failures="1"')
  const held = loadpath(['test', write('held.yaml', design.replace(/objectives.*/, 'objectives: [ mean < 50ms ]'))])
  expect(held.status).toBe(0)
  const mean = /mean < 50ms +([\d.]+) ms/.exec(held.stdout)?.[1]
  const inconclusive = write('inconclusive.yaml', design.replace(/objectives.*/, `objectives: [ mean < ${mean}ms ]`))
  expect(loadpath(['test', inconclusive]).status).toBe(4)
  const none = write('none.yaml', design.replace(/objectives.*/, ''))
  expect(loadpath(['test', none])).toMatchObject({ status: 2, stdout: '' })
})

testBuilt('test compares variants with common random numbers', () => {
  const against = (sentence: string) => write('two.yaml', design.replace(/objectives.*/, `objectives: [ ${sentence} ]`))
  const held = loadpath(['test', against('slow.mean > 1.4 * mean')])
  expect(held).toMatchObject({ status: 0, stderr: '' })
  expect(held.stdout).toMatch(/met +slow\.mean > 1\.4 \* mean +[\d.]+ ms against [\d.]+ ms: [\d.]+ \([\d.–]+\) times/)
  expect(loadpath(['test', against('slow.mean < mean + 1ms')]).status).toBe(1)
  const { designs } = JSON.parse(loadpath(['test', against('slow.p50 > drowned.p50'), '--json']).stdout)
  expect(designs[0].objectives[0]).toMatchObject({ verdict: 'missed', left: { sufficient: true } })
})

testBuilt('the schema is one JSON document', () => {
  const { $schema } = JSON.parse(loadpath(['schema']).stdout)
  expect($schema).toBe('http://json-schema.org/draft-07/schema#')
})

testBuilt('--html writes one page beside what is printed, the same for any number of threads', () => {
  const plain = loadpath(['simulate', web, '--json'])
  const { status, stdout, stderr } = loadpath(['simulate', web, '--json', '--html', 'one.html', '--threads', '1'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'The report is in one.html\n' })
  const page = readFileSync(join(folder, 'one.html'), 'utf8')
  expect(page).toMatch(/^<!doctype html>.*<h1>one server<\/h1>.*<\/html>\n$/s)
  loadpath(['simulate', web, '--html', 'two.html', '--threads', '2'])
  expect(readFileSync(join(folder, 'two.html'), 'utf8')).toBe(page)
  const { pictures, trace, ...rest } = JSON.parse(stdout)
  const { pictures: none, trace: nobody, ...same } = JSON.parse(plain.stdout)
  expect([rest, none, nobody]).toEqual([same, null, null])
  expect(pictures.distributions.length).toBeGreaterThan(0)
  expect(trace.segments.length).toBeGreaterThan(0)
})

testBuilt('compare --html puts all variants on one page', () => {
  expect(loadpath(['compare', web, '--html', 'compared.html']).stderr).toContain('The report is in compared.html\n')
  expect(readFileSync(join(folder, 'compared.html'), 'utf8')).toContain('<h1>one server · slow · drowned</h1>')
})

testBuilt.each(['simulate', 'compare'])('%s refuses a report that cannot be written before it runs', (command) => {
  expect(loadpath([command, web, '--html', 'nowhere/out.html'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'nowhere/out.html: error: unwritable-report: cannot write the report: its folder does not exist\n  help: name a file in a folder that exists and is writable\n',
  })
  expect(loadpath([command, web, '--html', '.']).stderr).toContain('it is a folder')
  expect(loadpath([command, web, '--html', '-']).stderr).toContain('a report needs a file name')
})

/** A disk of 16 KiB, of the test's own; needs name spaces of the kernel, which not every machine gives. */
const tiny = mkdtempSync(join(tmpdir(), 'loadpath-tiny-'))
const mounting = ['-rm', 'sh', '-c', `mount -t tmpfs -o size=16k tmpfs '${tiny}' && "$@"`, 'sh']
const canMount = spawnSync('unshare', [...mounting, 'true']).status === 0

test.skipIf(!existsSync(built) || !canMount)(
  'a full disk does not take the answer away (does not apply before a build, or where nothing can be mounted)',
  () => {
    const plain = loadpath(['simulate', web])
    const args = ['simulate', web, '--html', join(tiny, 'a.html')]
    const run = (more: string[]) =>
      spawnSync('unshare', [...mounting, process.execPath, program, ...args, ...more], {
        ...{ encoding: 'utf8', cwd: folder, env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' } },
      })
    const { status, stdout, stderr } = run([])
    expect({ status, stdout, stderr: withoutProgress(stderr) }).toEqual({
      status: 2,
      stdout: plain.stdout,
      stderr: `${tiny}/a.html: error: unwritable-report: cannot write the report: the disk is full\n  help: free space, or write to another disk\n`,
    })
    const json = run(['--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1 })
    const { status: again, stderr: said } = json
    expect({ status: again, stderr: withoutProgress(said) }).toEqual({ status, stderr: withoutProgress(stderr) })
  },
)

test.skipIf(!existsSync(built) || !canMount)(
  'a full disk takes no design away that was to be fixed (does not apply before a build, or where nothing can be mounted)',
  () => {
    const old = write('old.yaml', `${design.replace('service', 'server')}# ${'x'.repeat(9000)}\n`)
    const fix = `cp '${old}' a.yaml && "$@" check --fix a.yaml; echo "status $?"; cmp '${old}' a.yaml && ls -A`
    const words = [...mounting, 'sh', '-c', `cd '${tiny}' && ${fix}`, 'sh', process.execPath, program]
    const { stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8', cwd: folder })
    expect({ stdout, stderr }).toEqual({
      stdout: 'status 2\na.yaml\n',
      stderr:
        'a.yaml: error: unwritable-design: cannot rewrite the file: the disk is full\n  help: free space, or write to another disk\n',
    })
  },
)

testBuilt('an output that is cut short is a failure, also where its first part was written', () => {
  const file = join(folder, 'cut.json')
  const line = `ulimit -f 4; ${process.execPath} ${program} schema > ${file}`
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toContain('unwritable-output')
})

testBuilt('who reads the progress may leave: the answer comes, and its exit code', () => {
  const missed = write('missed.loadpath.yaml', design.replace('mean < 50ms', 'mean < 1ms'))
  const line = `( ${process.execPath} ${program} test ${missed}; echo "code $?" ) 2>&1 >${folder}/missed.txt | head -c 0`
  const { status } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(status).toBe(0)
  const text = readFileSync(join(folder, 'missed.txt'), 'utf8')
  expect(text).toMatch(/missed +mean < 1ms/)
  expect(text).toContain('code 1')
})

test
  .skipIf(!existsSync(built) || !existsSync('/dev/full'))
  .each([[['check', web]], [['simulate', web, '--html', 'beside.html']], [['test', web, '--json']]])(
  '%j says that standard output takes nothing (does not apply before a build, or without /dev/full)',
  (args) => {
    const line = ['-c', '"$@" > /dev/full', 'sh', process.execPath, program, ...args]
    const { status, stderr } = spawnSync('sh', line, { encoding: 'utf8', cwd: folder })
    expect(status).toBe(2)
    expect(withoutProgress(stderr).replace('The report is in beside.html\n', '')).toBe(
      '<stdout>: error: unwritable-output: cannot write the output: the disk is full\n  help: free space, or write to another disk\n',
    )
    if (args.includes('--html')) expect(readFileSync(join(folder, 'beside.html'), 'utf8')).toMatch(/<\/html>\n$/)
  },
)

testBuilt.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a long run with the answer so far as JSON, and exit code %i', async (signal, expected) => {
  const long = write('long.loadpath.yaml', design.replace('for: 5s', 'for: 1000h'))
  const child = spawn(process.execPath, [program, 'simulate', long, '--json'])
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => {
    texts.stdout += text
  })
  child.stderr.on('data', (text) => {
    const isFirst = texts.stderr === ''
    texts.stderr += text
    if (isFirst) child.kill(signal)
  })
  const code = await new Promise((ended) => child.on('close', ended))
  expect(code).toBe(expected)
  expect(JSON.parse(texts.stdout).run.stopped).toBe('interrupted')
  expect(texts.stderr).toMatch(/so far[\s\S]*Stopping with the answer so far/)
})

testBuilt('no report takes the place of a design, or of what it reads', () => {
  const own = write(
    'own/loadpath.yaml',
    design.replace('exponential 10ms', '{ distribution: empirical, file: work.txt, unit: 1ms }'),
  )
  const data = write('own/work.txt', '10\n12\n')
  const refused = (path: string) => ({
    status: 2,
    stdout: '',
    stderr: `${path}: error: unwritable-report: cannot write the report: the same command reads it\n  help: name another file\n`,
  })
  const calls = (path: string) => [
    ['simulate', 'own', '--html', path],
    ['compare', 'own', '--html', path],
    ['test', 'own', '--junit', path],
  ]
  for (const path of [own, data]) {
    const before = readFileSync(path, 'utf8')
    for (const args of calls(path)) expect(loadpath(args)).toEqual(refused(path))
    expect(readFileSync(path, 'utf8')).toBe(before)
  }
})
