import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { sensitivity } from './sensitivity.ts'
import type { Runner } from './task.ts'

const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

function tenServers(compute: string, rate: string) {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'ten servers',
      traffic: { v: { rate, requests: { view: { to: 'balancer' } } } },
      blocks: {
        balancer: { type: 'load-balancer', targets: 'web', choice: 'random' },
        web: { type: 'service', instances: 10, workers: 1, endpoints: { view: [{ compute }] } },
      },
      objectives: ['mean < 50ms'],
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}

it('runs a change as long as the change needs: ten servers at 85 % become ten at 93.5 %', async () => {
  const { rows } = await sensitivity(tenServers('exponential 10ms', '850/s'), { runner })
  const compute = rows.find(({ path }) => path === 'web.endpoints.view.1.compute')?.difference
  // Each is M/M/1 at a tenth of the rate: 1000 / (1000 / 11 - 85) less 1000 / (100 - 85).
  const expected = 1000 / (1000 / 11 - 85) - 1000 / 15
  expect(compute?.sufficient && compute.low).toBeLessThan(expected)
  expect(compute?.sufficient && compute.high).toBeGreaterThan(expected)
})

it('tries the size of a cache', async () => {
  const { design: cached } = readObject(
    {
      loadpath: 1,
      name: 'a cache',
      traffic: { v: { rate: '100/s', requests: { view: { to: 'cache', key: 'zipf 0.8 over 10k' } } } },
      blocks: {
        cache: { type: 'cache', of: 'store', capacity: 1000 },
        store: { type: 'database', cores: 64, connections: 'unlimited', read: 'exponential 10ms' },
      },
      objectives: ['cache.hit-ratio >= 40%'],
    },
    catalogue,
  )
  if (cached === undefined) throw new Error('the design is wrong')
  const { rows } = await sensitivity(cached, { runner })
  const row = rows.find(({ path }) => path === 'cache.capacity')
  expect([row?.from, row?.to, row?.dimension, row?.verdict]).toEqual([1000, 1100, 'count', 'higher'])
  // By Che's approximation, 1.64 points.
  expect(row?.difference.sufficient && Math.abs(row.difference.point - 0.0164)).toBeLessThan(0.004)
})
