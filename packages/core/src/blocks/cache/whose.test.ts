import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import type { Task } from '../../experiment/task.ts'
import { readDesign } from '../../language/read-design.ts'

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

const text = (parts: { traffic?: string; album?: string; more?: string; faults?: string; web?: string }) => `loadpath: 1
name: whose cache
traffic:
  visitors: { rate: 200/s, ${parts.traffic ?? ''} requests: { view: { to: web, key: uniform over 100 } } }
blocks:
  web: { type: service, instances: 4, endpoints: { any: [${parts.web ?? '{ call: album.read }'}] } }
  album: { type: cache, of: photos, capacity: 1k, compute: 0s, ${parts.album ?? ''} }
  photos: { type: database, read: 1ms, connections: unlimited }
  ${parts.more ?? ''}
run: { for: 60s, repeat: 4 }
faults: [${parts.faults ?? ''}]
`

async function countsOf(parts: Parameters<typeof text>[0]) {
  const { design, problems } = readDesign(text(parts), catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const { blocks } = await simulate(design as never, { runner, longer: false })
  const counters = blocks.find(({ name }) => name === 'album')?.counters ?? []
  return Object.fromEntries(counters.map(({ name, count }) => [name, count])) as Record<string, number>
}

const mistakesOf = (parts: Parameters<typeof text>[0]) =>
  readDesign(text(parts), catalogue).problems.flatMap(({ message, severity }) =>
    severity === 'error' ? [message] : [],
  )

describe('a cache in the memory of each instance', () => {
  it('misses every key once an instance, where one for all misses it once', async () => {
    const [shared, own] = await Promise.all(
      ['start: empty', 'start: empty, per: web'].map((album) => countsOf({ album })),
    )
    // A few more while the first load is under way.
    expect(Math.abs((shared?.misses ?? 0) / 400 - 1)).toBeLessThan(0.3)
    expect(Math.abs((own?.misses ?? 0) / 1600 - 1)).toBeLessThan(0.1)
  })

  it('dies with its instance', async () => {
    const before = await countsOf({ album: 'per: web' })
    const after = await countsOf({ album: 'per: web', faults: '{ crash: web.2, at: 20s, for: 1s }' })
    expect(before.misses).toBe(0)
    // One of four instances misses all its keys again, in each of four replications.
    expect(Math.abs((after.misses ?? 0) / 400 - 1)).toBeLessThan(0.1)
  })
})

describe('a cache of each session', () => {
  it('holds what this session has requested', async () => {
    const { misses = 0, hits = 0 } = await countsOf({
      traffic: 'sessions: 10,',
      album: 'start: empty, per: session',
    })
    // 10 sessions × 100 keys × 4 replications; 1,200 requests a session in 60 s see nearly all of them.
    expect(Math.abs(misses / 4000 - 1)).toBeLessThan(0.02)
    expect(hits + misses).toBeGreaterThan(45_000)
  })
})

it('may be behind a balancer that asks whether it is well', async () => {
  const { misses = 0 } = await countsOf({
    traffic: 'sessions: 10,',
    album: 'start: empty, per: session',
    more: 'front: { type: load-balancer, targets: album, health-check: { every: 1s } }',
    web: '{ call: front }',
  })
  expect(Math.abs(misses / 4000 - 1)).toBeLessThan(0.02)
})

it.each([
  [{ album: 'per: session' }, 'no sessions'],
  [{ album: 'per: session', traffic: 'sessions: 200k,' }, 'more than 100000 sessions'],
  [{ album: 'per: web', faults: '{ crash: album, at: 1s, for: 1s }' }, 'in the memory of web'],
  [
    { album: 'per: api', more: 'api: { type: service, endpoints: { any: [{ compute: 1ms }] } }' },
    '`web` cannot call a cache in the memory of api',
  ],
  [{ album: 'per: web, instances: 2' }, 'already sets the number of caches'],
] as const)('%o is a mistake', (parts, words) => {
  expect(mistakesOf(parts).join()).toContain(words)
})
