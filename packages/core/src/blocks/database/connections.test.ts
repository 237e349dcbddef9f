import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

it('offers what waits for a connection too', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: twice what it carries
traffic:
  visitors: { rate: 100/s, requests: { page: { to: pages.read } } }
blocks:
  pages: { type: database, connections: 5, cores: 5, read: 100ms }
run: { for: 100s, repeat: 4 }
objectives: [pages.offered < 1/s, pages.throughput < 1/s]
`,
    catalogue,
  )
  const { objectives } = await simulate(design as never, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  const [offered, throughput] = objectives.map(({ measured }) => (measured.sufficient ? measured.point : Number.NaN))
  expect(Math.abs((offered as number) - 100)).toBeLessThan(4)
  expect(Math.abs((throughput as number) - 50)).toBeLessThan(0.2)
})

/**
 * A closed loop of 50 users around 10 connections, each held for 500 ms: 20 calls/s, so a cycle takes 2.5 s, of which
 * users think for 100 ms and the database works for 500 ms. The rest, 1.9 s, is the wait for a connection.
 */
const pool = (more: string) => `loadpath: 1
name: more users than connections
traffic: { users: { users: 50, think: constant 100ms, requests: { query: { to: app } } } }
blocks:
  app: { type: service, endpoints: { query: [{ call: db.sleep }] } }
  db: { type: database, connections: 10, ${more}cores: 64, operations: { sleep: constant 500ms } }
run: { for: 60s, repeat: 10 }
objectives:
  - db.connection-wait-mean < 1h
  - db.connection-wait-p95 < 1h
  - db.connection-waited < 100%
  - db.connection-queue < 1000
  - db.connections < 200%
  - db.wait-mean < 1h
${more === '' ? '' : '  - db.occupancy < 200%\n'}`

async function measuredIn(text: string) {
  const { design } = readDesign(text, catalogue)
  const { objectives, blocks } = await simulate(design as never, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  const points = objectives.map(({ measured }) => (measured.sufficient ? measured.point : Number.NaN))
  return { points, block: blocks.find(({ name }) => name === 'db') }
}

it('a database measures the wait for a connection apart from the wait for a worker', async () => {
  const { points, block } = await measuredIn(pool(''))
  const [mean, p95, waited, queue, connections, waitMean] = points as number[]
  // The first round begins with an empty pool: its waits are shorter, in 2.5 of 60 s.
  expect(mean).toBeGreaterThan(1850)
  expect(mean).toBeLessThan(1900)
  expect(p95).toBeGreaterThan(1890)
  expect(p95).toBeLessThan(1910)
  expect(waited).toBeGreaterThan(0.98)
  expect(queue).toBeGreaterThan(37.5)
  expect(queue).toBeLessThan(38)
  expect(connections).toBeGreaterThan(0.99)
  expect(waitMean).toBe(0)
  expect(block?.connectionWaitMean).toMatchObject({ point: mean })
})

it('measures workers held by the name of the resource, also beside connections', async () => {
  const { points } = await measuredIn(pool('workers: 40, '))
  expect(points[6]).toBeCloseTo(0.25, 2)
})
