import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'
import { cheApproximation, zipfShares } from '../../theory/che-approximation.ts'
import { Bench, idle, instant } from './testing-bench.ts'

const endpoints = [
  { name: 'read', isCached: true },
  { name: 'search', isCached: true },
  { name: 'write', isCached: false },
]

describe('one cache in front of several operations', () => {
  // A plain Map is in the order of insertion: what was requested last is put at its end.
  it('hits whenever a Map of as many pairs of operation and key does', () => {
    const room = 40
    const bench = new Bench(
      { ...idle, endpoints, capacity: { unit: 'entries', amount: room } },
      { ...instant, operations: { search: instant.read } },
      { isAsked: () => true },
    )
    const stream = bench.simulation.stream('test')
    const kept = new Map<string, true>()
    let hits = 0
    for (let i = 0; i < 20_000; i++) {
      const key = Math.floor(60 * stream.next() ** 2)
      const operation = stream.next() < 0.4 ? 'search' : 'read'
      bench.ask(i, key, operation)
      const pair = `${operation} ${key}`
      if (kept.delete(pair)) hits++
      kept.set(pair, true)
      if (kept.size > room) kept.delete(kept.keys().next().value as string)
    }
    bench.run()
    expect(bench.counts()).toMatchObject({ hits, misses: 20_000 - hits })
    expect([hits > 8_000, hits < 16_000]).toEqual([true, true])
  })

  it('answers of an operation that writes are not cached', () => {
    const bench = new Bench({ ...idle, endpoints }, {}, { isAsked: () => true })
    const asked = ['read', 'search', 'write', 'write', 'read', 'search'] as const
    bench.answers(asked.map((operation, i) => [i * 1000, 7, operation]))
    expect(bench.counts()).toMatchObject({ hits: 2, misses: 2, loads: 2, uncached: 2 })
    expect(bench.origin.visits.arrived).toBe(4)
  })

  it('lets the misses of one operation and key wait for one load', () => {
    const bench = new Bench({ ...idle, endpoints, 'single-flight': 'per-key' }, {}, { isAsked: () => true })
    bench.answers(['read', 'search', 'read', 'search', 'read'].map((operation, i) => [i, 7, operation]))
    expect(bench.counts()).toMatchObject({ hits: 0, misses: 5, loads: 2, joined: 3 })
  })

  it('loads again in the background from the operation that answered', () => {
    const bench = new Bench(
      { ...idle, endpoints, ttl: 100, 'stale-while-revalidate': 1000 },
      { operations: { search: instant.read } },
      { isAsked: () => true },
    )
    const arrivals: number[] = []
    const { origin } = bench
    const receive = origin.receive.bind(origin)
    origin.receive = (call) => {
      arrivals.push(call.operation, call.key)
      receive(call)
    }
    bench.answers([0, 150, 200].map((atMs) => [atMs, 7, 'search']))
    const search = origin.operation('search', undefined)
    expect(arrivals).toEqual([search, 7, search, 7])
    expect(bench.counts()).toMatchObject({ hits: 2, misses: 1, renewed: 1 })
  })
})

interface Setting {
  readonly edge?: string
  readonly before?: string
  readonly to?: string
  readonly page?: string
  readonly image?: string
  readonly requests?: string
  readonly endpoints?: string
  readonly rate?: string
  readonly run?: string
}

const page = 'page: { to: edge, weight: 2, key: zipf 0.9 over 3k }'
const image = 'image: { to: edge, weight: 5, key: zipf 0.7 over 8k }'
const edit = 'edit: { to: edge, key: zipf 0.9 over 3k }'
const ofWeb = `{ page: [{ call: pages.read }, { respond: 30KiB }], image: [{ respond: 100KiB }], edit: [{ call: pages.write }] }`

/** What each block counts in front of a service with three endpoints, one of which writes. */
async function countsOf(setting: Setting) {
  const {
    edge = 'type: cache, of: web, capacity: 800, compute: 0s',
    before = '',
    requests = `${page}, ${image}`,
    endpoints: served = ofWeb,
    rate = '1000/s',
    run = '{ for: 20s, repeat: 6 }',
  } = setting
  const { design, problems } = readDesign(
    `loadpath: 1
name: one cache before several endpoints
traffic: { readers: { rate: ${rate}, requests: { ${requests} } } }
blocks:
  edge: { ${edge} }
${before}
  web: { type: service, cores: 64, endpoints: ${served} }
  pages: { type: database, connections: unlimited, cores: 64, read: 0s, write: 0s }
run: ${run}
`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks, requests: kinds } = await simulate(design as never, { runner, longer: false })
  const counters = new Map(
    blocks.map(({ name, counters: own = [] }) => [name, Object.fromEntries(own.map((one) => [one.name, one.count]))]),
  )
  const of = (block: string) => (counters.get(block) ?? {}) as Record<string, number>
  const arrived = (block: string) => blocks.find(({ name }) => name === block)?.calls.arrived ?? Number.NaN
  return { of, arrived, kinds, hitRatio: (block: string) => ratioOf(of(block)) }
}

function ratioOf({ hits = 0, misses = 0 }: Record<string, number>): number {
  return hits / (hits + misses)
}

/** Of pages and images in one cache, each as often as it is requested. */
function merged(room: number): number {
  const pages = zipfShares(0.9, 3000).map((share) => (share * 2) / 7)
  const images = zipfShares(0.7, 8000).map((share) => (share * 5) / 7)
  return cheApproximation([...pages, ...images], room).hitRatio
}

describe('a cache in front of a service with several endpoints', () => {
  it('has the hit ratio of Che’s approximation over all endpoints, from the start', async () => {
    const [whole, first] = await Promise.all([countsOf({}), countsOf({ run: '{ for: 1s, repeat: 100 }' })])
    expect(Math.abs(whole.hitRatio('edge') - merged(800))).toBeLessThan(0.01)
    expect(Math.abs(first.hitRatio('edge') - merged(800))).toBeLessThan(0.01)
  })

  it.each([
    ['fifo', 'eviction: fifo'],
    ['sieve', 'eviction: sieve'],
    ['lru with a time to live', 'ttl: 4s'],
    ['room for all', 'capacity: 20k, ttl: 20s'],
    ['nodes', 'instances: 3'],
  ])('begins as it goes on: %s', async (_, own) => {
    const edge = `type: cache, of: web, compute: 0s, ${own.includes('capacity') ? '' : 'capacity: 800,'} ${own}`
    const [early, late] = await Promise.all([
      countsOf({ edge, run: '{ for: 1s, repeat: 60 }' }),
      countsOf({ edge, run: '{ for: 60s, repeat: 1 }' }),
    ])
    expect(Math.abs(early.hitRatio('edge') - late.hitRatio('edge'))).toBeLessThan(0.015)
  })

  it('counts as one in front of one endpoint where only that is requested', async () => {
    const [several, one] = await Promise.all([
      countsOf({ requests: page }),
      countsOf({
        requests: page.replace('to: edge', 'to: edge.read'),
        edge: 'type: cache, of: web.page, capacity: 800, compute: 0s',
      }),
    ])
    expect(several.of('edge')).toEqual({ ...one.of('edge'), uncached: 0 })
    expect(several.kinds).toEqual(one.kinds)
  })

  it('passes writes uncached, and drops the entries that show a changed object', async () => {
    const setting = { requests: `${page}, ${image}, ${edit}`, edge: 'type: cache, of: web, capacity: 20k, compute: 0s' }
    const [kept, told, others] = await Promise.all([
      countsOf(setting),
      countsOf({ ...setting, edge: `${setting.edge}, invalidation: {}` }),
      countsOf({ ...setting, requests: `${image}, ${edit}`, edge: `${setting.edge}, invalidation: {}` }),
    ])
    // Each request comes to the service that misses, and each that edits.
    for (const { of, arrived } of [kept, told])
      expect(arrived('web')).toBe((of('edge').misses as number) + (of('edge').uncached as number))
    expect(kept.of('edge').stale).toBeGreaterThan(1000)
    expect(told.of('edge').stale).toBe(0)
    expect(told.of('edge').invalidated).toBeGreaterThan(1000)
    // Images have the same keys and show nothing of what changes.
    expect(others.of('edge')).toMatchObject({ invalidated: 0, 'changes-heard': expect.any(Number) })
    expect(others.of('edge')['changes-heard']).toBeGreaterThan(1000)
  })

  it('counts the fetches of a CDN apart from the calls that pass uncached', async () => {
    const cdn = 'pops: 1, capacity: 1GiB, ttl: 1h, edge-latency: 0s, origin-latency: 0s, compute: 0s'
    const { of } = await countsOf({
      requests: `${page}, ${image}, ${edit}`,
      edge: `type: cdn, of: web, object-size: 1KiB, ${cdn}`,
    })
    const edge = of('edge')
    expect(edge.uncached).toBeGreaterThan(1000)
    expect(edge['origin-calls']).toBe((edge.fetches as number) + (edge.uncached as number))
    // Every fetch is answered with an object of 1 KiB.
    expect(edge['bytes-fetched']).toBe((edge.fetches as number) * 1024)
  })

  it('has entries with the response size of their endpoint', async () => {
    const { of, kinds } = await countsOf({
      edge: 'type: cdn, of: web, pops: 1, capacity: 1GiB, ttl: 1h, edge-latency: 0s, origin-latency: 0s, compute: 0s',
    })
    const answered = (name: string) => kinds.find((kind) => kind.name === `readers.${name}`)?.ledger.answered ?? 0
    const bytes = answered('page') * 30 * 1024 + answered('image') * 100 * 1024
    expect(of('edge')['bytes-out']).toBe(bytes)
  })

  it('starts warmed within its capacity if few large answers need more room than many small ones', async () => {
    const edge = 'type: cache, of: web, capacity: 100MB, compute: 0s'
    const requests = 'page: { to: edge, weight: 99, key: uniform over 10 }, image: { to: edge, key: uniform over 1k }'
    const endpoints = '{ page: [{ respond: 1KiB }], image: [{ respond: 1MB }] }'
    const { hitRatio } = await countsOf({ edge, requests, endpoints, run: '{ for: 1s, repeat: 40 }' })
    // All pages, and a tenth of the images.
    expect(Math.abs(hitRatio('edge') - (0.99 + 0.01 * 0.1))).toBeLessThan(0.002)
  })

  it('hits as often behind a balancer and a link', async () => {
    const cdn = 'type: cdn, pops: 2, capacity: 800, ttl: 1h, edge-latency: 0s, origin-latency: 0s, compute: 0s'
    const [direct, behind] = await Promise.all([
      countsOf({ edge: `${cdn}, of: web` }),
      countsOf({
        edge: `${cdn}, of: wire`,
        before: '  wire: { type: link, to: front, latency: 0s }\n  front: { type: load-balancer, targets: web }',
      }),
    ])
    expect(behind.of('edge')).toEqual(direct.of('edge'))
  })

  it('is a tier in front of another, whose reads are those that it misses', async () => {
    const { of } = await countsOf({
      edge: 'type: cache, of: inner, capacity: 200, compute: 0s',
      before: '  inner: { type: cache, of: web, capacity: 2000, compute: 0s }',
    })
    const inner = of('inner')
    expect((inner.hits as number) + (inner.misses as number)).toBe(of('edge').misses)
    // A least-recently-used cache of 2000 holds all that one of 200 does, or nearly so behind it.
    const { hits = 0 } = of('edge')
    expect(Math.abs((hits + (inner.hits ?? 0)) / (hits + (of('edge').misses ?? 0)) - merged(2000))).toBeLessThan(0.03)
  })
})
