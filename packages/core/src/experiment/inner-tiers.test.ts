import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { settlingOf } from './inner-tiers.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

function designOf(run: string) {
  const { design } = readDesign(
    `loadpath: 1
name: tiers
traffic: { readers: { rate: 100/s, requests: { page: { to: edge, key: uniform over 50 } } } }
blocks:
  edge: { type: cache, of: web.page, capacity: 50, ttl: 5s, compute: 0s }
  web: { type: service, endpoints: { page: [{ call: album.read }] } }
  album: { type: cache, of: store, capacity: 50, ttl: 4s, compute: 0s }
  store: { type: cache, of: db, capacity: 50, ttl: 30s, compute: 0s }
  db: { type: database, read: 0s }
${run}
`,
    catalogue,
  )
  return design as NonNullable<typeof design>
}

async function answerOf(run = '') {
  const answer = await simulate(designOf(run) as never, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  const hitRatio = (name: string) => answer.blocks.find((block) => block.name === name)?.hitRatio
  return { ...answer, hitRatio }
}

it('past requests cover two lifetimes of every tier but the first', () => {
  expect(settlingOf(designOf(''))).toEqual({ pastMs: 2 * (30_000 + 4000), unsettledMs: 0 })
})

it('past requests are limited by the events of the run', () => {
  const settling = settlingOf(designOf('run: { for: 10s, bounds: { events: 1000 } }'))
  expect(settling).toEqual({ pastMs: 10_000, unsettledMs: 58_000 })
})

// The edge requests a key again after 5 s at the earliest, when album has forgotten it: album finds nothing, ever.
it('a second tier has its long-run hit ratio from 0 s', async () => {
  const { hitRatio, run } = await answerOf()
  expect(hitRatio('album')).toMatchObject({ point: 0 })
  // A read of a key every 5.5 s, of which one in seven, the first after 30 s, is a miss: between 5/6 and 6/7.
  const { point } = hitRatio('store') as { point: number }
  expect(point).toBeGreaterThan(0.8)
  expect(point).toBeLessThan(0.87)
  expect(run.unsettledMs).toBe(null)
})

it('a run with too few events for past requests reports how long its tiers may drift', async () => {
  const { run } = await answerOf('run: { for: 10s, repeat: 3, bounds: { events: 20000 } }')
  expect(run.unsettledMs).toBe(null)
  const short = await answerOf('run: { for: 10s, repeat: 3, bounds: { events: 3000 } }')
  expect(short.run.unsettledMs).toBe(38_000)
})
