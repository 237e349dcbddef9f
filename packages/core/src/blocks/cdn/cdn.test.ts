import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import type { Task } from '../../experiment/task.ts'
import { readDesign } from '../../language/read-design.ts'

interface Setting {
  readonly cdn: string
  readonly rate?: string
  readonly edits?: string
  readonly key?: string
  readonly run?: string
  readonly of?: string
  readonly edit?: string
  readonly page?: string
}

/** Users far away request files of 1 MB through a CDN; the origin takes no time. */
async function through({
  cdn,
  rate = '20/s',
  edits = '0/s',
  key = 'uniform over 1',
  run = '{ for: 2000s, repeat: 4 }',
  of = 'files',
  edit = 'edge.write',
  page = '[{ call: files.read }, { respond: 1MB }]',
}: Setting) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: cdn
traffic:
  users: { rate: ${rate}, requests: { view: { to: edge.read, key: ${key} } } }
  authors: { rate: ${edits}, requests: { edit: { to: ${edit}, key: ${key} } } }
blocks:
  edge: { type: cdn, of: ${of}, capacity: 1k, compute: 0s, edge-latency: 10ms, origin-latency: 40ms, ${cdn} }
  wire: { type: link, to: front, latency: 0s }
  front: { type: load-balancer, targets: [web] }
  web: { type: service, cores: 64, endpoints: { page: ${page} } }
  files: { type: database, read: 0s, write: 0s, connections: unlimited, object-size: 1MB }
run: ${run}
`,
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const answer = await simulate(design as never, { runner, longer: false })
  const edge = answer.blocks.find(({ name }) => name === 'edge')
  const counters = Object.fromEntries((edge?.counters ?? []).map(({ name, count }) => [name, count]))
  const count = (name: string) => counters[name] as number
  const view = answer.requests.find(({ name }) => name === 'users.view')
  const { utilization } = edge?.resources.find(({ name }) => name === 'storage') ?? {}
  const storage = (utilization as { point: number }).point
  return { answer, count, storage, meanMs: (view as { mean: { point: number } }).mean.point }
}

const hitRatio = (count: (name: string) => number) => count('hits') / (count('hits') + count('misses'))

describe('pull', () => {
  // One file, Poisson requests: a point that gets λ of them hits λT / (1 + λT), and is not the wiser for the others.
  it.each([1, 4, 20])('spread over %i points hits as each point alone would', async (points) => {
    const { count, meanMs } = await through({ cdn: `pops: ${points}, ttl: 10s, single-flight: none` })
    const atPoint = (20 / points) * 10
    // A load takes 80 ms there and back, in which others miss too: λ × 80 ms more of them each time.
    const misses = 1 + (20 / points) * 0.08
    const expected = 1 - misses / (misses + atPoint)
    expect(Math.abs(hitRatio(count) - expected)).toBeLessThan(0.004)
    expect(Math.abs(meanMs - (20 + (1 - expected) * 80))).toBeLessThan(0.4)
  })

  it('with single flight, loads once for all callers that wait', async () => {
    const { count } = await through({ cdn: 'pops: 1, ttl: 1s', rate: '200/s', run: '{ for: 500s, repeat: 2 }' })
    // Per cycle of one load: 80 ms of loading, 1 s of showing, and the wait for the next request.
    const cycleMs = 80 + 1000 + 5
    expect(Math.abs(count('origin-calls') / (1_000_000 / cycleMs) - 1)).toBeLessThan(0.02)
  })

  it.each([
    ['which says how large its answers are', {}],
    ['which does not', { page: '[{ call: files.read }]', cdn: 'object-size: 1MB, ' }],
  ])(
    'asks a service behind a link and a balancer as it would the store, %s',
    async (_, { page, cdn = '' }: Partial<Setting>) => {
      const setting = { cdn: `${cdn}pops: 2, ttl: 2s`, edits: '0.2/s', edit: 'files.write' }
      const direct = await through(setting)
      const served = await through({ ...setting, of: 'wire.page', ...(page === undefined ? {} : { page }) })
      const names = [
        'hits',
        'origin-calls',
        'not-modified',
        'bytes-from-origin',
        'bytes-out',
        'stale',
        'stale-versions',
      ]
      const counts = ({ count }: typeof direct) => names.map((name) => [name, count(name)])
      expect(counts(served)).toEqual(counts(direct))
      expect(direct.count('stale')).toBeGreaterThan(1000)
      expect(direct.count('not-modified')).toBeGreaterThan(100)
    },
  )

  it('revalidates an expired file: the trip to the origin stays, its bytes are saved', async () => {
    const [asked, again] = await Promise.all(
      ['conditional', 'none'].map((how) => through({ cdn: `pops: 2, ttl: 2s, start: empty, revalidation: ${how}` })),
    )
    expect(asked?.count('origin-calls')).toBe(again?.count('origin-calls'))
    expect(asked?.meanMs).toBeCloseTo(again?.meanMs ?? 0, 6)
    const { count } = asked as NonNullable<typeof asked>
    // Every reader gets the file but those inside at the end, who wait for the loads that are still under way.
    const waiting = asked?.answer.blocks.find(({ name }) => name === 'edge')?.calls.inFlightAtEnd ?? Number.NaN
    expect(count('bytes-out')).toBe((count('hits') + count('misses') - waiting) * 1e6)
    // All but the first load of each point in each replication: it is requested again, and has not changed.
    const loads = count('not-modified') + 2 * 4
    const underWay = count('origin-calls') - loads
    expect([underWay >= 0, underWay <= waiting, underWay > 0]).toEqual([true, true, waiting > 0])
    expect(again?.count('bytes-from-origin')).toBe(loads * 1e6)
    expect(count('bytes-from-origin')).toBe(2 * 4 * 1e6 + count('not-modified') * 200)
  })

  it('returns an old file during a background load', async () => {
    const { count, meanMs } = await through({
      cdn: 'pops: 1, ttl: 1s, stale-while-revalidate: 60s',
      rate: '50/s',
      run: '{ for: 500s, repeat: 2 }',
    })
    expect([count('misses'), meanMs]).toEqual([0, expect.closeTo(20, 6)])
    // One load a cycle: a second, the wait for the next request, and 80 ms there and back.
    expect(Math.abs(count('renewed') / (1_000_000 / 1100) - 1)).toBeLessThan(0.02)
    expect(count('origin-calls')).toBe(count('renewed'))
    // The file never changes: each time it is enough that the origin says so.
    expect(count('not-modified')).toBe(count('renewed'))
    expect(count('bytes-from-origin')).toBe(count('renewed') * 200)
  })

  it('loads a changed file in the background, and every file without revalidation', async () => {
    const cdn = 'pops: 1, ttl: 1s, stale-while-revalidate: 60s'
    const setting = { rate: '50/s', run: '{ for: 500s, repeat: 2 }' }
    const [changing, unasked] = await Promise.all([
      through({ ...setting, cdn, edits: '0.05/s' }),
      through({ ...setting, cdn: `${cdn}, revalidation: none` }),
    ])
    const { count } = changing
    const loaded = count('renewed') - count('not-modified')
    // About fifty changes in 1000 s; two of them may fall into one renewal.
    expect([loaded > 25, loaded < 80]).toEqual([true, true])
    expect(count('bytes-from-origin')).toBe(loaded * 1e6 + count('not-modified') * 200)
    expect(unasked.count('bytes-from-origin')).toBe(unasked.count('renewed') * 1e6)
  })

  it('returns an old file until it expires, is purged, or has another name', async () => {
    const setting = { edits: '0.02/s', rate: '50/s' }
    const share = ({ count }: Awaited<ReturnType<typeof through>>) => count('stale') / count('shown')
    const [kept, purged, slow, lossy, versioned, rewritten] = await Promise.all(
      [
        'pops: 1, ttl: 20s',
        'pops: 1, ttl: 20s, purge: { delay: 0s }',
        'pops: 1, ttl: 20s, purge: { delay: 2s }',
        'pops: 1, ttl: 20s, purge: { delay: 0s, lost: 50% }',
        'pops: 1, ttl: 20s, names: versioned',
        'pops: 1, ttl: 20s, names: versioned, rewrite: 2s',
      ].map(async (cdn) => share(await through({ ...setting, cdn }))),
    )
    // Changes every 50 s: old for 10 s of them on average, at most 20.
    const old = 1 - (1 - Math.exp(-0.4)) / 0.4
    expect(Math.abs((kept ?? 0) - old)).toBeLessThan(0.04)
    expect(purged).toBeLessThan(0.003)
    // For 2 s after a change, unless it expires in the meantime.
    expect(Math.abs((slow ?? 0) - 0.038)).toBeLessThan(0.01)
    expect(Math.abs((lossy ?? 0) - old / 2)).toBeLessThan(0.04)
    expect(versioned).toBe(0)
    expect(Math.abs((rewritten ?? 0) - 0.038)).toBeLessThan(0.01)
  })
})

describe('push', () => {
  it('has every file from the start, and every change after its upload', async () => {
    const { count, meanMs, storage } = await through({
      cdn: 'pops: 3, content: push, upload: { files: 1, delay: 5s }',
      edits: '0.02/s',
    })
    expect([count('misses'), count('origin-calls'), meanMs]).toEqual([0, expect.any(Number), expect.closeTo(20, 6)])
    expect(count('uploads')).toBeGreaterThan(3 * 100)
    expect(count('bytes-uploaded')).toBe(count('uploads') * 1e6)
    // One file of the thousand that there is room for.
    expect(storage).toBeCloseTo(0.001, 9)
    expect(Math.abs(count('stale') / count('shown') - (1 - Math.exp(-0.02 * 5)))).toBeLessThan(0.02)
  })

  it('gets with each upload what had changed when it was sent, not what has changed since', async () => {
    const { count } = await through({
      cdn: 'pops: 2, content: push, upload: { files: 1, delay: 60s }',
      edits: '1/min',
      run: '{ for: 6000s, repeat: 10 }',
    })
    expect(Math.abs(count('stale') / count('shown') - (1 - Math.exp(-1)))).toBeLessThan(0.03)
  })

  it('holds no more files than fit; the rest come from the origin each time', async () => {
    const { count, storage } = await through({
      cdn: 'points: [{ capacity: 25 }], content: push, upload: { files: 50, delay: 0s }',
      key: 'uniform over 100',
      edits: '0.5/s',
    })
    expect(Math.abs(hitRatio(count) - 0.25)).toBeLessThan(0.005)
    expect(storage).toBe(1)
    // A quarter of the changes are of files that are there.
    expect(
      Math.abs(count('uploads-without-room') / (count('uploads') + count('uploads-without-room')) - 0.75),
    ).toBeLessThan(0.03)
  })

  it('returns an old file until the next upload if an upload is lost', async () => {
    const { count } = await through({
      cdn: 'pops: 4, content: push, upload: { files: 1, delay: 0s, lost: 20% }',
      edits: '0.1/s',
    })
    // A point is right again with the next upload that arrives: old for a share of 20 %.
    expect(Math.abs(count('stale') / count('shown') - 0.2)).toBeLessThan(0.02)
    expect(Math.abs(count('uploads-lost') / (count('uploads') + count('uploads-lost')) - 0.2)).toBeLessThan(0.03)
  })
})

describe('PoPs that differ', () => {
  it('serve their own users', async () => {
    const { meanMs } = await through({
      cdn: 'points: [{ weight: 3, edge-latency: 10ms }, { weight: 1, edge-latency: 50ms }], ttl: 1000s',
    })
    // Nearly all hit: three in four are 20 ms away, the others 100 ms.
    expect(Math.abs(meanMs - 40)).toBeLessThan(0.6)
  })

  it('hold files up to their own capacity', async () => {
    // Uniform over 100 files: a point with room for ten hits a tenth of the time, with room for forty four tenths.
    const { count, storage } = await through({
      cdn: 'points: [{ capacity: 10 }, { capacity: 40 }], ttl: 100000s, single-flight: none',
      key: 'uniform over 100',
    })
    expect(Math.abs(hitRatio(count) - 0.25)).toBeLessThan(0.01)
    expect(storage).toBeCloseTo(1, 3)
  })

  it('have their room in the same units', () => {
    const text = `loadpath: 1
name: mixed
traffic: { users: { rate: 1/s, requests: { view: { to: edge.read, key: uniform over 9 } } } }
blocks:
  edge: { type: cdn, of: files, capacity: 1k, pops: [{ weight: 1 }, { capacity: 1GB }] }
  files: { type: database, read: 0s, write: 0s }
`
    const { problems } = readDesign(text, catalogue)
    expect(problems.map(({ message }) => message)).toEqual(['capacities of PoPs mix bytes and entries: PoP 2'])
  })
})

// The reader must see which of three streams costs.
it.each([
  ['content: push, upload: { files: 1 }', ['traffic to users', 'uploads']],
  ['ttl: 10s', ['traffic to users', 'traffic from origin']],
])('names each part of the cost of a CDN with %s by what it counts', async (cdn, expected) => {
  const { answer } = await through({
    cdn: `pops: 2, price: $0.10/GB, origin-price: $0.02/GB, ${cdn}`,
    edits: '1/s',
    run: '{ for: 100s, repeat: 2 }',
  })
  expect(answer.cost.parts.flatMap(({ what, perHour }) => (perHour > 0 ? [what] : []))).toEqual(expected)
})

// 1 MB of 100 reads a second, whether it was in or not, and what is fetched for the misses.
it('sends the same size for a hit and a miss if the origin has no sizes', async () => {
  const bytes = async (cdn: string, store: string) => {
    const { design } = readDesign(
      `loadpath: 1
name: one size
traffic: { v: { rate: 100/s, requests: { get: { to: near, key: zipf 0.8 over 10k } } } }
blocks:
  near: { type: cdn, of: store, pops: 1, capacity: 1000, ttl: 10000h, ${cdn} }
  store: { type: database, connections: unlimited, cores: 64, ${store} }
run: { for: 50s, repeat: 4 }
`,
      catalogue,
    )
    const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
    const { blocks } = await simulate(design as never, { runner, longer: false })
    const counters = blocks.find(({ name }) => name === 'near')?.counters ?? []
    return counters.filter(({ name }) => name.startsWith('bytes'))
  }
  const own = await bytes('object-size: 1MB', 'read: 1ms')
  expect(own.map(({ count }) => count)).toEqual(
    (await bytes('price: $0/GB', 'read: 1ms, object-size: 1MB')).map(({ count }) => count),
  )
  expect((own[0]?.count ?? 0) / (100 * 50 * 4 * 1e6)).toBeCloseTo(1, 1)
})
