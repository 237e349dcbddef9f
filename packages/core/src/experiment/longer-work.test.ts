import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'

interface Run {
  readonly blocks: string
  readonly request?: string
  readonly slow?: string
  readonly workFactor?: number
}

/** Mean response, ms, of 20 requests that come once a second. */
function meanMs({ blocks, request = '{ to: app }', slow, workFactor = 1 }: Run): number {
  const text = `loadpath: 1
name: one after another
traffic: { visitors: { rate: 1/s, arrival: regular, requests: { get: ${request} } } }
blocks: { ${blocks} }
${slow === undefined ? '' : `faults: [{ slow: ${slow}, factor: 5 }]`}
run: { for: 21s, repeat: 2 }
`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, 21_000)
  const { kinds } = replicate({ design, seed: 1, replication: 0, workFactor, plan, limits, trace: null })
  const cells = kinds.flat()
  const answered = cells.reduce((sum, cell) => sum + cell.answered, 0)
  expect(answered).toBeGreaterThan(18)
  return cells.reduce((sum, cell) => sum + cell.sumMs, 0) / answered
}

const service = (steps: string, more = '') => `app: { type: service, ${more}endpoints: { get: ${steps} } }`
const away = 'away: { type: service, endpoints: { any: [{ wait: constant 500ms }] } }'
const broken = 'broken: { type: service, endpoints: { any: [{ fail: 100% }] } }'
const read = '{ to: app.read, key: uniform over 1M }'

it.each<[string, Run, number]>([
  ['computing', { blocks: service('[{ compute: constant 10ms }]') }, 10],
  ['a wait step', { blocks: service('[{ wait: constant 10ms }]') }, 10],
  ['a wait step that holds the only worker', { blocks: service('[{ wait: constant 10ms }]', 'workers: 1, ') }, 10],
  [
    'a read from disk',
    { blocks: 'app: { type: database, read: 0s, buffer: { capacity: 1 }, disk: constant 10ms }', request: read },
    10,
  ],
  [
    'the bytes of a read',
    { blocks: 'app: { type: database, read: 0s, object-size: constant 10kB, throughput: 1MB/s }', request: read },
    10,
  ],
  [
    'the work of a balancer',
    {
      blocks: `app: { type: load-balancer, targets: there, compute: constant 10ms }, there: { type: service, endpoints: { any: [{ compute: 0s }] } }`,
    },
    10,
  ],
  [
    'transmission over a link',
    {
      blocks: `app: { type: link, to: there, latency: 0s, bandwidth: 8Mbit/s }, there: { type: service, endpoints: { any: [{ compute: 0s }] } }`,
      request: '{ to: app, size: constant 10kB }',
    },
    10,
  ],
])('%s is work: 20 % longer with 20 % more work, five times as long where it is slow', (_, run, expectedMs) => {
  expect(meanMs(run)).toBeCloseTo(expectedMs, 6)
  expect(meanMs({ ...run, workFactor: 1.2 })).toBeCloseTo(1.2 * expectedMs, 6)
  expect(meanMs({ ...run, slow: 'app' })).toBeCloseTo(5 * expectedMs, 6)
})

it('longer work and a slow caller change neither time-outs nor back-offs', () => {
  const timeout = { blocks: `${service('[{ call: away, timeout: 10ms, on-failure: go-on }]')}, ${away}` }
  const retry = 'retry: { attempts: 2, back-off: constant 10ms }'
  const backOff = { blocks: `${service(`[{ call: broken, ${retry}, on-failure: go-on }]`)}, ${broken}` }
  for (const run of [timeout, backOff]) {
    expect(meanMs(run)).toBeCloseTo(10, 6)
    expect(meanMs({ ...run, workFactor: 1.2 })).toBeCloseTo(10, 6)
    expect(meanMs({ ...run, slow: 'app' })).toBeCloseTo(10, 6)
  }
})

it('longer work does not change network latency, and a slow link does', () => {
  const there = 'there: { type: service, endpoints: { any: [{ compute: 0s }] } }'
  const run = { blocks: `app: { type: link, to: there, latency: constant 5ms }, ${there}` }
  expect(meanMs(run)).toBeCloseTo(10, 6)
  expect(meanMs({ ...run, workFactor: 1.2 })).toBeCloseTo(10, 6)
  expect(meanMs({ ...run, slow: 'app' })).toBeCloseTo(50, 6)
})
