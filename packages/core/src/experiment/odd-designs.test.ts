import { describe, expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

/** Small designs that the fuzzer once found unreadable, endless or wrong. */
const text = (traffic: string, blocks: string, rest = '') =>
  `loadpath: 1\nname: odd\ntraffic:\n${traffic}\nblocks:\n${blocks}\nrun: { for: 1s, repeat: 2 }\n${rest}`

function designOf(written: string): Design {
  const { design, problems } = readDesign(written, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return design as Design
}

const codesOf = (written: string) => readDesign(written, catalogue).problems.map(({ code }) => code)
const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
const answerOf = (design: Design) => simulate(design, { runner, longer: false })

describe('a cache in front of a service', () => {
  const cached = (endpoint: string) =>
    text(
      '  t: { rate: 100/s, requests: { page: { to: album } } }',
      `  album: { type: cache, of: wire, capacity: 10 }\n  wire: { type: link, to: web }\n  web: { type: service, endpoints: { ${endpoint}: [{ compute: 1ms }] } }`,
    )

  it('reads from the endpoint `any`', async () => {
    const { requests } = await answerOf(designOf(cached('any')))
    expect(requests[0]?.ledger.answered).toBe(requests[0]?.ledger.offered)
  })

  it('is refused if no endpoint has the name of the request', () => {
    expect(codesOf(cached('image'))).toContain('unknown-operation')
    expect(codesOf(cached('image').replace('of: wire', 'of: web'))).toContain('unknown-operation')
  })
})

describe('a design that would take all memory', () => {
  it('is refused if it copies steps too often', () => {
    const steps = '[{ repeat: 1000, do: [{ repeat: 1000, do: [{ compute: 1ms }] }] }]'
    const blocks = `  web: { type: service, endpoints: { page: ${steps} } }`
    expect(codesOf(text('  t: { rate: 1/s, requests: { page: { to: web } } }', blocks))).toEqual(['too-many-parts'])
  })

  it('is refused if it has too many instances, or a balancer with too many targets', () => {
    const web = '  web: { type: service, instances: 10000, endpoints: { any: [{ compute: 1ms }] } }'
    const front = `  front: { type: load-balancer, targets: [${Array.from({ length: 40 }, () => 'web').join(', ')}] }`
    const traffic = '  t: { rate: 1/s, requests: { page: { to: front } } }'
    expect(codesOf(text(traffic, `${front}\n${web}`))).toEqual(['too-many-parts'])
  })

  it('ends the run if too many messages are in flight', async () => {
    const design = designOf(
      text(
        '  t: { users: 1, think: 0s, requests: { put: { to: jobs } } }',
        '  jobs: { type: queue, workers: { compute: 1h } }',
      ).replace('repeat: 2', 'repeat: 2, bounds: { in-flight: 10k }'),
    )
    const { run, blocks } = await answerOf(design)
    expect(run.stopped).toMatch(
      /^run.bounds.in-flight was reached: [\d,]+ calls are in flight at jobs; lower the rate$/,
    )
    expect(blocks[0]?.calls.inFlightAtEnd).toBeLessThan(200_000)
  })
})

it('the block with most abandoned calls is named if they fill the run', async () => {
  const call = (more: string) =>
    text(
      '  t: { rate: 10000/s, requests: { get: { to: web } } }',
      `  web: { type: service, workers: unlimited, endpoints: { any: [{ call: db, timeout: 1ms${more} }] } }
  db: { type: service, workers: 1, endpoints: { any: [{ wait: 1s }] } }`,
    ).replace('for: 1s, repeat: 2', 'for: 10s, repeat: 2, bounds: { in-flight: 10k }')
  const { run, requests } = await answerOf(designOf(call('')))
  expect(requests[0]?.ledger.inFlight).toBeLessThan(200)
  expect(run.stopped).toMatch(
    /^run.bounds.in-flight was reached: [\d,]+ calls are in flight at db, [\d,]+ of them abandoned by their callers; let callers cancel the calls they abandon \(cancels: all\)$/,
  )
  expect((await answerOf(designOf(call(', cancels: all')))).run.stopped).toBe(null)
})

it('a closed loop without thinking is not followed request by request', () => {
  const design = designOf(
    text('  t: { users: 4, think: 0s, requests: { get: { to: db } } }', '  db: { type: database, read: 10us }'),
  )
  const limits = { events: 1e6, inside: 1e5, wallMs: Number.POSITIVE_INFINITY }
  const plan = terminatingPlan(design, 1000)
  const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
  expect(found.kinds.flat()[0]?.answered).toBeGreaterThan(100_000)
  expect(found.breakdown[0]?.followed).toBeLessThan(10_000)
})

it('weights that are all zero are a problem', () => {
  const traffic = '  t: { rate: 1/s, requests: { get: { to: db, weight: 0 }, put: { to: db, weight: 0 } } }'
  expect(codesOf(text(traffic, '  db: { type: database }'))).toEqual(['no-weight'])
})

it('sums of rates do not depend on the order in which sources are declared', async () => {
  const sources = ['  a: { rate: 100.1/s', '  b: { rate: 0.3/s', '  c: { rate: 2000.7/s'].map(
    (begin) => `${begin}, requests: { get: { to: db } } }`,
  )
  const database = '  db: { type: database, cores: 1, read: 1.7ms }'
  const [one, other] = await Promise.all(
    [sources, sources.toReversed()].map((list) => answerOf(designOf(text(list.join('\n'), database)))),
  )
  expect(one?.bottleneck).toEqual(other?.bottleneck)
  // Its callers wait for one of 100 connections: what they bring counts, and not what has come in.
  const offeredPerSecond = one?.requests[0]?.offeredPerSecond
  const load = offeredPerSecond?.sufficient === true ? offeredPerSecond.point * 0.0017 : Number.NaN
  expect((one?.bottleneck?.saturationLoad ?? 0) * load).toBeCloseTo(1, 6)
})

it('a block with work of infinite mean is not saturated if no request reaches it', async () => {
  const never = '{ compute: { work: { distribution: pareto, min: 1ms, shape: 1 } } }'
  const traffic =
    '  t: { rate: 0/s, requests: { dear: { to: web } } }\n  u: { rate: 1500/s, requests: { cheap: { to: web } } }'
  const ways = `{ branch: 0%, do: [${never}], else: [{ compute: 1ms }] }`
  const blocks = `  web: { type: service, endpoints: { dear: [${never}], cheap: [${ways}] } }`
  const { bottleneck, blocks: measured } = await answerOf(designOf(text(traffic, blocks)))
  // As measured: every call that came in two seconds is 1 ms of work, one of each replication begun and not done.
  const work = (measured[0]?.calls.arrived ?? 0) / 2 / 1000
  expect(Math.abs((bottleneck?.saturationLoad ?? 0) * work - 1)).toBeLessThan(1e-9)
  expect(Math.abs(work / 1.5 - 1)).toBeLessThan(4 / Math.sqrt(3000))
})

it('a world in which nothing is answered gives no NaN', async () => {
  const blocks = '  db: { type: database, read: 2s ± 10% }'
  const run = 'run: { for: 1s, repeat: 2, worlds: 10 }'
  const design = designOf(text('  t: { rate: 50/s, requests: { get: { to: db } } }', blocks).replace(/run: .*/, run))
  const { worlds } = await answerOf({ ...design })
  expect(worlds?.ranges.flatMap(({ low, high }) => [low, high]).filter(Number.isNaN) ?? []).toEqual([])
})

it('a problem after an unclosed bracket is shown on its own line', () => {
  const broken = text(
    '  t: { rate: 1/s, requests: { put: { to: jobs } } }',
    '  jobs: { type: queue, limit:s: 100\n    endpoints: [',
  ).replace('put: { to: jobs } } }', 'put: { to: jobs } } } }')
  const lines = broken.split('\n')
  for (const { place } of readDesign(broken, catalogue).problems) {
    expect(place.column).toBeLessThanOrEqual((lines[(place.line ?? 0) - 1] ?? '').length + 1)
  }
})
