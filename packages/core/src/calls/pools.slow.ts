import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { replicate } from '../experiment/replicate.ts'
import { simulate } from '../experiment/simulate.ts'
import { readDesign } from '../language/read-design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { mmc } from '../theory/index.ts'

interface Parts {
  readonly rate: number
  readonly pool: string
  readonly connections: number
  readonly read: string
}

async function answerOf({ rate, pool, connections, read }: Parts) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: pools
traffic: { people: { rate: ${rate}/s, requests: { page: { to: app } } } }
blocks:
  app: { type: service, calls: { pg: { pool: ${pool} } }, endpoints: { page: [{ call: pg.read }] } }
  pg: { type: database, connections: ${connections}, cores: 64, read: ${read} }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

/** Expects an interval to be near a number: one and a half times its width away at most. */
function expectNear(found: Estimate | undefined, exact: number) {
  if (found === undefined || !found.sufficient) throw new Error('there is no estimate')
  expect(Math.abs(found.point - exact)).toBeLessThan(1.5 * (found.high - found.low))
}

it('calls wait for the connections of their pool where the store takes no more: Erlang C of those', async () => {
  const parts = { rate: 160, pool: '{ connections: 20, timeout: 30s }', connections: 10, read: 'exponential 50ms' }
  const { requests } = await answerOf(parts)
  expect(requests[0]?.availability).toMatchObject({ point: 1 })
  expectNear(requests[0]?.mean, 1000 * mmc(10, 160, 20).meanResponse)
})

it('a pool is what fills, not the connections that it keeps open at the store', async () => {
  const { bottleneck } = await answerOf({ rate: 20, pool: '2', connections: 4, read: 'exponential 10ms' })
  expect(bottleneck).toMatchObject({ block: 'app', resource: 'pool of pg' })
  // 20 calls a second of 10 ms on two connections: full at ten times this load.
  expect(Math.abs((bottleneck?.saturationLoad ?? 0) / 10 - 1)).toBeLessThan(0.04)
})

it.each([226, 320])('a pool of two that gets %d calls/s of 10 ms is overloaded', async (rate) => {
  const { verdict, bottleneck } = await answerOf({
    rate,
    pool: '2',
    connections: 4,
    read: 'exponential 10ms',
  })
  expect(verdict).toMatchObject({ outcome: 'overloaded', overloads: [{ block: 'app' }] })
  expect(bottleneck).toMatchObject({ block: 'app', resource: 'pool of pg' })
  expect(Math.abs(((bottleneck?.saturationLoad ?? 0) * rate) / 200 - 1)).toBeLessThan(0.03)
})
