import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import type { TraceCacheAnswer } from '../traces/answer.ts'
import { Material } from '../traces/material.ts'
import { type Asked, measure } from '../traces/measure.ts'
import { openTrace } from '../traces/pieces.ts'
import { readTrace } from '../traces/read-trace.ts'

const built = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const program = fileURLToPath(new URL('../../bin/loadpath.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'loadpath-trace-'))

/** A loop of 7 pages, 100 times, and 100 more pages once. */
const pages = [...Array.from({ length: 700 }, (_, i) => i % 7), ...Array.from({ length: 100 }, (_, i) => 1000 + i)]
const lis = pages.map((page, i) => `${page} 1 0 ${i}\n`).join('')
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const loop = file('loop.lis.gz', gzipSync(lis))

function call(args: readonly string[], input?: string) {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'trace', ...args], {
    encoding: 'utf8',
    env,
    ...(input === undefined ? {} : { input }),
  })
  return { status, stdout, stderr }
}

describe.skipIf(!existsSync(built))('loadpath trace (does not apply before a build)', () => {
  it('prints what the trace is made of, what caches hit of it, and what that shows', () => {
    const { status, stdout, stderr } = call([
      loop,
      '--policy',
      'lru',
      '--policy',
      'fifo',
      '--capacity',
      '6',
      '--capacity',
      '7',
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const withoutPlot = stdout.replace(/Miss ratio by cache size[\s\S]*?\n\n/, '')
    expect(withoutPlot).toBe(`${loop}, format lis
  requests        800
  distinct keys   107
  requested once  100 keys, 93.5 % of the keys
  concentration   half of the requests are for 4 keys (3.74 %), nine tenths for 27 (25.2 %)

Hit ratio
  cache         lru    fifo
  6 entries   0.0 %   0.0 %
  7 entries  86.6 %  86.6 %

Findings
  The hit ratio is at most 86.6 %: the first request for each key is a miss.
  With 6 to 7 entries, the best policies are equal.
`)
  })

  it('gives exact counts as JSON, from standard input too', () => {
    const { status, stdout } = call(['-', '--json', '--capacity', '7', '--policy', '{ type: fifo }'], lis)
    const answer = JSON.parse(stdout) as TraceCacheAnswer
    expect(status).toBe(0)
    expect(answer).toMatchObject({
      schemaVersion: 1,
      trace: { file: '<stdin>', format: 'lis', entries: 800, malformed: 0, isWhole: true },
      policies: [{ written: '{ type: fifo }', name: 'fifo', needsFuture: false }],
      sample: null,
    })
    expect(answer.sizes).toEqual([
      {
        capacity: { unit: 'entries', amount: 7 },
        cells: [
          {
            hitRatio: 693 / 800,
            missRatio: 1 - 693 / 800,
            byteHitRatio: null,
            hits: 693,
            misses: 107,
            exactHitRatio: null,
          },
        ],
      },
    ])
  })

  it('the report names the lines that it left out', () => {
    const { status, stdout } = call([file('some.lis', `${lis}\nnonsense\n1 1 0 0\n`), '--capacity', '7'])
    expect(status).toBe(0)
    expect(stdout).toContain('1 of 803 lines is left out, because it is not four whole numbers')
    expect(stdout).toContain(':802: `nonsense`')
  })

  it('draws into files', () => {
    const [svg, html] = [join(folder, 'curve.svg'), join(folder, 'curve.html')]
    const { status } = call([loop, '--policy', 'all', '--svg', svg, '--html', html])
    expect(status).toBe(0)
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg [\s\S]*<path class="line hue-1" d="M[\s\S]*<\/svg>\n$/)
    expect(readFileSync(html, 'utf8')).toContain('Miss-ratio curve')
  })

  it('ends with what there is after Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, 'trace', '-', '--json', '--capacity', '7'])
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    // More than a pipe holds: once it is written, the command reads, and then waits for more.
    child.stdin.write(lis.repeat(400), () => child.kill('SIGINT'))
    const code = await new Promise((ended) => child.on('close', ended))
    expect(code).toBe(130)
    const { trace, inventory } = JSON.parse(output) as TraceCacheAnswer
    expect(trace.isWhole).toBe(false)
    expect(inventory.requests).toBeGreaterThan(0)
  })

  it.each([
    ['SIGINT', 130, 'a named pipe'],
    ['SIGTERM', 143, 'a named pipe'],
    ['SIGINT', 130, 'standard input'],
  ] as const)('waiting for a trace, it says so and ends with the first %s with %i: %s', async (signal, code, from) => {
    const pipe = join(folder, `${signal}.pipe`)
    if (from === 'a named pipe') execFileSync('mkfifo', [pipe])
    const child = spawn(process.execPath, [program, 'trace', from === 'a named pipe' ? pipe : '-'])
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
      if (/waiting for the trace from .* so far\n$/.test(said)) child.kill(signal)
    })
    expect(await new Promise((ended) => child.on('close', ended))).toBe(code)
    expect(said).toContain(`${signal === 'SIGINT' ? 'Ctrl-C' : signal} came before the first request`)
  })

  it('reads a named pipe once it has a writer', async () => {
    const pipe = join(folder, 'late.pipe')
    execFileSync('mkfifo', [pipe])
    spawn('sh', ['-c', `sleep 0.2; { cat '${loop}'; sleep 0.2; cat '${loop}'; } > '${pipe}'`])
    const child = spawn(process.execPath, [program, 'trace', pipe, '--json', '--format', 'lis', '--capacity', '7'])
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    expect(await new Promise((ended) => child.on('close', ended))).toBe(0)
    expect((JSON.parse(output) as TraceCacheAnswer).trace.isWhole).toBe(true)
  })

  it.each([
    [['none.lis'], undefined, 'unreadable-trace'],
    [['-'], '', 'empty-trace'],
    [['-', '--format', 'lirs'], '*\n*\n', 'empty-trace'],
    [['-', '--format', 'lis'], 'a\nb\nc\n', 'wrong-trace-format'],
    [['-'], 'a b\nc, d\n', 'unknown-trace-format'],
    [['-', '--format', 'liss'], lis, 'unknown-name'],
    [['-', '--policy', 'lruu'], lis, 'unknown-name'],
    [['-', '--capacity', '5 apples'], lis, 'unknown-unit'],
    [['-', '--capacity', '1MiB'], lis, 'no-sizes'],
    [['-', '--capacity', '0.5B'], lis, 'no-room'],
    [['-', '--check-sample'], lis, 'sample-to-check'],
    [['-', '--sample', '0.00001'], lis, 'sample-too-small'],
    [['-'], '\n\r\n\n', 'empty-trace'],
    [['-'], '\xff\xfea\0\n\0', 'unknown-trace-format'],
  ])('%j is a mistake', (args, input, code) => {
    const { status, stdout } = call([...args, '--json'], input)
    expect(status).toBe(2)
    expect((JSON.parse(stdout) as { problems: { code: string }[] }).problems.map((problem) => problem.code)).toEqual([
      code,
    ])
  })
})

const control = { isOver: () => false, onDone: () => {} }
const asked: Asked = {
  policies: ['lru', 'fifo', 'lfu'].map((name) => ({ name, values: {} })),
  capacities: [3, 7, 50].map((amount) => ({ unit: 'entries', amount })),
  seed: 1,
}

async function tableOf(limit: number, share?: number) {
  const trace = openTrace(loop)
  const material = new Material(share, limit)
  const { format } = await readTrace(trace, [material], { format: undefined, isOver: () => false, onRead: () => {} })
  expect(material.kept === null).toBe(limit === 0)
  const table = await measure(trace, format, material, asked, control)
  return table.map((row) => row.map((counts) => counts?.hits))
}

test('a trace that is not kept in memory is read again, and hits alike', async () => {
  expect(await tableOf(0)).toEqual(await tableOf(1e6))
})

test('so is a sample of one, with the same caches of whole entries', async () => {
  const kept = await tableOf(1e6, 0.3)
  expect(kept[0]).toEqual([undefined, undefined, undefined])
  expect(kept[1]).not.toContain(undefined)
  expect(await tableOf(0, 0.3)).toEqual(kept)
})
