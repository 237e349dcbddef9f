import { describe, expect, it } from 'vitest'
import { runKind } from '../before-run/run-kind.ts'
import { replay } from '../blocks/cache/eviction/replay.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { terminatingPlan } from '../experiment/plan.ts'
import { replicate } from '../experiment/replicate.ts'
import { Stream } from '../kernel/random.ts'
import { Zipf } from '../kernel/zipf.ts'
import { readDesign } from '../language/index.ts'
import { bytesOf } from '../traces/testing-traces.ts'

const cached = `
blocks:
  pages: { type: cache, of: disk, capacity: 300, start: empty, compute: 0s, price: $1/h }
  disk: { type: database, read: 0s, write: 0s }
`

/** Reads a design whose traffic is `visitors: { … }`, with files beside it. */
function read(visitors: string, files: Readonly<Record<string, string>>, rest = cached) {
  const bytes = new Map(Object.entries(files).map(([name, text]) => [name, bytesOf(text)]))
  const readFile = Object.assign((path: string) => files[path], { bytes: (path: string) => bytes.get(path) })
  const text = `loadpath: 1\nname: replay\ntraffic:\n  visitors: { ${visitors} }\n${rest}`
  const { design, problems } = readDesign(text, catalogue, { readFile })
  return { design, problems: problems.map(({ code, severity, message }) => `${severity} ${code}: ${message}`) }
}

function run(visitors: string, files: Readonly<Record<string, string>>, rest = cached) {
  const { design, problems } = read(visitors, files, rest)
  if (design === undefined) throw new Error(problems.join('\n'))
  const kind = runKind(design)
  if (kind.kind !== 'terminating') throw new Error('a replay ends')
  const result = replicate({
    design,
    seed: 1,
    replication: 0,
    workFactor: 1,
    plan: terminatingPlan(design, kind.lengthMs),
    limits: { events: 1e7, inside: 1e6, wallMs: Infinity },
    trace: null,
  })
  const block = [...design.blocks.map(({ name }) => name)].sort().indexOf('pages')
  const counter = (name: string) => result.names[block]?.counters.indexOf(name) ?? -1
  const count = (name: string) =>
    result.blocks[block]?.reduce((sum, cell) => sum + (cell.counters[counter(name)] ?? 0), 0)
  const offered = result.kinds.map((cells) => cells.reduce((sum, cell) => sum + cell.offered, 0))
  return { kind, hits: count('hits'), misses: count('misses'), offered, problems }
}

const ranks = new Zipf(0.9, 5000)
const stream = new Stream(1, 0, 'a trace')
const keys = Array.from({ length: 30_000 }, () => ranks.sample(stream))
const numbers = keys.join('\n')

it('a cache that a trace drives hits exactly as often as in a replay', () => {
  const exact = replay({ name: 'lru', values: {} }, 300, keys)
  const found = run('replay: asked.keys, rate: 100/s, arrival: regular, requests: { read: { to: pages } }', {
    'asked.keys': numbers,
  })
  expect(exact).toMatchObject({ hits: found.hits, misses: found.misses })
  expect(found.offered).toEqual([30_000])
  expect(found.kind).toMatchObject({
    lengthMs: 300_000,
    because: expect.stringContaining('same requests in every replication'),
  })
})

describe('sizes that a trace tells', () => {
  const sizeOf = (key: number) => 100 + ((key * 7919) % 5000)
  const csv = keys.map((key) => `${key},${sizeOf(key)}`).join('\n')
  const visitors = `replay: { file: asked.csv, format: { type: csv, key: 1, size: 2 } }, rate: 100/s, arrival: regular,
    requests: { read: { to: pages } }`
  const inBytes = cached.replace('capacity: 300', 'capacity: 500kB')
  const weights = keys.map(sizeOf)

  it('are those of what is stored: a cache in bytes hits exactly as often as in a replay', () => {
    const { hits, misses } = run(visitors, { 'asked.csv': csv }, inBytes)
    expect(replay('lru', 500_000, keys, { weights })).toMatchObject({ hits, misses })
  })

  it('are not, where the design says how large things are', () => {
    const equal = inBytes.replace('write: 0s', 'write: 0s, object-size: 2kB')
    const { hits, misses } = run(visitors, { 'asked.csv': csv }, equal)
    expect(replay('lru', 250, keys)).toMatchObject({ hits, misses })
  })

  it('are those of the whole object, whatever of it was sent', () => {
    const parts = [...keys.map((key) => `${key},${sizeOf(key)}`), ...keys.map((key) => `${key},0`)].join('\n')
    const { hits, misses } = run(visitors, { 'asked.csv': parts }, inBytes)
    const twice = [...keys, ...keys]
    expect(replay('lru', 500_000, twice, { weights: [...weights, ...weights] })).toMatchObject({ hits, misses })
  })
})

describe('a log with times', () => {
  const line = (second: number, request: string) =>
    `h - - [10/Oct/2000:13:00:${String(second).padStart(2, '0')} +0000] "${request} HTTP/1.1" 200 5`
  const log = [
    line(0, 'GET /photos/1'),
    line(0, 'GET /photos/2'),
    line(2, 'POST /photos/1'),
    line(2, 'GET /about'),
    line(8, 'GET /photos/1'),
  ].join('\n')
  const kinds = 'read: { to: pages, http: GET /photos }, write: { to: pages, http: POST }'

  it('is divided into kinds by method and path, and the rest is left out and told', () => {
    const found = run(`replay: access.log, requests: { ${kinds} }`, { 'access.log': log })
    expect(found.offered).toEqual([3, 1])
    expect(found.problems).toEqual(['warning unmatched-requests: 1 of 5 requests of access.log match no kind'])
    // The write took the entry out: all three reads miss.
    expect([found.hits, found.misses]).toEqual([0, 3])
  })

  it('gives the rest to the kind that matches nothing in particular, and the longest beginning first', () => {
    const requests = `${kinds}, first: { to: pages.read, http: ['/photos/1', '/about'] }, other: { to: pages.read }`
    const { offered, problems } = run(`replay: access.log, requests: { ${requests} }`, { 'access.log': log })
    // In order of names: first, other, read, write.
    expect([offered, problems]).toEqual([[4, 0, 1, 0], []])
    const fewer = `${kinds}, other: { to: pages.read }`
    expect(run(`replay: access.log, requests: { ${fewer} }`, { 'access.log': log }).offered).toEqual([1, 3, 1])
  })

  it('lasts as long as the log and a mean gap, divided by its speed, or as long as the run', () => {
    const requests = 'requests: { read: { to: pages } }'
    const lengthOf = (visitors: string, rest = cached) => {
      const found = run(visitors, { 'access.log': log }, rest)
      return [found.kind.lengthMs, found.offered[0]]
    }
    expect(lengthOf(`replay: access.log, ${requests}`)).toEqual([10_000, 5])
    expect(lengthOf(`replay: access.log, speed: 4, ${requests}`)).toEqual([2500, 5])
    expect(lengthOf(`replay: access.log, ${requests}`, `${cached}\nrun: { for: 1s, repeat: 3 }`)).toEqual([1000, 2])
  })

  it('warms a cache with its keys, as often as it has them', () => {
    const warmed = cached.replace('start: empty, ', '')
    const { hits } = run('replay: access.log, requests: { read: { to: pages } }', { 'access.log': log }, warmed)
    expect(hits).toBe(5)
  })
})

describe('what is wrong is said', () => {
  const requests = 'requests: { read: { to: pages } }'
  const codes = (visitors: string, files: Readonly<Record<string, string>> = { 'a.keys': '/a\n/b\n' }) =>
    read(visitors, files).problems.map((problem) => problem.split(':')[0])
  it.each([
    [`replay: a.keys, ${requests}`, 'error no-times'],
    [`replay: a.keys, rate: 1/s, speed: 2, ${requests}`, 'error conflicting-fields'],
    [`replay: a.keys, users: 5, ${requests}`, 'error open-or-closed'],
    ['rate: 1/s, speed: 2, requests: { read: { to: pages, key: uniform over 9 } }', 'error conflicting-fields'],
    ['rate: 1/s, requests: { read: { to: pages, key: uniform over 9, http: GET } }', 'error conflicting-fields'],
    ['replay: a.keys, rate: 1/s, requests: { read: { to: pages, http: /c } }', 'error unmatched-requests'],
    [`replay: none.keys, rate: 1/s, ${requests}`, 'error file-not-found'],
    [`replay: ../a.keys, rate: 1/s, ${requests}`, 'error outside-folder'],
    [`replay: [a.keys], rate: 1/s, ${requests}`, 'error wrong-form'],
    [`replay: { format: keys }, rate: 1/s, ${requests}`, 'error missing-field'],
    [`replay: { file: a.keys, format: lis }, rate: 1/s, ${requests}`, 'error unknown-trace'],
    [`replay: { file: a.keys, format: liss }, rate: 1/s, ${requests}`, 'error unknown-name'],
  ])('%s', (visitors, code) => {
    expect(codes(visitors)).toEqual([code])
  })
  it('an empty file is said to be empty, and one of headings to be one', () => {
    const said = (file: string, text: string) =>
      read(`replay: ${file}, rate: 1/s, ${requests}`, { [file]: text }).problems
    expect(said('a.log', '')).toEqual(['error unknown-trace: the trace `a.log` is empty'])
    expect(said('a.csv', 'time,key\n')).toEqual([
      'error unknown-trace: the trace has no request: its only entry is a heading or empty',
    ])
    expect(said('a.trace', '*\n*\n')).toEqual([
      'error unknown-trace: the trace has no request: its 2 entries are headings or empty',
    ])
  })
  it('and what was left out', () => {
    expect(codes(`replay: a.lis, rate: 1/s, ${requests}`, { 'a.lis': `${'1 1 0 0\n'.repeat(30)}oops\n` })).toEqual([
      'warning trace-entries-left-out',
    ])
    expect(codes(`replay: a.csv, rate: 1/s, ${requests}`, { 'a.csv': '1,2,3 4\n' })).toEqual(['error unknown-trace'])
  })
})
