import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from 'sarif'
import { expect, test } from 'vitest'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadpath-review-'))
const testBuilt = test.skipIf(!existsSync(built))

const design = `loadpath: 1
name: reviewed
traffic: { visitors: { rate: 10/s, requests: { view: { to: wire } } } }
blocks:
  web: { type: service, workers: 4, endpoints: { view: [{ compute: 10ms }] } }
  wire: { type: link, to: web, latency: 1ms }
variants: { full: { visitors.rate: 95/s } }
`
const accepting = `${design}accept: [{ single-point-of-failure: web, because: a sample }, { unbounded-queue: web, because: a sample }, { high-utilization: web, because: a sample }]
`
writeFileSync(join(folder, 'a design.yaml'), design)
writeFileSync(join(folder, 'accepting.yaml'), accepting)
writeFileSync(join(folder, 'broken.yaml'), design.replace('service', 'servce'))

function review(args: readonly string[], more: Record<string, string> = {}) {
  const { GITHUB_ACTIONS: _, FORCE_COLOR: _colour, ...env } = process.env
  const call = [program, 'review', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, call, {
    encoding: 'utf8',
    cwd: folder,
    env: { ...env, NO_COLOR: '1', ...more },
  })
  return { status, stdout, stderr }
}

testBuilt('each finding has its place, the reason and the remedy; a variant adds its own', () => {
  expect(review(['a design.yaml'])).toEqual({
    status: 1,
    stderr: '',
    stdout: `a design.yaml:5:3: warning: single-point-of-failure: \`web\` is one instance, and \`view\` cannot do without it
    |
  5 |   web: { type: service, workers: 4, endpoints: { view: [{ compute: 10ms }] } }
    |   ^^^
  why: While that instance is down, restarted or cut off, all these requests fail.
  help: give it a second instance: \`instances: 2\`, or accept this

a design.yaml:5:3: warning: unbounded-queue: any number may wait at \`web\`
    |
  5 |   web: { type: service, workers: 4, endpoints: { view: [{ compute: 10ms }] } }
    |   ^^^
  why: An overload becomes a wait that grows for as long as it lasts, is worked off after everybody has gone, and fills the memory. A limit turns it into refusals at once.
  help: give it a limit, for example \`limit: 1k\`

a design.yaml:5:3: warning: high-utilization: the cores of \`web\` are 95 % used by arithmetic (in the variant \`full\`)
    |
  5 |   web: { type: service, workers: 4, endpoints: { view: [{ compute: 10ms }] } }
    |   ^^^
  why: Time in a queue grows as 1 / (1 − utilization): a little more load, or one instance less, and it is full.
  help: Add instances or cores, shorten the work, or accept the finding if this load is what you want to see.

a design.yaml: 3 warnings
`,
  })
})

testBuilt('what is accepted is shown with its reason, and leaves nothing to warn of', () => {
  const { status, stdout } = review(['accepting.yaml'])
  expect(status).toBe(0)
  expect(stdout).toContain('accepted: unbounded-queue: any number may wait at `web`')
  expect(stdout).toContain('why: accepted because a sample')
  expect(stdout).toMatch(/accepting\.yaml: no warnings, 3 accepted\n$/)
})

testBuilt('a broken design is not reviewed', () => {
  const { status, stdout, stderr } = review(['broken.yaml'])
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('did you mean `service`?')
})

testBuilt('GitHub shows findings beside the lines, but not the accepted ones', () => {
  const { stdout } = review(['a design.yaml', 'accepting.yaml'], { GITHUB_ACTIONS: 'true' })
  const lines = stdout.split('\n').filter((line) => line.startsWith('::'))
  expect(lines).toHaveLength(3)
  expect(lines[1]).toBe(
    '::warning file=a design.yaml,line=5,col=3,title=unbounded-queue::any number may wait at `web`. Remedy: give it a limit, for example `limit: 1k`',
  )
})

testBuilt('SARIF names tool, rules, places and lasting fingerprints', () => {
  const log = JSON.parse(review(['a design.yaml', '--format', 'sarif']).stdout) as Log
  expect([log.version, log.$schema]).toEqual(['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json'])
  const [run] = log.runs
  const ids = run?.tool.driver.rules?.map(({ id }) => id) ?? []
  expect(ids.length).toBeGreaterThanOrEqual(8)
  const results = run?.results ?? []
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['single-point-of-failure', 'warning'],
    ['unbounded-queue', 'warning'],
    ['high-utilization', 'warning'],
  ])
  for (const { ruleId, ruleIndex = -1, locations } of results) {
    expect(ids[ruleIndex]).toBe(ruleId)
    expect(locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20design.yaml' },
      region: { startLine: 5, startColumn: 3, endColumn: 6 },
    })
  }
  writeFileSync(join(folder, 'a design.yaml'), `# a comment above\n${design}`)
  const moved = JSON.parse(review(['a design.yaml', '--format', 'sarif']).stdout) as Log
  const prints = (of: Log) => of.runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints)
  expect(prints(moved)).toEqual(prints(log))
  expect(new Set(prints(log)?.map((print) => JSON.stringify(print))).size).toBe(3)
  writeFileSync(join(folder, 'a design.yaml'), design)
})

testBuilt('what is accepted is suppressed in SARIF, and told in JSON', () => {
  const log = JSON.parse(review(['accepting.yaml', '--format', 'sarif']).stdout) as Log
  expect(log.runs[0]?.results?.map(({ suppressions }) => suppressions)).toEqual(
    Array.from({ length: 3 }, () => [{ kind: 'inSource', justification: 'a sample' }]),
  )
  const { designs } = JSON.parse(review(['accepting.yaml', '--json']).stdout)
  expect(designs[0].findings.map((finding: { accepted: string }) => finding.accepted)).toEqual(
    Array.from({ length: 3 }, () => 'a sample'),
  )
})
